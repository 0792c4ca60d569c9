package org.adapt4j.method.pearl;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.toolkit.network.HostArrays;

/** Written-down transitions, in equal shares of some tasks. */
final class Context implements Batch.Transitions {

    private final int size;
    private final int tasks;
    private final Map<String, ByteBuffer> columns = new HashMap<>();

    Context(int size, int tasks) {
        this.size = size;
        this.tasks = tasks;
    }

    /** Adds a column of floats; returns this. */
    Context with(String name, float... values) {
        ByteBuffer column = HostArrays.allocate(values.length * Float.BYTES);
        column.asFloatBuffer().put(values);
        columns.put(name, column);
        return this;
    }

    /** Adds a column of integers; returns this. */
    Context with(String name, int... values) {
        ByteBuffer column = HostArrays.allocate(values.length * Integer.BYTES);
        column.asIntBuffer().put(values);
        columns.put(name, column);
        return this;
    }

    /** Adds a column of bytes; returns this. */
    Context with(String name, byte... values) {
        columns.put(name, HostArrays.allocate(values.length).put(0, values));
        return this;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int tasks() {
        return tasks;
    }

    @Override
    public ByteBuffer column(String name) {
        ByteBuffer column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column " + name);
        }
        return column;
    }

    @Override
    public FloatBuffer weights() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reprioritise(FloatBuffer errors) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Batch.Transitions context() {
        return new Context(0, tasks);
    }
}
