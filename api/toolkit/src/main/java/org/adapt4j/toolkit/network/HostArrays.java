package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tensors from Java arrays, always aligned to 64 bytes as the engine's own are. {@code NDManager.create(float[])} takes
 * whatever alignment Java's memory has, and matrix products that meet another alignment differ in the last bit: two runs of
 * one seed would part.
 */
public final class HostArrays {

    private static final int ALIGNMENT = 64;

    private HostArrays() {}

    /** Copies an array into a new tensor. */
    public static NDArray tensor(NDManager manager, float[] values, long... shape) {
        ByteBuffer buffer = allocate(Math.multiplyExact(values.length, Float.BYTES));
        buffer.asFloatBuffer().put(values);
        return manager.create(buffer, new Shape(shape), DataType.FLOAT32);
    }

    /** Allocates aligned direct memory in native byte order. */
    public static ByteBuffer allocate(int bytes) {
        // A slice may lose up to one unit at either end.
        return ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * ALIGNMENT))
                .alignedSlice(ALIGNMENT)
                .slice(0, bytes)
                .order(ByteOrder.nativeOrder());
    }
}
