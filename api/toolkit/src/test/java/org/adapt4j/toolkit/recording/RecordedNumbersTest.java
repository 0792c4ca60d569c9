package org.adapt4j.toolkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.task.Task;
import org.junit.jupiter.api.Test;

final class RecordedNumbersTest {

    private static final Task TASK = new Task("stick", "stick/base", Map.of());
    private static final EnvironmentSpec SPEC =
            new EnvironmentSpec(List.of(new Component("state", Box.vector(2, -9, 9))), Box.vector(1, -1, 1), 50);

    private final Map<String, ByteBuffer> columns =
            new HashMap<>(Map.of("state", floats(0, 1, 2, 3, 4, 5), "action", floats(-1, 1), "reward", floats(2, 3)));

    @Test
    void knowsWhatASpaceHolds() {
        Discrete choices = new Discrete(15);
        for (double number : new double[] {0, 14, -0.0}) {
            assertThat(RecordedNumbers.holds(choices, number)).isTrue();
        }
        for (double number : new double[] {-1, 15, 0.6, Double.NaN, 1L << 32, Double.POSITIVE_INFINITY}) {
            assertThat(RecordedNumbers.holds(choices, number)).as("%s", number).isFalse();
        }
        Box picture = Box.image(2, 2, 1);
        assertThat(RecordedNumbers.holds(picture, 255)).isTrue();
        for (double number : new double[] {256, -1, 0.5, Double.NaN}) {
            assertThat(RecordedNumbers.holds(picture, number)).as("%s", number).isFalse();
        }
        Box box = Box.vector(1, -2, 2);
        assertThat(RecordedNumbers.holds(box, 2.00001)).as("a rounding").isTrue();
        for (double number : new double[] {2.0001, -2.0001, Double.NaN}) {
            assertThat(RecordedNumbers.holds(box, number)).as("%s", number).isFalse();
        }
        Box free = new Box(Element.FLOAT32, List.of(1), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        assertThat(RecordedNumbers.holds(free, -3e38)).isTrue();
        assertThat(RecordedNumbers.holds(free, 1e39)).isFalse();
        assertThat(RecordedNumbers.holds(new Box(Element.FLOAT32, List.of(1), 0, Double.POSITIVE_INFINITY), -1))
                .isFalse();
    }

    @Test
    void narrowsRowsAndTellsTheFirstThatCannotBe() {
        ByteBuffer bytes = RecordedNumbers.column(Box.image(1, 2, 1), 2, i -> 252 + i);

        assertThat(bytes.array()).containsExactly(-4, -3, -2, -1);
        assertThatThrownBy(() -> RecordedNumbers.column(Box.image(1, 2, 1), 2, i -> 253 + i))
                .hasMessage(
                        "row 1, column 1 (both from 0) is 256, but the benchmark shows whole numbers from 0 to 255");
        assertThatThrownBy(() -> RecordedNumbers.column(Box.image(512, 512, 3), 10_000, i -> 0))
                .hasMessageContaining("do not fit into memory as one episode. Cut it into shorter ones");
    }

    @Test
    void takesAnEpisodeThatFits() {
        assertThatCode(() -> RecordedNumbers.check(episode(2, 5), SPEC)).doesNotThrowAnyException();
        columns.put(Demonstration.TERMINATED, ByteBuffer.wrap(new byte[] {0, 1}));
        columns.put(Demonstration.TRUNCATED, ByteBuffer.wrap(new byte[] {0, 1}));
        assertThatCode(() -> RecordedNumbers.check(episode(2, 5), SPEC)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnEpisodeThatDoesNot() {
        expect(0, 0, "it has 0 steps, but an episode has at least one");
        expect(-3, 0, "it has -3 steps, but an episode has at least one");
        expect(3, 5, "its column 'state' has 24 bytes, but 4 rows of 8 bytes make 32");
        expect(2, 7, "its return is said to be 7.0, but its rewards sum to 5.0");
        expect(2, Double.NaN, "its return is said to be NaN, but its rewards sum to 5.0");
        columns.put(Demonstration.TRUNCATED, ByteBuffer.wrap(new byte[] {0, 7}));
        expect(2, 5, "'truncated', row 1 (from 0) is 7, but flags are 1 or 0");
        columns.put(Demonstration.TRUNCATED, ByteBuffer.wrap(new byte[3]));
        expect(2, 5, "its column 'truncated' has 3 flags for 2 steps");
        columns.put("reward", floats(2, Float.NaN));
        expect(2, 5, "'reward', row 1, column 0 (both from 0) is NaN, but numbers must be finite in single precision");
        columns.put("action", floats(-1, 1.5f));
        expect(2, 5, "'action', row 1, column 0 (both from 0) is 1.5, but numbers lie in [-1, 1] here");
        columns.put("state", floats(0, 1, 2, 10, 4, 5));
        expect(2, 5, "'state', row 1, column 1 (both from 0) is 10, but numbers lie in [-9, 9] here");
        columns.remove("state");
        expect(2, 5, "it has no column 'state', only [action, reward, truncated]");
    }

    private void expect(int steps, double episodeReturn, String message) {
        Demonstration episode = episode(steps, episodeReturn);

        assertThatThrownBy(() -> RecordedNumbers.check(episode, SPEC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private Demonstration episode(int steps, double episodeReturn) {
        return new Demonstration(TASK, steps, columns, episodeReturn);
    }

    private static ByteBuffer floats(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < numbers.length; i++) {
            bytes.putFloat(i * Float.BYTES, numbers[i]);
        }
        return bytes;
    }
}
