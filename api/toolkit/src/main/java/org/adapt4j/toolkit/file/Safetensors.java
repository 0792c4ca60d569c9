package org.adapt4j.toolkit.file;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Tensors by name in the safetensors format, readable from Python and Rust: eight bytes with the length of a JSON header,
 * the header, the numbers. Little-endian, no holes, no duplicate names (format as described in huggingface/safetensors,
 * {@code README.md}). Equal content gives equal bytes.
 */
public final class Safetensors {

    private static final int MAX_HEADER = 100_000_000;

    private Safetensors() {}

    /**
     * What a file holds.
     *
     * @param tensors by name
     * @param metadata free text by name
     */
    public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {}

    /** Writes a file; does not close the stream. */
    public static void write(OutputStream out, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        List<Map.Entry<String, Tensor>> sorted = new ArrayList<>(new TreeMap<>(tensors).entrySet());
        // Wide numbers first, so that all are aligned to their size.
        sorted.sort(Comparator.comparingInt(entry -> -entry.getValue().type().bytes()));
        StringBuilder header = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            header.append("\"__metadata__\":{");
            String separator = "";
            for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
                header.append(separator).append(Json.quoted(entry.getKey()));
                header.append(':').append(Json.quoted(entry.getValue()));
                separator = ",";
            }
            header.append('}');
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : sorted) {
            Tensor tensor = entry.getValue();
            long end = offset + tensor.data().limit();
            header.append(header.length() == 1 ? "" : ",").append(Json.quoted(entry.getKey()));
            header.append(":{\"dtype\":\"").append(tensor.type() == Tensor.Type.FLOAT32 ? "F32" : "F64");
            header.append("\",\"shape\":").append(tensor.shape().toString().replace(" ", ""));
            header.append(",\"data_offsets\":[").append(offset).append(',').append(end);
            header.append("]}");
            offset = end;
        }
        header.append('}');
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        int length = (text.length + 7) / 8 * 8;
        ByteBuffer start = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(length).put(text);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        out.write(start.array());
        for (Map.Entry<String, Tensor> entry : sorted) {
            byte[] data = new byte[entry.getValue().data().limit()];
            entry.getValue().data().get(0, data);
            out.write(data);
        }
    }

    /**
     * Reads a file to its end; does not close the stream.
     *
     * @throws IOException if the file is not sound, or holds other numbers than 32- and 64-bit floats
     */
    public static Content read(InputStream source) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(source));
        try {
            return read(in);
        } catch (EOFException e) {
            throw new IOException("not a sound safetensors file: it ends too early", e);
        }
    }

    private static Content read(DataInputStream in) throws IOException {
        long length = Long.reverseBytes(in.readLong());
        if (length < 2 || length > MAX_HEADER) {
            throw unsound("a header of " + Long.toUnsignedString(length) + " bytes");
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw new EOFException();
        }
        if (text[0] != '{') {
            throw unsound("the header does not start with {");
        }
        Map<String, Object> header = Json.object(new String(text, StandardCharsets.UTF_8));
        Map<String, String> metadata = new TreeMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, Object> item : header.entrySet()) {
            Map<String, Object> fields = map(item.getValue());
            if (item.getKey().equals("__metadata__")) {
                for (Map.Entry<String, Object> fact : fields.entrySet()) {
                    if (!(fact.getValue() instanceof String value)) {
                        throw unsound("metadata that is not text");
                    }
                    metadata.put(fact.getKey(), value);
                }
            } else {
                List<Long> offsets = numbers(fields.get("data_offsets"));
                if (offsets.size() != 2) {
                    throw unsound("offsets " + offsets);
                }
                entries.add(new Entry(
                        item.getKey(),
                        type(fields.get("dtype")),
                        numbers(fields.get("shape")),
                        offsets.get(0),
                        offsets.get(1)));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        Map<String, Tensor> tensors = new TreeMap<>();
        long at = 0;
        for (Entry entry : entries) {
            if (entry.begin != at || entry.end < at || entry.end - at > Integer.MAX_VALUE) {
                throw unsound("tensor " + entry.name + " at bytes " + entry.begin + " to " + entry.end);
            }
            byte[] data = in.readNBytes((int) (entry.end - at));
            if (data.length < entry.end - at) {
                throw new EOFException();
            }
            try {
                tensors.put(
                        entry.name,
                        new Tensor(
                                entry.type, entry.shape, ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)));
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IOException("not a sound safetensors file: tensor " + entry.name + ": " + e.getMessage(), e);
            }
            at = entry.end;
        }
        if (in.read() >= 0) {
            throw unsound("bytes after the last tensor");
        }
        return new Content(tensors, metadata);
    }

    private record Entry(String name, Tensor.Type type, List<Long> shape, long begin, long end) {}

    private static Tensor.Type type(@Nullable Object dtype) throws IOException {
        if ("F32".equals(dtype)) {
            return Tensor.Type.FLOAT32;
        }
        if ("F64".equals(dtype)) {
            return Tensor.Type.FLOAT64;
        }
        throw unsound("numbers of type " + dtype + ", only F32 and F64 are understood");
    }

    private static Map<String, Object> map(Object value) throws IOException {
        if (!(value instanceof Map<?, ?> map)) {
            throw unsound("a header entry that is not an object");
        }
        Map<String, Object> typed = new TreeMap<>();
        map.forEach((key, field) -> typed.put((String) key, field));
        return typed;
    }

    private static List<Long> numbers(@Nullable Object value) throws IOException {
        if (!(value instanceof List<?> list)) {
            throw unsound("a shape or offsets that are not a list");
        }
        List<Long> numbers = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Long number) || number < 0) {
                throw unsound("a shape or offset " + item);
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static IOException unsound(String what) {
        return new IOException("not a sound safetensors file: " + what);
    }
}
