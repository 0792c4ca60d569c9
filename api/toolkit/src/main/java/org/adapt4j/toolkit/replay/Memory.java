package org.adapt4j.toolkit.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Zeroed memory outside of Java's heap. */
final class Memory {

    /** Vector instructions and libtorch's own allocations use this alignment; other ones may change the last bit. */
    private static final int ALIGNMENT = 64;

    private Memory() {}

    /** Native byte order, position 0, aligned. */
    static ByteBuffer allocate(long bytes) {
        if (bytes > Integer.MAX_VALUE - 2 * ALIGNMENT) {
            throw new IllegalArgumentException(
                    "a batch's column would take " + bytes + " bytes, and a buffer holds at most 2 GiB");
        }
        ByteBuffer raw;
        try {
            raw = ByteBuffer.allocateDirect((int) bytes + 2 * ALIGNMENT);
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "no room for another " + bytes
                            + " bytes of replay: lower the replay's capacity, or let Java use more with "
                            + "-XX:MaxDirectMemorySize",
                    e);
        }
        // An aligned slice drops incomplete units at both ends.
        return raw.alignedSlice(ALIGNMENT).limit((int) bytes).slice().order(ByteOrder.nativeOrder());
    }
}
