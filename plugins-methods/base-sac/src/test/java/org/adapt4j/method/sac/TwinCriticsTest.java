package org.adapt4j.method.sac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Random;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That following one critic backwards gives what the engine finds through both. */
final class TwinCriticsTest {

    private static final int SEEN = 5;
    private static final int ACTIONS = 2;
    private static final int ROWS = 40;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Tag("native")
    void slopesAreThoseOfTheEngine(int hiddenLayers) {
        Layout layout = new Layout();
        TwinCritics critics = new TwinCritics(
                layout, SEEN, ACTIONS, List.of(16, 8, 4).subList(0, hiddenLayers), Initialisation.uniform());
        try (NDManager manager = NDManager.newBaseManager();
                WeightVector weights = new WeightVector(manager, layout, new Random(1))) {
            NDArray seen = HostArrays.tensor(manager, normal(ROWS * SEEN, 2), ROWS, SEEN);
            NDArray actions = HostArrays.tensor(manager, normal(ROWS * ACTIONS, 3), ROWS, ACTIONS);

            makeEqualOnAverage(weights, critics.values(weights.constants(), seen, actions));

            TwinCritics.Least least = critics.least(weights.constants(), seen, actions);

            NDArray both = critics.values(weights.constants(), seen, actions);
            assertThat(firstIsLess(both)).as("rows of the first critic").isBetween(1, ROWS - 1);
            assertThat(least.values()).containsExactly(both.min(new int[] {0}).toFloatArray(), within(1e-6f));
            assertThat(least.slopes()).containsExactly(slopes(critics, weights, seen, actions), within(1e-6f));
        }
    }

    @Test
    @Tag("native")
    void oneCriticMaySayTheLessEverywhere() {
        Layout layout = new Layout();
        TwinCritics critics = new TwinCritics(layout, 1, 1, List.of(1), Initialisation.uniform());
        try (NDManager manager = NDManager.newBaseManager();
                WeightVector weights = new WeightVector(manager, layout, new Random(1))) {
            // First: 3 · max(0, s + 2a) + 10; second: 5 · max(0, 4a).
            weights.write(new float[] {1, 2, 0, 3, 10, 0, 4, 0, 5, 0});
            NDArray seen = HostArrays.tensor(manager, new float[] {1, 1}, 2, 1);
            NDArray actions = HostArrays.tensor(manager, new float[] {0.5f, -0.25f}, 2, 1);

            TwinCritics.Least least = critics.least(weights.constants(), seen, actions);

            assertThat(least.values()).containsExactly(10, 0);
            assertThat(least.slopes()).containsExactly(20, 0);
        }
    }

    /** By the last bias of the second, so that each is the lesser one of some rows. */
    private static void makeEqualOnAverage(WeightVector weights, NDArray both) {
        float[] means = both.mean(new int[] {1}).toFloatArray();
        float[] numbers = weights.flat().toFloatArray();
        numbers[numbers.length - 1] += means[0] - means[1];
        weights.write(numbers);
    }

    private static int firstIsLess(NDArray both) {
        float[] values = both.toFloatArray();
        int count = 0;
        for (int row = 0; row < ROWS; row++) {
            count += values[row] < values[ROWS + row] ? 1 : 0;
        }
        return count;
    }

    private static float[] slopes(TwinCritics critics, WeightVector weights, NDArray seen, NDArray actions) {
        NDArray tracked = actions.duplicate();
        tracked.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(critics.values(weights.constants(), seen, tracked)
                    .min(new int[] {0})
                    .sum());
        }
        return tracked.getGradient().toFloatArray();
    }

    private static float[] normal(int count, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
