package org.adapt4j.data.imujoco;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the numbers of an array in NumPy's format, versions 1 to 3.
 *
 * @param type NumPy's word for the kind of number, such as {@code <f4}
 * @param columnMajor whether the first index changes fastest
 * @param shape sizes of the dimensions
 */
record Npy(String type, boolean columnMajor, List<Integer> shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int LONGEST_HEADER = 1 << 20;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\s]*)\\)");
    private static final int CHUNK = 1 << 16;

    Npy {
        shape = List.copyOf(shape);
    }

    /** Reads the header; the stream then stands at the first number. */
    static Npy read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        byte[] start = in.readNBytes(MAGIC.length);
        if (!Arrays.equals(start, MAGIC)) {
            throw new IOException("is not in NumPy's format");
        }
        int version = in.readUnsignedByte();
        in.readUnsignedByte();
        if (version < 1 || version > 3) {
            throw new IOException("is in version " + version + " of NumPy's format; 1 to 3 can be read");
        }
        int length = version == 1
                ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
                : Integer.reverseBytes(in.readInt());
        if (length < 0 || length > LONGEST_HEADER) {
            throw new IOException("has a header of impossible length " + length);
        }
        byte[] text = in.readNBytes(length);
        if (text.length < length) {
            throw new EOFException("ends within its header: the file is truncated. Copy it again");
        }
        String header = new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        List<Integer> shape = new ArrayList<>();
        for (String size : found(SHAPE, header).split(",", -1)) {
            if (!size.isBlank()) {
                shape.add(size(size.trim()));
            }
        }
        return new Npy(found(TYPE, header), found(ORDER, header).equals("True"), shape);
    }

    private static int size(String text) throws IOException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IOException(
                    "has the impossible size '" + text + "' in its header: the file is damaged. Copy it again", e);
        }
    }

    private static String found(Pattern pattern, String header) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IOException("has the header " + header.trim() + ", which is not that of a plain array");
        }
        return matcher.group(1);
    }

    /**
     * Reads the numbers that follow the header.
     *
     * @param most bytes that there are, with the header
     * @return in row-major order, whatever the order in the file
     */
    float[] numbers(InputStream in, long most) throws IOException {
        int width = width();
        long count = 1;
        for (int size : shape) {
            count *= size; // no overflow: both are below 2^31
            if (count > Integer.MAX_VALUE / Double.BYTES) {
                throw new IOException("of shape " + shape + " is too large");
            }
        }
        if (count * width > most) {
            throw new IOException("has the shape " + shape + ", which takes " + count * width + " bytes, but only "
                    + most + " are there: the file is damaged. Copy it again");
        }
        ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        float[] numbers = new float[(int) count];
        byte[] bytes = new byte[CHUNK];
        ByteBuffer view = ByteBuffer.wrap(bytes).order(order);
        int inner = columnMajor && shape.size() == 2 ? shape.get(0) : 1;
        int outer = columnMajor && shape.size() == 2 ? shape.get(1) : 1;
        int done = 0;
        while (done < numbers.length) {
            int wanted = Math.min(CHUNK / width, numbers.length - done);
            int got = in.readNBytes(bytes, 0, wanted * width) / width;
            if (got < wanted) {
                throw new EOFException("ends after " + (done + got) + " of " + numbers.length
                        + " numbers: the file is truncated. Copy it again");
            }
            for (int i = 0; i < got; i++) {
                int at = done + i;
                int place = outer == 1 ? at : at % inner * outer + at / inner;
                numbers[place] = number(view, i);
            }
            done += got;
        }
        return numbers;
    }

    private int width() throws IOException {
        if (columnMajor && shape.size() > 2) {
            throw new IOException("lies in Fortran's order and has more than two dimensions");
        }
        return switch (type) {
            case "<f4", ">f4" -> Float.BYTES;
            case "<f8", ">f8" -> Double.BYTES;
            case "|b1", "|u1", "|i1" -> 1;
            default ->
                throw new IOException(
                        "holds numbers of type " + type + "; f4 and f8 can be read: save it with .astype('float32')");
        };
    }

    private float number(ByteBuffer view, int index) {
        return switch (type.charAt(1)) {
            case 'f' -> type.charAt(2) == '4' ? view.getFloat(4 * index) : (float) view.getDouble(8 * index);
            case 'i' -> view.get(index);
            default -> Byte.toUnsignedInt(view.get(index));
        };
    }

    /** The header in version 1, padded so that the numbers begin at a multiple of 64 bytes. */
    byte[] header() {
        StringBuilder sizes = new StringBuilder();
        shape.forEach(size -> sizes.append(size).append(", "));
        String tuple =
                shape.size() == 1 ? sizes.toString().trim() : sizes.substring(0, Math.max(0, sizes.length() - 2));
        StringBuilder text = new StringBuilder("{'descr': '" + type + "', 'fortran_order': "
                + (columnMajor ? "True" : "False") + ", 'shape': (" + tuple + "), }");
        while ((MAGIC.length + 4 + text.length() + 1) % ALIGNMENT != 0) {
            text.append(' ');
        }
        text.append('\n');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        bytes.write(1);
        bytes.write(0);
        bytes.write(text.length() & 0xFF);
        bytes.write(text.length() >>> 8);
        bytes.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }
}
