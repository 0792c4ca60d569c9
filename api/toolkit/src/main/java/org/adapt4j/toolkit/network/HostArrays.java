package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tensors from Java arrays, in the engine's own memory. {@code NDManager.create(float[])} wraps Java's, whose alignment
 * varies and whose life ends with the Java object. With wrapped inputs, runs of one seed now and then differed; with copies
 * none did in over a hundred. Which of the two was the reason was not isolated.
 */
public final class HostArrays {

    private static final int ALIGNMENT = 64;

    private HostArrays() {}

    /** Copies an array into a new tensor. */
    public static NDArray tensor(NDManager manager, float[] values, long... shape) {
        try (NDArray wrapped = manager.create(values, new Shape(shape))) {
            return wrapped.duplicate();
        }
    }

    /** Copies an array into a new tensor of 64-bit integers. */
    public static NDArray tensor(NDManager manager, long[] values, long... shape) {
        try (NDArray wrapped = manager.create(values, new Shape(shape))) {
            return wrapped.duplicate();
        }
    }

    /** Allocates aligned direct memory in native byte order, to be wrapped without a copy. */
    public static ByteBuffer allocate(int bytes) {
        // A slice may lose up to one unit at either end.
        return ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * ALIGNMENT))
                .alignedSlice(ALIGNMENT)
                .slice(0, bytes)
                .order(ByteOrder.nativeOrder());
    }
}
