package org.adapt4j.runtime.cell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;

/**
 * Reads and writes tensors in the safetensors format: length of the header (64-bit little-endian), a JSON header padded with
 * spaces to a multiple of 8, the numbers without gaps in the order of the names.
 */
final class Safetensors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_HEADER = 100_000_000;

    private Safetensors() {}

    /** Writes a snapshot; the same snapshot gives the same bytes. */
    static void write(Snapshot snapshot, OutputStream out) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : snapshot.tensors().entrySet()) {
            Tensor tensor = entry.getValue();
            ObjectNode description = header.putObject(entry.getKey());
            description.put("dtype", tensor.type() == Tensor.Type.FLOAT32 ? "F32" : "F64");
            ArrayNode shape = description.putArray("shape");
            tensor.shape().forEach(shape::add);
            long end = offset + tensor.data().limit();
            description.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = JSON.writeValueAsBytes(header);
        int padded = (text.length + 7) / 8 * 8;
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .array());
        out.write(text);
        for (int i = text.length; i < padded; i++) {
            out.write(' ');
        }
        for (Tensor tensor : snapshot.tensors().values()) {
            byte[] bytes = new byte[tensor.data().limit()];
            tensor.data().get(0, bytes);
            out.write(bytes);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException naming the file and what is wrong, if it is not sound
     */
    static Snapshot read(Path file) throws IOException {
        return read(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Reads the bytes of a file.
     *
     * @param file what to call it in messages
     * @throws IOException naming it and what is wrong, if it is not sound
     */
    static Snapshot read(String file, byte[] bytes) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (all.limit() < 8) {
            throw damaged(file, "it is shorter than a header");
        }
        long length = all.getLong(0);
        if (length < 2 || length > MAX_HEADER || 8 + length > all.limit()) {
            throw damaged(file, "its header cannot be " + length + " bytes long");
        }
        JsonNode header = JSON.readTree(new String(all.array(), 8, (int) length, StandardCharsets.UTF_8));
        int start = 8 + (int) length;
        Map<String, Tensor> tensors = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), all, start));
            }
        }
        return Snapshot.of(tensors);
    }

    private static Tensor tensor(String file, String name, JsonNode description, ByteBuffer all, int start)
            throws IOException {
        Tensor.Type type = switch (description.path("dtype").asText()) {
            case "F32" -> Tensor.Type.FLOAT32;
            case "F64" -> Tensor.Type.FLOAT64;
            default -> throw damaged(file, "tensor " + name + " is of an unknown type");
        };
        List<Long> shape = new ArrayList<>();
        description.path("shape").forEach(size -> shape.add(size.asLong()));
        long from = description.path("data_offsets").path(0).asLong(-1);
        long to = description.path("data_offsets").path(1).asLong(-1);
        if (from < 0 || to < from || start + to > all.limit()) {
            throw damaged(file, "tensor " + name + " lies outside of it");
        }
        try {
            return new Tensor(type, shape, all.slice(start + (int) from, (int) (to - from)));
        } catch (IllegalArgumentException e) {
            throw damaged(file, "tensor " + name + ": " + e.getMessage());
        }
    }

    private static IOException damaged(String file, String why) {
        return new IOException(file + " is damaged: " + why);
    }
}
