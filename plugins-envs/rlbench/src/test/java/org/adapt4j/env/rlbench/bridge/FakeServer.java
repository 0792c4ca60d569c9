package org.adapt4j.env.rlbench.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers as RLBench's server would, from a recording of one episode: a task of three variations that is done at the third step. Some
 * answers can be replaced by accidents. One connection after the other.
 */
final class FakeServer implements AutoCloseable {

    static final String TOKEN = "0123456789abcdef";

    /** What happens in the place of an answer. */
    enum Accident {
        /** The connection ends. */
        DEATH,
        /** No answer comes. */
        SILENCE,
        /** A header that is not JSON. */
        NOISE,
        /** A header that is announced with 2 GB. */
        HUGE_HEADER,
        /** Arrays that are announced with 2 GB. */
        HUGE_ARRAY,
        /** The answer to something else. */
        WRONG_TYPE,
        /** An answer without what it should hold. */
        EMPTY,
        /** An observation with a number that is none. */
        NAN,
        /** Too many numbers of the task's state. */
        WIDE_STATE,
        /** A complaint of the server. */
        COMPLAINT,
        /** Half of a header. */
        HALF,
        /** The action cannot be done. */
        INVALID_ACTION,
        /** Arrays that lie over each other. */
        OVERLAP
    }

    final List<JsonNode> requests = Collections.synchronizedList(new ArrayList<>());
    final List<float[]> actions = Collections.synchronizedList(new ArrayList<>());
    volatile String version = Connection.VERSION;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocket listener;
    private final Map<String, Accident> accidents = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private int step;

    FakeServer() {
        try {
            listener = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "fake-rlbench");
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets something happen in the place of the answer to the nth request of a type. */
    FakeServer at(String type, int nth, Accident accident) {
        accidents.put(type + nth, accident);
        return this;
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                converse(socket);
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        while (true) {
            byte[] header = new byte[in.readInt()];
            in.readFully(header);
            JsonNode request = JSON.readTree(header);
            requests.add(request);
            float[] action =
                    new float[request.path("arrays").path(0).path("bytes").asInt() / Float.BYTES];
            byte[] body = new byte[Float.BYTES * action.length];
            in.readFully(body);
            ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(action);
            String type = request.path("type").asText();
            if (type.equals("step")) {
                actions.add(action);
            }
            int nth = counts.merge(type, 1, Integer::sum);
            Accident accident = accidents.get(type + nth);
            if (!(accident == null ? answer(type, request, out) : befall(accident, type, out))) {
                return;
            }
        }
    }

    private boolean answer(String type, JsonNode request, DataOutputStream out) throws IOException {
        switch (type) {
            case "hello" -> {
                if (!request.path("token").asText().equals(TOKEN)) {
                    send(out, error("token", "the token is not the server's"), Map.of());
                    return false;
                }
                ObjectNode hello = header("hello").put("version", version);
                hello.putObject("versions").put("rlbench", "1.2.0");
                send(out, hello, Map.of());
            }
            case "ping" -> send(out, header("pong"), Map.of());
            case "configure" -> {
                ObjectNode configured = header("configured").put("action_size", 8);
                var offered = configured.putArray("observation");
                observation().keySet().forEach(name -> offered.addObject().put("name", name));
                offered.addObject().put("name", "front_rgb");
                send(out, configured, Map.of());
            }
            case "task" -> send(out, header("task").put("variations", 3), Map.of());
            case "reset" -> {
                step = 0;
                ObjectNode first = header("observation")
                        .put("variation", request.path("variation").asInt());
                first.putArray("instructions").add("reach the ball");
                send(out, first, observation());
            }
            case "step" -> {
                step++;
                send(out, outcome("none", step == 3), observation());
            }
            default -> send(out, error("type", "there is no request '" + type + "'"), Map.of());
        }
        return true;
    }

    private boolean befall(Accident accident, String type, DataOutputStream out) throws IOException {
        switch (accident) {
            case DEATH -> {
                return false;
            }
            case SILENCE -> {
                return true;
            }
            case NOISE -> frame(out, "{]".getBytes(StandardCharsets.UTF_8), new byte[0]);
            case HUGE_HEADER -> out.writeInt(Integer.MAX_VALUE);
            case HUGE_ARRAY -> frame(out, described("front_rgb", "uint8", 0, 2_000_000_000L), new byte[0]);
            case OVERLAP -> frame(out, described("front_rgb", "uint8", -5, 48), new byte[0]);
            case WRONG_TYPE -> send(out, header("farewell"), Map.of());
            case EMPTY -> send(out, header(type.equals("step") ? "outcome" : "observation"), Map.of());
            case NAN -> {
                Map<String, float[]> seen = observation();
                seen.put("joint_positions", new float[] {0, 0, Float.NaN, 0, 0, 0, 0});
                send(out, header("observation"), seen);
            }
            case WIDE_STATE -> {
                Map<String, float[]> seen = observation();
                seen.put("task_low_dim_state", new float[40]);
                send(out, header("observation"), seen);
            }
            case COMPLAINT -> send(out, error("failed", "the scene fell over"), Map.of());
            case HALF -> {
                out.writeInt(100);
                out.write(new byte[50]);
                return false;
            }
            case INVALID_ACTION -> send(out, outcome("invalid_action", false), Map.of());
        }
        return true;
    }

    private static ObjectNode header(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static ObjectNode error(String code, String message) {
        return header("error").put("code", code).put("message", message).put("class", "Refused");
    }

    private static ObjectNode outcome(String error, boolean success) {
        ObjectNode outcome = header("outcome").put("terminate", success).put("reward", success ? 1 : 0);
        outcome.putObject("info").put("error", error).put("reason", "").put("success", success);
        return outcome;
    }

    private static byte[] described(String name, String type, long offset, long bytes) throws IOException {
        ObjectNode header = header("observation");
        header.putArray("arrays")
                .addObject()
                .put("name", name)
                .put("dtype", type)
                .put("offset", offset)
                .put("bytes", bytes);
        return JSON.writeValueAsBytes(header);
    }

    /** What is seen now: numbers that tell which step it is. */
    private Map<String, float[]> observation() {
        Map<String, float[]> seen = new HashMap<>();
        seen.put("gripper_open", new float[] {1});
        seen.put("joint_positions", new float[] {step, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 99});
        seen.put("task_low_dim_state", new float[] {0.5f, 0.6f, 0.7f});
        seen.put("front_depth", new float[] {1, 2, 3, 4});
        return seen;
    }

    private void send(DataOutputStream out, ObjectNode header, Map<String, float[]> floats) throws IOException {
        byte[] colours = {10, 20, 30, 40, 50, 60, 70, 80, 90, (byte) 200, (byte) 210, (byte) (220 + step)};
        int size = floats.values().stream()
                .mapToInt(each -> Float.BYTES * each.length)
                .sum();
        ByteBuffer body = ByteBuffer.allocate(size + (floats.isEmpty() ? 0 : colours.length))
                .order(ByteOrder.LITTLE_ENDIAN);
        var arrays = header.putArray("arrays");
        floats.forEach((name, numbers) -> {
            arrays.addObject()
                    .put("name", name)
                    .put("dtype", "float32")
                    .put("offset", body.position())
                    .put("bytes", Float.BYTES * numbers.length);
            for (float number : numbers) {
                body.putFloat(number);
            }
        });
        if (!floats.isEmpty()) {
            arrays.addObject()
                    .put("name", "front_rgb")
                    .put("dtype", "uint8")
                    .put("offset", body.position())
                    .put("bytes", colours.length);
            body.put(colours);
        }
        frame(out, JSON.writeValueAsBytes(header), body.array());
    }

    private static void frame(DataOutputStream out, byte[] header, byte[] body) throws IOException {
        out.writeInt(header.length);
        out.write(header);
        out.write(body);
        out.flush();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
