package org.adapt4j.toolkit.replay;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.jspecify.annotations.Nullable;

/** Memory for a batch, used again for each one. */
final class DrawnTransitions implements Batch.Transitions {

    private final int most;
    private final double exponent;
    private final DrawnTransitions context;
    private final Map<String, ByteBuffer> columns = new HashMap<>();
    private final List<ByteBuffer> inOrder = new ArrayList<>();
    private final ByteBuffer[] now;
    private final ByteBuffer[] next;
    private final ByteBuffer action;
    private final ByteBuffer nextAction;
    private final ByteBuffer returns;
    private final ByteBuffer discount;
    private final ByteBuffer reward;
    private final FloatBuffer weights;
    private final TaskBuffer[] owners;
    private final long[] rows;
    private int size;
    private int tasks;

    /**
     * An empty batch.
     *
     * @param most transitions
     * @param exponent ω of the priorities; 0 where draws are uniform
     * @param context that goes with it; null for an empty one
     */
    DrawnTransitions(RowLayout layout, int most, double exponent, @Nullable DrawnTransitions context) {
        this.most = most;
        this.exponent = exponent;
        this.context = context != null ? context : most == 0 ? this : new DrawnTransitions(layout, 0, 0, null);
        now = new ByteBuffer[layout.components()];
        next = new ByteBuffer[layout.components()];
        for (int c = 0; c < now.length; c++) {
            now[c] = add(layout.name(c), layout.spaceBytes(c));
            next[c] = add("next-" + layout.name(c), layout.spaceBytes(c));
        }
        action = add("action", layout.actionBytes());
        nextAction = add("next-action", layout.actionBytes());
        returns = add("return", Float.BYTES);
        discount = add("discount", Float.BYTES);
        reward = add("reward", Float.BYTES);
        weights = Memory.allocate((long) most * Float.BYTES).asFloatBuffer();
        owners = new TaskBuffer[most];
        rows = new long[most];
        begin(0, 0);
    }

    private ByteBuffer add(String name, int bytes) {
        ByteBuffer column = Memory.allocate((long) most * bytes);
        columns.put(name, column);
        inOrder.add(column);
        return column;
    }

    /** Starts a batch of other sizes. */
    void begin(int newSize, int newTasks) {
        size = newSize;
        tasks = newTasks;
        for (int i = 0; i < inOrder.size(); i++) {
            ByteBuffer column = inOrder.get(i);
            column.clear().limit(most == 0 ? 0 : column.capacity() / most * newSize);
        }
        weights.clear().limit(newSize);
    }

    /** Most transitions that there is room for. */
    int most() {
        return most;
    }

    /** Fills a place. @param steps rewards that are summed, at most */
    void take(int index, TaskBuffer owner, long row, int steps) {
        owners[index] = owner;
        rows[index] = row;
        weights.put(index, 1);
        owner.write(row, steps, this, index);
    }

    /** Sets the numbers of a place. */
    void earned(int index, float sum, float factor, float first) {
        returns.putFloat(index * Float.BYTES, sum);
        discount.putFloat(index * Float.BYTES, factor);
        reward.putFloat(index * Float.BYTES, first);
    }

    ByteBuffer now(int component) {
        return now[component];
    }

    ByteBuffer next(int component) {
        return next[component];
    }

    ByteBuffer action() {
        return action;
    }

    ByteBuffer nextAction() {
        return nextAction;
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
            throw new IllegalArgumentException("no column '" + name + "', only " + new TreeSet<>(columns.keySet()));
        }
        return column;
    }

    @Override
    public FloatBuffer weights() {
        return weights;
    }

    @Override
    public void reprioritise(FloatBuffer errors) {
        for (int i = 0; i < size; i++) {
            float error = errors.get(i);
            if (!Float.isFinite(error)) {
                throw new NotFiniteException("the error of a transition", error);
            }
            if (error < 0) {
                throw new IllegalArgumentException("error " + i + " must be at least 0 but is " + error);
            }
        }
        for (int i = 0; i < size && exponent > 0; i++) {
            owners[i].prioritise(rows[i], Math.pow(errors.get(i), exponent));
        }
    }

    @Override
    public Batch.Transitions context() {
        return context;
    }
}
