package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tensors from Java arrays, in the engine's own memory. {@code NDManager.create(float[])} wraps Java's, with two dangers: its
 * alignment varies, and matrix products that meet another alignment differ in the last bit, so that two runs of one seed
 * part; and it is freed with the Java object, though the backward pass may still read it.
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
