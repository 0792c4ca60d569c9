package org.adapt4j.toolkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import org.adapt4j.toolkit.training.GradientScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class LstmTest {

    private static final int STEPS = 4;
    private static final int SLOTS = 2;
    private static final int INPUTS = 3;
    private static final int UNITS = 5;

    private final NDManager manager = NDManager.newBaseManager();
    private final Layout layout = new Layout();
    private final Lstm lstm = new Lstm(layout, "memory", INPUTS, UNITS, 2);
    private final Random random = new Random(7);
    private final float[] input = floats(STEPS * SLOTS * INPUTS);
    private final float[] state = floats(SLOTS * lstm.stateSize());
    private final boolean[] cleared = {false, false, false, true, false, false, true, false};
    private WeightVector weights;

    @BeforeEach
    void open() {
        weights = new WeightVector(manager, layout, random);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aStretchEqualsItsSingleSteps() {
        Lstm.Result whole = run(input, state, cleared, STEPS);
        float[] expected = whole.output().toFloatArray();

        float[] carried = state;
        for (int t = 0; t < STEPS; t++) {
            Lstm.Result step = run(
                    Arrays.copyOfRange(input, t * SLOTS * INPUTS, (t + 1) * SLOTS * INPUTS),
                    carried,
                    Arrays.copyOfRange(cleared, t * SLOTS, (t + 1) * SLOTS),
                    1);
            carried = step.state();
            assertThat(step.output().toFloatArray())
                    .containsExactly(
                            Arrays.copyOfRange(expected, t * SLOTS * UNITS, (t + 1) * SLOTS * UNITS), within(1e-6f));
        }
        assertThat(carried).containsExactly(whole.state(), within(1e-6f));
    }

    @Test
    void aClearedSlotForgets() {
        float[] other = floats(state.length);

        float[] one = run(input, state, cleared, STEPS).state();
        float[] two = run(input, other, cleared, STEPS).state();

        assertThat(one).containsExactly(two);
    }

    @Test
    void gradientsEqualFiniteDifferences() {
        float[] start = weights.flat().toFloatArray();
        float[] gradient;
        try (GradientScope scope = new GradientScope(manager)) {
            scope.add((inside, tracked) -> lstm.run(
                            tracked.of(weights),
                            inside.create(input, new Shape(STEPS * SLOTS, INPUTS)),
                            state,
                            new boolean[STEPS * SLOTS],
                            STEPS)
                    .output()
                    .square()
                    .sum());
            gradient = scope.gradient(weights).toFloatArray();
        }

        for (int i = 0; i < start.length; i += 7) {
            double difference = loss(start, i, 5e-3f) - loss(start, i, -5e-3f);
            assertThat(gradient[i]).isCloseTo((float) (difference / 1e-2), within(2e-3f));
        }
    }

    private double loss(float[] start, int index, float shift) {
        float[] moved = start.clone();
        moved[index] += shift;
        weights.write(moved);
        double sum = 0;
        for (float y :
                run(input, state, new boolean[STEPS * SLOTS], STEPS).output().toFloatArray()) {
            sum += (double) y * y;
        }
        return sum;
    }

    private Lstm.Result run(float[] input, float[] state, boolean[] cleared, int steps) {
        return lstm.run(
                weights.constants(), manager.create(input, new Shape(steps * SLOTS, INPUTS)), state, cleared, steps);
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
