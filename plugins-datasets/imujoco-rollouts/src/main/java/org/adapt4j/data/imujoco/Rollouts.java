package org.adapt4j.data.imujoco;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.space.Space;
import org.adapt4j.api.task.Task;
import org.adapt4j.toolkit.recording.RecordedNumbers;

/** The content of one file: rows, what ends where, and the trajectories that a cut makes of them. */
final class Rollouts {

    private final Layout layout;
    private final float[] numbers;
    private final int columns;
    private final boolean hasReward;
    private final byte[] terminated;
    private final byte[] truncated;
    private final List<Piece> pieces = new ArrayList<>();

    /** Rows from {@code first} on. */
    private record Piece(int first, int rows) {}

    private Rollouts(Layout layout, float[] numbers, int columns, byte[] terminated, byte[] truncated, Cut cut) {
        this.layout = layout;
        this.numbers = numbers;
        this.columns = columns;
        hasReward = columns > layout.fewestColumns();
        this.terminated = terminated;
        this.truncated = truncated;
        if (cut == Cut.FIXED_1000) {
            for (int i = 0; i < count(rows(), cut); i++) {
                pieces.add(new Piece(i * Layout.trajectory(), Layout.trajectory()));
            }
        } else {
            int first = 0;
            for (int row = 0; row < rows(); row++) {
                if (terminated[row] + truncated[row] > 0 || row == rows() - 1) {
                    pieces.add(new Piece(first, row + 1 - first));
                    first = row + 1;
                }
            }
        }
    }

    /** Number of trajectories in so many rows, where that does not depend on their content. */
    static int count(int rows, Cut cut) {
        if (cut != Cut.FIXED_1000) {
            throw new IllegalArgumentException("the number of episodes depends on where they end");
        }
        return rows / Layout.trajectory();
    }

    /** Number of rows of a file, by its header. */
    static int rows(Npz file, Layout layout) {
        List<Integer> shape = file.shape(Layout.DATA).orElseThrow(() -> lacksData(file));
        check(file, shape, layout);
        return shape.get(0);
    }

    /**
     * Reads a file.
     *
     * @throws UncheckedIOException if it is damaged, does not fit the body, or holds what cannot be learned from; says where
     */
    static Rollouts read(Npz file, Layout layout, Cut cut) {
        Map<String, Npz.Array> arrays = file.arrays(Set.of(Layout.DATA, Layout.TRUNCATED));
        Npz.Array data = Optional.ofNullable(arrays.get(Layout.DATA)).orElseThrow(() -> lacksData(file));
        check(file, data.shape(), layout);
        if (!data.type().substring(1).startsWith("f")) {
            String message = file.name() + ": its array '" + Layout.DATA + "' holds numbers of type " + data.type()
                    + "; f4 and f8 can be read: save it with .astype('float32')";
            throw new UncheckedIOException(message, new IOException(message));
        }
        int rows = data.shape().get(0);
        int columns = data.shape().get(1);
        int used = layout.observations() + layout.actions();
        int known = columns > layout.fewestColumns() ? used + 1 : used;
        byte[] done = new byte[rows];
        for (int row = 0; row < rows; row++) {
            int start = row * columns;
            for (int column = 0; column < known; column++) {
                float number = data.numbers()[start + column];
                Space space = column < layout.observations()
                        ? layout.seen()
                        : column < used ? layout.done() : RecordedNumbers.reward();
                if (!RecordedNumbers.holds(space, number)) {
                    throw wrong(
                            file,
                            row,
                            column,
                            RecordedNumbers.refusal(space, number)
                                    + ". Take the trajectory out, or record it again. Is it a file of another body?"
                                    + " Observations are expected to the left, " + layout.observations()
                                    + " of them, then " + layout.actions() + " for the action");
                }
            }
            float end = data.numbers()[start + columns - 1];
            if (end != 0 && end != 1) {
                throw wrong(
                        file,
                        row,
                        columns - 1,
                        "is " + end + ", but the last column says by 1 or 0 whether an episode ended");
            }
            done[row] = (byte) end;
        }
        byte[] truncated = Optional.ofNullable(arrays.get(Layout.TRUNCATED))
                .map(array -> flags(file, array, done))
                .orElseGet(() -> timeLimits(done, layout.maxEpisodeSteps()));
        byte[] terminated = new byte[rows];
        for (int row = 0; row < rows; row++) {
            terminated[row] = (byte) (done[row] - truncated[row] > 0 ? 1 : 0);
        }
        return new Rollouts(layout, data.numbers(), columns, terminated, truncated, cut);
    }

    private static UncheckedIOException lacksData(Npz file) {
        String message =
                file.name() + ": has no array '" + Layout.DATA + "'. Save the rows with np.savez(file, data=rows)";
        return new UncheckedIOException(message, new IOException(message));
    }

    private static void check(Npz file, List<Integer> shape, Layout layout) {
        if (shape.size() == 2 && shape.get(1) >= layout.fewestColumns()) {
            return;
        }
        String message = file.name() + ": its array '" + Layout.DATA + "' has the shape " + shape
                + ", but needs rows of " + layout.observations() + " numbers seen, " + layout.actions()
                + " done and one for the end: at least " + layout.fewestColumns()
                + " columns. Is it a file of another body?";
        throw new UncheckedIOException(message, new IOException(message));
    }

    private static UncheckedIOException wrong(Npz file, int row, int column, String what) {
        String message = file.name() + ": row " + row + ", column " + column + " (both from 0) " + what;
        return new UncheckedIOException(message, new IOException(message));
    }

    private static byte[] flags(Npz file, Npz.Array array, byte[] done) {
        int rows = done.length;
        if (array.numbers().length != rows) {
            throw wrong(file, "has " + array.numbers().length + " numbers for " + rows + " rows");
        }
        byte[] flags = new byte[rows];
        for (int row = 0; row < rows; row++) {
            float flag = array.numbers()[row];
            if (flag != 0 && flag != 1) {
                throw wrong(
                        file, "is " + flag + " at row " + row + " (from 0), but says by 1 or 0 whether it was cut off");
            }
            if (flag > done[row]) {
                throw wrong(
                        file,
                        "is 1 at row " + row + " (from 0), where '" + Layout.DATA
                                + "' says in its last column that no episode" + " ended");
            }
            flags[row] = (byte) flag;
        }
        return flags;
    }

    private static UncheckedIOException wrong(Npz file, String what) {
        String message = file.name() + ": its array '" + Layout.TRUNCATED + "' " + what + ". Mend it, or leave it out";
        return new UncheckedIOException(message, new IOException(message));
    }

    /** An episode of the greatest length was cut off; the authors' files do not tell it from a fall. */
    private static byte[] timeLimits(byte[] done, int limit) {
        byte[] truncated = new byte[done.length];
        int first = 0;
        for (int row = 0; row < done.length; row++) {
            if (done[row] == 1) {
                truncated[row] = (byte) (row + 1 - first == limit ? 1 : 0);
                first = row + 1;
            }
        }
        return truncated;
    }

    /** Number of rows. */
    int rows() {
        return terminated.length;
    }

    /** Number of trajectories. */
    int count() {
        return pieces.size();
    }

    /** Copies all rows in the layout of our own files. */
    void copyTo(FloatBuffer data, ByteBuffer cutOff) {
        for (int row = 0; row < rows(); row++) {
            data.put(numbers, row * columns, layout.observations() + layout.actions());
            data.put(hasReward ? numbers[row * columns + layout.observations() + layout.actions()] : 0);
            data.put(terminated[row] + truncated[row] > 0 ? 1 : 0);
            cutOff.put(truncated[row]);
        }
    }

    /** A trajectory. What was seen after its last row is not in the file; that row's observation stands for it. */
    Demonstration demonstration(Task task, int index) {
        Piece piece = pieces.get(index);
        int rows = piece.rows();
        ByteBuffer seen = floats((rows + 1) * layout.observations());
        ByteBuffer actions = floats(rows * layout.actions());
        ByteBuffer rewards = floats(rows);
        double sum = 0;
        for (int i = 0; i <= rows; i++) {
            int start = (piece.first() + Math.min(i, rows - 1)) * columns;
            put(seen, i * layout.observations(), start, layout.observations());
            if (i < rows) {
                put(actions, i * layout.actions(), start + layout.observations(), layout.actions());
                float reward = hasReward ? numbers[start + layout.observations() + layout.actions()] : 0;
                rewards.putFloat(i * Float.BYTES, reward);
                sum += reward;
            }
        }
        Map<String, ByteBuffer> filled = new HashMap<>();
        filled.put(layout.observation(), seen);
        filled.put("action", actions);
        filled.put("reward", rewards);
        filled.put(
                Demonstration.TERMINATED,
                ByteBuffer.wrap(terminated, piece.first(), rows).slice());
        filled.put(
                Demonstration.TRUNCATED,
                ByteBuffer.wrap(truncated, piece.first(), rows).slice());
        return new Demonstration(task, rows, filled, sum);
    }

    private static ByteBuffer floats(int count) {
        return ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    private void put(ByteBuffer into, int at, int from, int count) {
        into.asFloatBuffer().put(at, numbers, from, count);
    }
}
