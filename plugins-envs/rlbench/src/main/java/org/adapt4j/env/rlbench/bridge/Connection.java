package org.adapt4j.env.rlbench.bridge;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.adapt4j.env.rlbench.bridge.BridgeException.Kind;

/**
 * A conversation with one server: {@code rlbench-bridge/1}. A frame is four bytes, big-endian, that tell how long the header is; the
 * header, JSON in UTF-8; then the arrays that the header describes, little-endian. Every request has one answer; demonstrations have many.
 */
final class Connection implements AutoCloseable {

    static final String VERSION = "rlbench-bridge/1";

    private static final int LARGEST_HEADER = 1 << 20;
    private static final int LARGEST_BODY = 1 << 28;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** Used again for every answer. */
    private byte[] body = {};

    private long deadline;
    private String versions = "";

    private Connection(String name, Socket socket) throws IOException {
        this.name = name;
        this.socket = socket;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /**
     * Connects and says hello.
     *
     * @param seconds that this may take
     */
    static Connection open(String host, int port, String token, double seconds) {
        String name = host + ":" + port;
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), (int) (1000 * seconds));
            socket.setTcpNoDelay(true);
            Connection connection = new Connection(name, socket);
            connection.greet(token, seconds);
            return connection;
        } catch (IOException e) {
            close(socket);
            throw new BridgeException(Kind.LAUNCH, "nobody answers at " + name + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close(socket);
            throw e;
        }
    }

    private void greet(String token, double seconds) {
        ObjectNode hello = request("hello");
        hello.put("token", token).put("version", VERSION);
        Message answer = ask(hello, new float[0], "hello", seconds);
        String version = answer.text("version");
        versions = Message.brief(answer.header().path("versions"));
        if (!version.equals(VERSION)) {
            throw new BridgeException(
                    Kind.REFUSED,
                    "the server at " + name + " speaks " + version + " and this plug-in " + VERSION
                            + ": start the server that comes with this version");
        }
    }

    /** Versions of everything on the other side. */
    String versions() {
        return versions;
    }

    /** The beginning of a request. */
    static ObjectNode request(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    /**
     * Asks and waits for the answer.
     *
     * @param action numbers to send along, none if empty
     * @param type that the answer must have
     * @param seconds that the answer may take
     */
    Message ask(ObjectNode request, float[] action, String type, double seconds) {
        String asked = request.path("type").asText();
        deadline = System.nanoTime() + (long) (1e9 * seconds);
        try {
            send(request, action);
            return expect(type, type);
        } catch (SocketTimeoutException e) {
            throw new BridgeException(
                    Kind.SLOW, "RLBench at " + name + " did not answer '" + asked + "' within " + seconds + " s", e);
        } catch (IOException e) {
            String why = e instanceof EOFException ? "it closed the connection" : String.valueOf(e.getMessage());
            throw new BridgeException(Kind.DEAD, "RLBench at " + name + " is gone at '" + asked + "': " + why, e);
        }
    }

    /**
     * Waits for another answer to the last request.
     *
     * @param last that it may be in the place of another {@code type}
     * @param seconds that this may take
     */
    Message next(String type, String last, double seconds) {
        deadline = System.nanoTime() + (long) (1e9 * seconds);
        try {
            return expect(type, last);
        } catch (SocketTimeoutException e) {
            throw new BridgeException(Kind.SLOW, "RLBench at " + name + " did not go on within " + seconds + " s", e);
        } catch (IOException e) {
            throw new BridgeException(Kind.DEAD, "RLBench at " + name + " is gone: " + e.getMessage(), e);
        }
    }

    private void send(ObjectNode request, float[] action) throws IOException {
        if (action.length > 0) {
            request.putArray("arrays")
                    .addObject()
                    .put("name", "action")
                    .put("dtype", "float32")
                    .put("offset", 0)
                    .put("bytes", Float.BYTES * action.length)
                    .putArray("shape")
                    .add(action.length);
        }
        byte[] header = JSON.writeValueAsBytes(request);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + header.length + Float.BYTES * action.length);
        frame.putInt(header.length).put(header).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : action) {
            frame.putFloat(number);
        }
        out.write(frame.array());
        out.flush();
    }

    private Message expect(String type, String other) throws IOException {
        Message message = read();
        if (message.type().equals("error")) {
            throw new BridgeException(
                    Kind.REFUSED,
                    "RLBench's server at " + name + " says ("
                            + message.header().path("code").asText() + "): "
                            + message.header().path("message").asText()
                            + advice(message.header().path("code").asText()));
        }
        if (!message.type().equals(type) && !message.type().equals(other)) {
            throw nonsense("it should answer with '" + type + "' but answers " + Message.brief(message.header()));
        }
        return message;
    }

    private static String advice(String code) {
        return switch (code) {
            case "token" -> ". Give both sides the same token: see token-file";
            case "version" -> ". Start the server that comes with this version";
            case "import" -> ". Run `adapt4j doctor`, which says what is missing";
            default -> "";
        };
    }

    private Message read() throws IOException {
        byte[] four = new byte[Integer.BYTES];
        fill(four, four.length);
        long length = ByteBuffer.wrap(four).getInt() & 0xFFFFFFFFL;
        if (length > LARGEST_HEADER) {
            throw nonsense("a header of " + length + " bytes is longer than " + LARGEST_HEADER);
        }
        byte[] header = new byte[(int) length];
        fill(header, header.length);
        JsonNode tree;
        try {
            tree = JSON.readTree(header);
        } catch (JacksonException e) {
            throw nonsense("a header is not JSON: " + e.getOriginalMessage());
        }
        if (!tree.isObject()) {
            throw nonsense("a header is no object but " + Message.brief(tree));
        }
        Message message = new Message(tree, LARGEST_BODY);
        int bytes = message.bodyBytes();
        if (body.length < bytes) {
            body = new byte[bytes];
        }
        fill(body, bytes);
        return message.with(body);
    }

    private BridgeException nonsense(String what) {
        return new BridgeException(Kind.NONSENSE, "RLBench's server at " + name + " answers nonsense: " + what);
    }

    /** Reads so many bytes before the deadline, however slowly they come. */
    private void fill(byte[] into, int count) throws IOException {
        int filled = 0;
        while (filled < count) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("the time is over");
            }
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, left));
            int read = in.read(into, filled, count - filled);
            if (read < 0) {
                throw new EOFException("the connection ended");
            }
            filled += read;
        }
    }

    @Override
    public void close() {
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
