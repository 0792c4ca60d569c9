package org.adapt4j.toolkit.replay;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of equal size outside of Java's heap, many more than one buffer of 2 GiB can hold. Memory comes in chunks, each when its
 * first row is written.
 */
final class Chunks {

    private static final int CHUNK = 64 << 20;

    private final int rows;
    private final int rowBytes;
    private final int rowsPerChunk;
    private final @Nullable ByteBuffer[] chunks;

    /**
     * No memory yet.
     *
     * @param rows how many there can be
     * @param rowBytes size of each
     */
    Chunks(int rows, int rowBytes) {
        this.rows = rows;
        this.rowBytes = rowBytes;
        rowsPerChunk = Math.max(1, CHUNK / rowBytes);
        chunks = new @Nullable ByteBuffer[(rows - 1) / rowsPerChunk + 1];
    }

    /** Copies into a row. */
    void write(int row, int offset, ByteBuffer from, int at, int bytes) {
        toWrite(row).put(start(row) + offset, from, at, bytes);
    }

    /** Copies out of a row that was written. */
    void read(int row, int offset, ByteBuffer to, int at, int bytes) {
        to.put(at, toRead(row), start(row) + offset, bytes);
    }

    /** Bytes of memory taken so far. */
    long allocated() {
        long bytes = 0;
        for (ByteBuffer chunk : chunks) {
            bytes += chunk == null ? 0 : chunk.capacity();
        }
        return bytes;
    }

    /** Lets go of all memory. */
    void free() {
        Arrays.fill(chunks, null);
    }

    private int start(int row) {
        return row % rowsPerChunk * rowBytes;
    }

    private ByteBuffer toWrite(int row) {
        int index = row / rowsPerChunk;
        ByteBuffer chunk = chunks[index];
        if (chunk == null) {
            int held = Math.min(rowsPerChunk, rows - index * rowsPerChunk);
            chunk = Memory.allocate((long) held * rowBytes);
            chunks[index] = chunk;
        }
        return chunk;
    }

    private ByteBuffer toRead(int row) {
        ByteBuffer chunk = chunks[row / rowsPerChunk];
        if (chunk == null) {
            throw new IllegalStateException("row " + row + " was never written");
        }
        return chunk;
    }
}
