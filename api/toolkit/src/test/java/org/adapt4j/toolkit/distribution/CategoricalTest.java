package org.adapt4j.toolkit.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.random.RandomGenerator;
import org.adapt4j.toolkit.Oracles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class CategoricalTest {

    private static final JsonNode ORACLE = Oracles.of("categorical");
    private static final float[] LOGITS = Oracles.floats(ORACLE.get("logits"));

    @Test
    void equalsTheWorkedNumbersOnTheHost() {
        assertThat(Categorical.entropy(LOGITS, 0, 4))
                .isCloseTo(ORACLE.get("entropy").asDouble(), within(1e-9));
        assertThat(Categorical.logProbability(LOGITS, 0, 4, 2))
                .isCloseTo(ORACLE.get("log_prob_2").asDouble(), within(1e-9));
        assertThat(Categorical.entropy(new float[15], 0, 15))
                .isCloseTo(ORACLE.get("uniform15_entropy").asDouble(), within(1e-9));
        assertThat(Categorical.mode(LOGITS, 0, 4)).isZero();
    }

    @Test
    @Tag("native")
    void equalsTheWorkedNumbersAsTensors() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray log = manager.create(LOGITS, new Shape(1, 4)).logSoftmax(1);

            assertThat(Categorical.entropy(log).getFloat(0))
                    .isCloseTo((float) ORACLE.get("entropy").asDouble(), within(1e-5f));
            assertThat(Categorical.logProbability(log, manager.create(new long[] {2}, new Shape(1, 1)))
                            .getFloat(0))
                    .isCloseTo((float) ORACLE.get("log_prob_2").asDouble(), within(1e-5f));
        }
    }

    @Test
    void drawsAsOftenAsItSays() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        float[] rows = {9, 9, 9, 9, 1, 0, -1, 0.5f};
        int[] counts = new int[4];

        for (int i = 0; i < 100_000; i++) {
            counts[Categorical.sample(rows, 4, 4, random)]++;
        }

        for (int i = 0; i < 4; i++) {
            assertThat(counts[i] / 1e5).isCloseTo(ORACLE.get("probs").get(i).asDouble(), within(0.01));
        }
    }
}
