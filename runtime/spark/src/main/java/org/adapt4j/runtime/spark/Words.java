package org.adapt4j.runtime.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What executors and the driver say to each other, as bytes: Spark then needs none of our classes to read a message, whichever loader it asks.
 * The first byte of a request says what is wanted, of an answer whether it is granted.
 */
final class Words {
    /** A task begins with a cell: answered by its files, by name and size. */
    static final int TAKE = 1;
    /** A piece of a file, of the run or of the cell. */
    static final int READ = 2;
    /** The cell runs: answered by what is wished of it. */
    static final int BEAT = 3;
    /** More of a log. */
    static final int APPEND = 4;
    /** A piece of a file that is put aside until it is whole. */
    static final int PUT = 5;
    /** The files put aside are whole and belong together. */
    static final int KEEP = 6;

    /** Answers: the cell goes on. */
    static final int GO = 0;
    /** It is to write a checkpoint and stop. */
    static final int STOP = 1;
    /** It is to stop at once: nobody wants it, or it was given to another executor. */
    static final int END = 2;

    /** Largest piece of a file in a message; Spark takes 128 MB at most. */
    static final int PIECE = 4 << 20;

    /** Writes a message. */
    @FunctionalInterface
    interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private Words() {}

    static byte[] of(int kind, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(kind);
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] of(int kind) {
        return of(kind, out -> {});
    }

    static DataInputStream read(byte[] message) {
        return new DataInputStream(new ByteArrayInputStream(message));
    }

    static byte[] piece(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
