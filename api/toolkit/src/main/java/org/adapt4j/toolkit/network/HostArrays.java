package org.adapt4j.toolkit.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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
        NDArray tensor = manager.create(new Shape(shape), DataType.FLOAT32);
        write(tensor, values);
        return tensor;
    }

    /** Copies an array into a new tensor of 64-bit integers. */
    public static NDArray tensor(NDManager manager, long[] values, long... shape) {
        NDArray tensor = manager.create(new Shape(shape), DataType.INT64);
        ByteBuffer memory = memory(tensor, values.length * Long.BYTES);
        memory.asLongBuffer().put(values);
        written(memory, tensor);
        return tensor;
    }

    /** Copies an array into a contiguous tensor of 32-bit floats, in place, so that views on it see the numbers. */
    public static void write(NDArray tensor, float[] values) {
        ByteBuffer memory = memory(tensor, values.length * Float.BYTES);
        memory.asFloatBuffer().put(values);
        written(memory, tensor);
    }

    private static ByteBuffer memory(NDArray tensor, int bytes) {
        ByteBuffer memory = memory(tensor);
        if (memory.capacity() != bytes) {
            throw new IllegalArgumentException(bytes + " bytes for a tensor of " + memory.capacity());
        }
        return memory;
    }

    /**
     * What a contiguous tensor holds, in native byte order: its own memory where Java can reach it, else a copy. Use it while the
     * tensor lives, and call {@link #written} after a change.
     */
    public static ByteBuffer memory(NDArray tensor) {
        // Of another device the engine would give the memory of a copy that it does not keep.
        return tensor.toByteBuffer(tensor.getDevice().equals(Device.cpu()));
    }

    /** Lets a tensor have what was written into its {@link #memory}. */
    public static void written(ByteBuffer memory, NDArray tensor) {
        if (!memory.isDirect()) {
            try (NDArray all = tensor.reshape(-1);
                    NDArray copy = tensor.getManager().create(memory, all.getShape(), tensor.getDataType())) {
                // The engine's copyTo would exchange the memory and leave the views with the old one.
                all.set(new NDIndex(":"), copy);
            }
        }
        Reference.reachabilityFence(tensor);
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
