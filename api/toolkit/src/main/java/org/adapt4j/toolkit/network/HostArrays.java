package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tensors from Java arrays, in the engine's own memory. {@code NDManager.create(float[])} wraps memory that Java's collector may
 * take while the engine still reads it, and whose alignment varies: with small heaps runs of one seed then differed.
 */
public final class HostArrays {

    private static final int ALIGNMENT = 64;

    private HostArrays() {}

    /** Copies an array into a new tensor. */
    public static NDArray tensor(NDManager manager, float[] values, long... shape) {
        ByteBuffer memory = allocate(values.length * Float.BYTES);
        memory.asFloatBuffer().put(values);
        return copied(manager, memory, DataType.FLOAT32, shape);
    }

    /** Copies an array into a new tensor of 64-bit integers. */
    public static NDArray tensor(NDManager manager, long[] values, long... shape) {
        ByteBuffer memory = allocate(values.length * Long.BYTES);
        memory.asLongBuffer().put(values);
        return copied(manager, memory, DataType.INT64, shape);
    }

    /**
     * Copies direct memory in native byte order into a new tensor. The engine reads memory that it does not keep, so the
     * collector must not take it before the copy is made.
     */
    private static NDArray copied(NDManager manager, ByteBuffer memory, DataType type, long... shape) {
        try (NDArray wrapped = manager.create(memory, new Shape(shape), type)) {
            // Not duplicate(): in this engine it shares the memory instead of copying it.
            return wrapped.mul(1);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /** Bytes as a tensor of 32-bit floats. */
    public static NDArray floats(NDManager manager, ByteBuffer bytes, long... shape) {
        try (NDArray wrapped = manager.create(bytes, new Shape(shape), DataType.UINT8)) {
            return wrapped.toType(DataType.FLOAT32, false);
        } finally {
            Reference.reachabilityFence(bytes);
        }
    }

    /**
     * Multiplies by a number within a loss. {@code NDArray.mul(Number)} must not be used there: it wraps the number in Java's
     * memory, which the backward pass reads after the collector may have taken it.
     */
    public static NDArray times(NDArray array, double factor) {
        return array.mul(array.getManager().full(new Shape(), (float) factor));
    }

    /** Allocates direct memory in native byte order, aligned so that the engine copies fast out of it. */
    public static ByteBuffer allocate(int bytes) {
        // A slice may lose up to one unit at either end.
        return ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * ALIGNMENT))
                .alignedSlice(ALIGNMENT)
                .slice(0, bytes)
                .order(ByteOrder.nativeOrder());
    }
}
