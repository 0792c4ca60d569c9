package org.adapt4j.toolkit.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.adapt4j.api.data.Demonstration;

/** The way of an expert's episodes into a ring, as {@link Replays#add} tells it. They always count in contexts. */
final class ShownEpisodes {

    private ShownEpisodes() {}

    /** Takes them in. @param longest steps that an episode may take */
    static void add(Demonstration demonstration, RowLayout layout, int longest, TaskBuffer buffer) {
        int steps = demonstration.steps();
        if (steps < 1) {
            throw new IllegalArgumentException("a demonstration needs at least one step");
        }
        ByteBuffer[] seen = new ByteBuffer[layout.components()];
        for (int c = 0; c < seen.length; c++) {
            seen[c] = column(demonstration, layout.name(c), steps + 1, layout.spaceBytes(c));
        }
        ByteBuffer actions = column(demonstration, "action", steps, layout.actionBytes());
        ByteBuffer rewards = column(demonstration, "reward", steps, Float.BYTES);
        ByteBuffer terminated = flags(demonstration, Demonstration.TERMINATED, steps < longest);
        ByteBuffer truncated = flags(demonstration, Demonstration.TRUNCATED, false);
        boolean begins = true;
        long row = 0;
        for (int t = 0; t < steps; t++) {
            row = begins ? buffer.begin() : buffer.follow(row, true);
            observe(buffer, row, seen, t);
            begins = terminated.get(t) != 0 || (truncated.get(t) != 0 && t < steps - 1);
            if (begins && terminated.get(t) == 0) {
                buffer.cut(row);
                continue;
            }
            buffer.action(row, actions, t, rewards.getFloat(t * Float.BYTES));
            if (begins) {
                buffer.terminate(row, true);
            }
        }
        if (!begins) {
            row = buffer.follow(row, true);
            observe(buffer, row, seen, steps);
            buffer.cut(row);
        }
    }

    private static void observe(TaskBuffer buffer, long row, ByteBuffer[] seen, int index) {
        for (int c = 0; c < seen.length; c++) {
            buffer.observation(row, c, seen[c], index);
        }
    }

    /** A column of flags, or one that says so of the last step alone where there is none of either kind. */
    private static ByteBuffer flags(Demonstration demonstration, String name, boolean last) {
        boolean known = demonstration.columns().containsKey(Demonstration.TERMINATED)
                || demonstration.columns().containsKey(Demonstration.TRUNCATED);
        if (demonstration.columns().containsKey(name)) {
            return column(demonstration, name, demonstration.steps(), 1);
        }
        ByteBuffer flags = ByteBuffer.allocate(demonstration.steps());
        return flags.put(demonstration.steps() - 1, (byte) (!known && last ? 1 : 0));
    }

    private static ByteBuffer column(Demonstration demonstration, String name, int rows, int rowBytes) {
        ByteBuffer column = demonstration.columns().get(name);
        if (column == null || column.limit() != rows * rowBytes) {
            throw new IllegalArgumentException(
                    "a demonstration of " + demonstration.steps() + " steps needs " + rows + " rows of "
                            + rowBytes + " bytes in column '" + name + "', but it has "
                            + (column == null ? "no such column" : column.limit() + " bytes"));
        }
        return column.duplicate().order(ByteOrder.nativeOrder());
    }
}
