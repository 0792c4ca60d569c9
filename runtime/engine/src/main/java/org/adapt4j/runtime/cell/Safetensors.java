package org.adapt4j.runtime.cell;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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
    /** Nothing twice, nothing after the end. */
    private static final ObjectReader STRICT = JSON.reader()
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
     * What a tensor is called now. Names that files of earlier releases have are kept for one release.
     *
     * @param name as it stands in a file
     */
    private static String renamed(String name) {
        return name.replaceAll("(^|/)log-deviation(?=/|$)", "$1log-std");
    }

    /**
     * Reads the bytes of a file: the header must be one JSON object, and the tensors must fill what follows it, without a gap, an overlap
     * or a rest.
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
        int start = 8 + (int) length;
        Map<String, Tensor> tensors = new TreeMap<>();
        TreeMap<Long, Long> taken = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                header(file, bytes, (int) length).properties()) {
            if (!entry.getKey().equals("__metadata__")) {
                Tensor tensor = tensor(file, entry.getKey(), entry.getValue(), all, start, taken);
                if (tensors.put(renamed(entry.getKey()), tensor) != null) {
                    throw damaged(file, "it holds " + renamed(entry.getKey()) + " under its old name too");
                }
            }
        }
        if (tensors.isEmpty()) {
            throw damaged(file, "it holds no tensors");
        }
        long end = 0;
        for (Map.Entry<Long, Long> range : taken.entrySet()) {
            if (range.getKey() != end) {
                throw damaged(
                        file,
                        range.getKey() > end
                                ? "bytes " + end + " to " + range.getKey() + " belong to no tensor"
                                : "two tensors overlap at byte " + range.getKey());
            }
            end = range.getValue();
        }
        if (start + end != all.limit()) {
            throw damaged(file, (all.limit() - start - end) + " bytes follow the last tensor");
        }
        return Snapshot.of(tensors);
    }

    private static ObjectNode header(String file, byte[] bytes, int length) throws IOException {
        try {
            JsonNode header = STRICT.readTree(bytes, 8, length);
            if (header instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw damaged(file, "its header is not JSON (" + e.getOriginalMessage() + ")");
        }
        throw damaged(file, "its header is not a JSON object");
    }

    /** Reads one tensor. @param taken where each tensor that holds numbers begins and ends */
    private static Tensor tensor(
            String file, String name, JsonNode description, ByteBuffer all, int start, Map<Long, Long> taken)
            throws IOException {
        Tensor.Type type = switch (description.path("dtype").asText()) {
            case "F32" -> Tensor.Type.FLOAT32;
            case "F64" -> Tensor.Type.FLOAT64;
            default ->
                throw damaged(
                        file, "tensor " + name + " is of the type " + description.path("dtype") + ", not F32 or F64");
        };
        long[] shape = numbers(file, name, description, "shape");
        long[] range = numbers(file, name, description, "data_offsets");
        if (range.length != 2 || range[1] < range[0] || range[1] > all.limit() - start) {
            throw damaged(file, "tensor " + name + " lies outside of it");
        }
        try {
            int size = (int) (range[1] - range[0]);
            Tensor tensor =
                    new Tensor(type, Arrays.stream(shape).boxed().toList(), all.slice(start + (int) range[0], size));
            if (size > 0 && taken.put(range[0], range[1]) != null) {
                throw damaged(file, "two tensors overlap at byte " + range[0]);
            }
            return tensor;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw damaged(file, "tensor " + name + ": " + e.getMessage());
        }
    }

    private static long[] numbers(String file, String name, JsonNode description, String key) throws IOException {
        JsonNode list = description.path(key);
        long[] numbers = new long[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asLong(-1);
            if (!list.isArray()
                    || !list.get(i).isIntegralNumber()
                    || !list.get(i).canConvertToLong()
                    || numbers[i] < 0) {
                throw damaged(file, "tensor " + name + ": " + key + " must be whole numbers but is " + list);
            }
        }
        if (!list.isArray()) {
            throw damaged(file, "tensor " + name + " has no " + key);
        }
        return numbers;
    }

    private static IOException damaged(String file, String why) {
        return new IOException(file + " is damaged: " + why);
    }
}
