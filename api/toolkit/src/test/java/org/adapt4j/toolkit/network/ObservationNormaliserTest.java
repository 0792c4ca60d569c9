package org.adapt4j.toolkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class ObservationNormaliserTest {

    /** Two slots, two numbers each, and one number beside them that is none of an observation's. */
    private static final float[][] STEPS = {{1, -2, 7, 3, 40, 7}, {0.5f, 10, 7, -1, 20, 7}, {2, 0, 7, 2, 0, 7}};

    private final Layout layout = new Layout();
    private final ObservationNormaliser normaliser = new ObservationNormaliser(layout, "encoder", 2, 1.2);

    @Test
    void equalsTheDefinitionOverAllThatWasSeenSoFar() {
        try (NDManager manager = NDManager.newBaseManager()) {
            WeightVector weights = new WeightVector(manager, layout, new SplittableRandom(1));

            for (int t = 0; t < STEPS.length; t++) {
                float[] ahead = STEPS[t].clone();
                normaliser.normaliseAhead(weights, ahead, 2, 3);
                normaliser.absorb(weights, STEPS[t], 2, 3);
                float[] seen = STEPS[t].clone();
                normaliser.normalise(weights, seen, 2, 3);

                for (int i = 0; i < 6; i++) {
                    assertThat(seen[i]).isCloseTo(i % 3 == 2 ? 7 : byDefinition(t, i), within(5e-4f));
                }
                assertThat(ahead).isEqualTo(seen);
            }
            assertThat(weights.tensors())
                    .containsEntry("encoder/observation-count", Tensor.of(List.of(1L), new float[] {6}));
        }
    }

    /** What began with variance 1 counts as 1e-4 of an observation, which shows in the fourth place. */
    private static float byDefinition(int step, int number) {
        double sum = 0;
        double squares = 0;
        int count = 2 * (step + 1);
        for (int t = 0; t <= step; t++) {
            for (int at = number % 3; at < 6; at += 3) {
                sum += STEPS[t][at];
                squares += (double) STEPS[t][at] * STEPS[t][at];
            }
        }
        double mean = sum / count;
        double normalised = (STEPS[step][number] - mean) / Math.sqrt(squares / count - mean * mean);
        return (float) Math.max(-1.2, Math.min(1.2, normalised));
    }

    @Test
    void goesOnFromWeightsThatSomebodyElseWrote() {
        try (NDManager manager = NDManager.newBaseManager()) {
            WeightVector weights = new WeightVector(manager, layout, new SplittableRandom(1));
            normaliser.absorb(weights, STEPS[0], 2, 3);
            Map<String, Tensor> elsewhere = new TreeMap<>(weights.tensors());
            elsewhere.put("encoder/observation-mean", Tensor.of(List.of(2L), new float[] {100, 100}));

            weights.take(elsewhere, name -> true);
            float[] seen = {100, 100, 7};
            normaliser.normalise(weights, seen, 1, 3);

            assertThat(seen).containsExactly(0, 0, 7);
        }
    }

    @Test
    void continuesExactlyAfterLoading() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            WeightVector weights = new WeightVector(manager, layout, new SplittableRandom(1));
            normaliser.absorb(weights, STEPS[0], 2, 3);
            normaliser.absorb(weights, STEPS[1], 2, 3);
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            normaliser.save(new DataOutputStream(saved));
            WeightVector loaded = new WeightVector(manager, weights);
            ObservationNormaliser other = new ObservationNormaliser(new Layout(), "encoder", 2, 1.2);

            other.load(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            normaliser.absorb(weights, STEPS[2], 2, 3);
            other.absorb(loaded, STEPS[2], 2, 3);

            assertThat(loaded.tensors()).isEqualTo(weights.tensors());
        }
    }
}
