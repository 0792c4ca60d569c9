package org.adapt4j.testkit.fake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.jspecify.annotations.Nullable;

/** A batch of transitions that a test writes into its columns, and that remembers the errors it is told. */
public final class WrittenTransitions implements Batch.Transitions {

    private final int size;
    private final int tasks;
    private final Map<String, ByteBuffer> columns = new HashMap<>();
    private final float[] weights;
    private final @Nullable WrittenTransitions context;
    private float[] errors = new float[0];

    /**
     * Zeros, all of weight 1.
     *
     * @param context what {@link #context} gives; null for none
     */
    public WrittenTransitions(EnvironmentSpec spec, int size, int tasks, @Nullable WrittenTransitions context) {
        this.size = size;
        this.tasks = tasks;
        this.context = context;
        for (Component component : spec.observation()) {
            add(component.name(), component.space().bytes());
            add("next-" + component.name(), component.space().bytes());
        }
        add("action", spec.action().bytes());
        add("next-action", spec.action().bytes());
        add("return", 4);
        add("discount", 4);
        add("reward", 4);
        weights = new float[size];
        Arrays.fill(weights, 1);
    }

    private void add(String name, int bytes) {
        columns.put(name, ByteBuffer.allocateDirect(size * bytes).order(ByteOrder.nativeOrder()));
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
        return FloatBuffer.wrap(weights);
    }

    @Override
    public void reprioritise(FloatBuffer found) {
        errors = new float[found.limit()];
        found.get(0, errors);
    }

    /** What the last update found. */
    public float[] errors() {
        return errors;
    }

    @Override
    public Batch.Transitions context() {
        if (context == null) {
            throw new IllegalStateException("no context");
        }
        return context;
    }
}
