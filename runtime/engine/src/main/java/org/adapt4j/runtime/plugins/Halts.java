package org.adapt4j.runtime.plugins;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns calls of {@link Runtime#halt} in a class file into calls of {@link Runtime#exit}. A process that is halted ends at once, with
 * whatever status the caller likes, so nothing could tell who ended it; an exit can be told. Both take the status alone, so nothing but a
 * reference in the constant pool changes (Java Virtual Machine Specification, section 4.4).
 */
final class Halts {
    private static final byte[] HALT = "halt".getBytes(StandardCharsets.UTF_8);

    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;

    /** Bytes after the tag of what has a fixed length, by tag; 0 where there is no such tag. */
    private static final int[] LENGTHS = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    /** Magic number and versions stand before the number of constants. */
    private static final int COUNT_AT = 8;

    private final byte[] code;
    private final Map<Integer, String> texts = new HashMap<>();
    private final Map<Integer, Integer> classes = new HashMap<>();
    private final Map<Integer, int[]> namesAndTypes = new HashMap<>();
    /** Where references to methods stand: the places of their two indices. */
    private final Map<Integer, Integer> methods = new HashMap<>();

    private int count;
    private int end;

    private Halts(byte[] code) {
        this.code = code;
    }

    /** The class without such calls; empty if it has none, or is no class file. */
    static Optional<byte[]> replaced(byte[] code) {
        if (!mentions(code)) {
            return Optional.empty();
        }
        try {
            Halts halts = new Halts(code);
            halts.read();
            return halts.replace();
        } catch (IOException | IndexOutOfBoundsException e) {
            return Optional.empty(); // the virtual machine says better what is wrong with it
        }
    }

    private static boolean mentions(byte[] code) {
        search:
        for (int at = 0; at + HALT.length <= code.length; at++) {
            for (int i = 0; i < HALT.length; i++) {
                if (code[at + i] != HALT[i]) {
                    continue search;
                }
            }
            return true;
        }
        return false;
    }

    private void read() throws IOException {
        ByteBuffer whole = ByteBuffer.wrap(code);
        count = Short.toUnsignedInt(whole.getShort(COUNT_AT));
        int at = COUNT_AT + 2;
        for (int index = 1; index < count; index++) {
            int tag = code[at++];
            if (tag == UTF8) {
                int length = Short.toUnsignedInt(whole.getShort(at));
                // The length stands before the text, as this reader wants it.
                texts.put(index, new DataInputStream(new ByteArrayInputStream(code, at, length + 2)).readUTF());
                at += length + 2;
                continue;
            }
            if (tag < 0 || tag >= LENGTHS.length || LENGTHS[tag] == 0) {
                throw new IOException("no constant has the tag " + tag);
            }
            switch (tag) {
                case CLASS -> classes.put(index, index(at));
                case NAME_AND_TYPE -> namesAndTypes.put(index, new int[] {index(at), index(at + 2)});
                case METHOD -> methods.put(index, at);
                default -> {}
            }
            at += LENGTHS[tag];
            index += tag == LONG || tag == DOUBLE ? 1 : 0; // these count twice
        }
        end = at;
    }

    private int index(int at) {
        return Short.toUnsignedInt(ByteBuffer.wrap(code).getShort(at));
    }

    private boolean isHalt(int method) {
        int[] nameAndType = namesAndTypes.get(index(method + 2));
        return nameAndType != null
                && "java/lang/Runtime".equals(texts.get(classes.getOrDefault(index(method), 0)))
                && "halt".equals(texts.get(nameAndType[0]))
                && "(I)V".equals(texts.get(nameAndType[1]));
    }

    /** With two constants more, a name and what it names, to which the calls refer. */
    private Optional<byte[]> replace() throws IOException {
        byte[] copy = code.clone();
        int type = 0;
        for (int method : methods.values()) {
            if (isHalt(method)) {
                int[] nameAndType = namesAndTypes.get(index(method + 2));
                type = nameAndType == null ? 0 : nameAndType[1];
                ByteBuffer.wrap(copy).putShort(method + 2, (short) (count + 1));
            }
        }
        if (type == 0) {
            return Optional.empty();
        }
        ByteBuffer.wrap(copy).putShort(COUNT_AT, (short) (count + 2));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(copy.length + 16);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(copy, 0, end);
            out.writeByte(UTF8);
            out.writeUTF("exit");
            out.writeByte(NAME_AND_TYPE);
            out.writeShort(count);
            out.writeShort(type);
            out.write(copy, end, copy.length - end);
        }
        return Optional.of(bytes.toByteArray());
    }
}
