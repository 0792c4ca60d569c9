package org.adapt4j.toolkit.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.apiguardian.api.API;

/**
 * Holds recorded numbers beside the space that they are of: finite, whole where the space holds whole numbers, and within its bounds.
 * Numbers of boxes of floats may lie outside of them by a rounding, a hundred-thousandth of the larger bound.
 *
 * <p>Readers of files ask before they narrow numbers to the space's own kind, since 300 would become 44, and can name the file; {@link
 * #check} is for what a data set hands out.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class RecordedNumbers {

    /** What one rounding to single or half precision, or a scaling with it, may add. */
    private static final double ROUNDING = 1e-5;

    private static final Box REWARD = Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE);

    /** The sum of rewards in single precision stands this close to that in double precision, per unit that was summed. */
    private static final double SUMMING = 1e-4;

    private RecordedNumbers() {}

    /** The space of rewards: any finite number of single precision. */
    public static Box reward() {
        return REWARD;
    }

    /** Whether a number may stand in a value of a space. */
    public static boolean holds(Space space, double number) {
        if (space instanceof Discrete discrete) {
            return number >= 0 && number < discrete.size() && number == Math.rint(number);
        }
        Box box = (Box) space;
        if (box.element() != Element.FLOAT32) {
            return number >= box.low() && number <= box.high() && number == Math.rint(number);
        }
        double slack = ROUNDING * Math.max(size(box.low()), size(box.high()));
        return Float.isFinite((float) number) && number >= box.low() - slack && number <= box.high() + slack;
    }

    private static double size(double bound) {
        return Double.isInfinite(bound) ? 0 : Math.abs(bound);
    }

    /** Says why a number that a space does not {@linkplain #holds hold} is not in it, to go on after "row 3, column 0 ". */
    public static String refusal(Space space, double number) {
        String is = "is " + text(number) + ", but ";
        if (!Float.isFinite((float) number)) {
            return is + "numbers must be finite in single precision";
        }
        if (space instanceof Discrete discrete) {
            return is + "an action is one of the whole numbers 0 to " + (discrete.size() - 1);
        }
        Box box = (Box) space;
        if (box.element() != Element.FLOAT32) {
            return is + "the benchmark shows whole numbers from " + text(box.low()) + " to " + text(box.high());
        }
        return is + "numbers lie in [" + text(box.low()) + ", " + text(box.high()) + "] here";
    }

    private static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /**
     * Reads rows of a space into its own kind of numbers.
     *
     * @param number of an index, row-major, the space's width a row
     * @return {@code [rows, width]}, native byte order
     * @throws IllegalArgumentException if a number is not in the space; says which row and column
     */
    public static ByteBuffer column(Space space, int rows, IntToDoubleFunction number) {
        long bytes = (long) rows * space.bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(rows + " rows of " + space.bytes()
                    + " bytes do not fit into memory as one episode. Cut it into shorter ones");
        }
        ByteBuffer column = ByteBuffer.allocate((int) bytes).order(ByteOrder.nativeOrder());
        for (int i = 0; i < rows * space.width(); i++) {
            double one = number.applyAsDouble(i);
            require(space, i, one);
            switch (space.element()) {
                case UINT8 -> column.put((byte) one);
                case INT32 -> column.putInt((int) one);
                case FLOAT32 -> column.putFloat((float) one);
            }
        }
        return column.flip();
    }

    private static void require(Space space, int index, double number) {
        if (!holds(space, number)) {
            throw new IllegalArgumentException("row " + index / space.width() + ", column " + index % space.width()
                    + " (both from 0) " + refusal(space, number));
        }
    }

    /**
     * Refuses an episode that does not fit a benchmark: columns that are missing or of another length, numbers that are not in their
     * space, flags other than 1 and 0, no step at all, a return that is not the sum of the rewards.
     *
     * @throws IllegalArgumentException says which column, row and number
     */
    public static void check(Demonstration episode, EnvironmentSpec spec) {
        int steps = episode.steps();
        if (steps < 1) {
            throw new IllegalArgumentException("it has " + steps + " steps, but an episode has at least one");
        }
        for (Component component : spec.observation()) {
            check(component.name(), column(episode, component.name()), component.space(), steps + 1);
        }
        check("action", column(episode, "action"), spec.action(), steps);
        ByteBuffer rewards = column(episode, "reward");
        check("reward", rewards, REWARD, steps);
        double sum = 0;
        double size = 0;
        for (int step = 0; step < steps; step++) {
            float reward = rewards.getFloat(step * Float.BYTES);
            sum += reward;
            size += Math.abs(reward);
        }
        if (!(Math.abs(sum - episode.episodeReturn()) <= SUMMING * (1 + size))) {
            throw new IllegalArgumentException(
                    "its return is said to be " + episode.episodeReturn() + ", but its rewards sum to " + sum);
        }
        flags(episode, Demonstration.TERMINATED);
        flags(episode, Demonstration.TRUNCATED);
    }

    private static ByteBuffer column(Demonstration episode, String name) {
        return Optional.ofNullable(episode.columns().get(name))
                .orElseThrow(() -> new IllegalArgumentException("it has no column '" + name + "', only "
                        + episode.columns().keySet().stream().sorted().toList()))
                .duplicate()
                .order(ByteOrder.nativeOrder());
    }

    private static void check(String name, ByteBuffer column, Space space, int rows) {
        long wanted = (long) rows * space.bytes();
        if (column.limit() != wanted) {
            throw new IllegalArgumentException("its column '" + name + "' has " + column.limit() + " bytes, but " + rows
                    + " rows of " + space.bytes() + " bytes make " + wanted);
        }
        if (space instanceof Box box && box.element() == Element.UINT8 && box.low() <= 0 && box.high() >= 255) {
            return; // any byte will do
        }
        try {
            for (int i = 0; i < rows * space.width(); i++) {
                require(space, i, number(column, space.element(), i));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "', " + e.getMessage(), e);
        }
    }

    private static double number(ByteBuffer column, Element element, int index) {
        return switch (element) {
            case UINT8 -> Byte.toUnsignedInt(column.get(index));
            case INT32 -> column.getInt(index * Integer.BYTES);
            case FLOAT32 -> column.getFloat(index * Float.BYTES);
        };
    }

    private static void flags(Demonstration episode, String name) {
        ByteBuffer flags = episode.columns().get(name);
        if (flags == null) {
            return;
        }
        if (flags.limit() != episode.steps()) {
            throw new IllegalArgumentException(
                    "its column '" + name + "' has " + flags.limit() + " flags for " + episode.steps() + " steps");
        }
        for (int step = 0; step < episode.steps(); step++) {
            if (flags.get(step) != 0 && flags.get(step) != 1) {
                throw new IllegalArgumentException(
                        "'" + name + "', row " + step + " (from 0) is " + flags.get(step) + ", but flags are 1 or 0");
            }
        }
    }
}
