package org.adapt4j.method.pearl;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.space.Box;
import org.adapt4j.toolkit.network.HostArrays;

/** The newest transitions of the one task at hand, from which contexts are drawn. */
final class RecentWindow implements Stateful {

    private final List<Component> columns;
    private final byte[][] rows;
    private final ByteBuffer[] drawn;
    private final int capacity;
    private int size;
    private int next;

    /**
     * An empty window.
     *
     * @param capacity transitions it keeps
     */
    RecentWindow(EnvironmentSpec spec, int capacity) {
        this.capacity = capacity;
        List<Component> all = new ArrayList<>(spec.observation());
        all.add(new Component("action", spec.action()));
        all.add(new Component("reward", Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE)));
        columns = List.copyOf(all);
        rows = new byte[columns.size()][];
        drawn = new ByteBuffer[rows.length];
        for (int c = 0; c < rows.length; c++) {
            rows[c] =
                    new byte[Math.multiplyExact(capacity, columns.get(c).space().bytes())];
            drawn[c] = HostArrays.allocate(0);
        }
    }

    /** Number of transitions. */
    int size() {
        return size;
    }

    /** Takes in what was played, step by step and slot by slot. */
    void add(Batch.Rollout played) {
        int transitions = played.steps() * played.slots();
        for (int i = Math.max(0, transitions - capacity); i < transitions; i++) {
            for (int c = 0; c < rows.length; c++) {
                int bytes = columns.get(c).space().bytes();
                // A reward stands beside what was seen next.
                int row = columns.get(c).name().equals("reward") ? i + played.slots() : i;
                column(played, c).get(row * bytes, rows[c], next * bytes, bytes);
            }
            next = (next + 1) % capacity;
            size = Math.min(size + 1, capacity);
        }
    }

    /** Takes in what somebody showed, step by step. */
    void add(Demonstration shown) {
        for (int i = Math.max(0, shown.steps() - capacity); i < shown.steps(); i++) {
            for (int c = 0; c < rows.length; c++) {
                int bytes = columns.get(c).space().bytes();
                ByteBuffer column = shown.columns().get(columns.get(c).name());
                if (column == null) {
                    throw new IllegalArgumentException(
                            "a demonstration without column '" + columns.get(c).name() + "' tells a belief nothing");
                }
                column.get(i * bytes, rows[c], next * bytes, bytes);
            }
            next = (next + 1) % capacity;
            size = Math.min(size + 1, capacity);
        }
    }

    private ByteBuffer column(Batch.Rollout played, int index) {
        String name = columns.get(index).name();
        return switch (columns.size() - index) {
            case 1 -> played.seen().rewards();
            case 2 -> played.acted().column(name);
            default -> played.seen().observations(name);
        };
    }

    /**
     * Draws a context, with replacement; of size 0 while there is nothing.
     *
     * @return memory of this object, written over by the next draw
     */
    Batch.Transitions draw(int contextSize, RandomGenerator random) {
        int count = size == 0 ? 0 : contextSize;
        for (int c = 0; c < rows.length; c++) {
            int bytes = columns.get(c).space().bytes();
            if (drawn[c].limit() != count * bytes) {
                drawn[c] = HostArrays.allocate(count * bytes);
            }
        }
        for (int i = 0; i < count; i++) {
            int chosen = random.nextInt(size);
            for (int c = 0; c < rows.length; c++) {
                int bytes = columns.get(c).space().bytes();
                drawn[c].put(i * bytes, rows[c], chosen * bytes, bytes);
            }
        }
        return new Drawn(count);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(size);
        out.writeInt(next);
        for (int c = 0; c < rows.length; c++) {
            out.write(rows[c], 0, size * columns.get(c).space().bytes());
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        size = in.readInt();
        next = in.readInt();
        for (int c = 0; c < rows.length; c++) {
            in.readFully(rows[c], 0, size * columns.get(c).space().bytes());
        }
    }

    /** The transitions drawn last. */
    private final class Drawn implements Batch.Transitions {

        private final int count;

        private Drawn(int count) {
            this.count = count;
        }

        @Override
        public int size() {
            return count;
        }

        @Override
        public int tasks() {
            return 1;
        }

        @Override
        public ByteBuffer column(String name) {
            for (int c = 0; c < rows.length; c++) {
                if (columns.get(c).name().equals(name)) {
                    return drawn[c].slice(0, count * columns.get(c).space().bytes())
                            .order(ByteOrder.nativeOrder());
                }
            }
            throw new IllegalArgumentException("a context has no column '" + name + "', only "
                    + columns.stream().map(Component::name).toList());
        }

        @Override
        public FloatBuffer weights() {
            FloatBuffer ones = FloatBuffer.allocate(count);
            for (int i = 0; i < count; i++) {
                ones.put(i, 1);
            }
            return ones;
        }

        @Override
        public void reprioritise(FloatBuffer errors) {}

        @Override
        public Batch.Transitions context() {
            return new Drawn(0);
        }
    }
}
