package org.adapt4j.toolkit.returns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.adapt4j.toolkit.Oracles;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class GaeTest {

    private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

    @Test
    void equalsTheWorkedNumbers() {
        for (JsonNode oracle : Oracles.of("gae")) {
            float[] rewards = Oracles.floats(oracle.get("rewards"));
            float[] values = Oracles.floats(oracle.get("values"));
            boolean[] ends = ends(oracle);
            float[] advantages = new float[rewards.length];

            Gae.advantages(
                    1,
                    rewards,
                    values,
                    new float[] {(float) oracle.get("last_value").asDouble()},
                    ends,
                    oracle.get("gamma").asDouble(),
                    oracle.get("lam").asDouble(),
                    advantages);

            assertThat(advantages).containsExactly(Oracles.floats(oracle.get("advantages")), CLOSE);
            for (int t = 0; t < values.length; t++) {
                assertThat(advantages[t] + values[t])
                        .isCloseTo((float) oracle.get("returns").get(t).asDouble(), CLOSE);
            }
        }
    }

    @Test
    void normalisesWithEitherDeviation() {
        for (JsonNode oracle : Oracles.of("gae")) {
            float[] advantages = Oracles.floats(oracle.get("advantages"));
            int[] all = {0, 1, 2, 3, 4};
            float[] sample = new float[5];
            float[] population = new float[5];

            Gae.normalise(advantages, all, 0, 5, false, sample);
            Gae.normalise(advantages, all, 0, 5, true, population);

            assertThat(sample).containsExactly(Oracles.floats(oracle.get("normalised_sample_std")), CLOSE);
            assertThat(population).containsExactly(Oracles.floats(oracle.get("normalised_population_std")), CLOSE);
        }
    }

    @Test
    void treatsSlotsApart() {
        float[] advantages = new float[4];

        Gae.advantages(
                2,
                new float[] {1, 10, 2, 20},
                new float[4],
                new float[] {100, 1000},
                new boolean[] {false, true, true, false},
                0.5,
                1,
                advantages);

        assertThat(advantages).containsExactly(2f, 10f, 2f, 520f);
    }

    private static boolean[] ends(JsonNode oracle) {
        boolean[] ends = new boolean[oracle.get("done_after").size()];
        for (int t = 0; t < ends.length; t++) {
            ends[t] = oracle.get("done_after").get(t).asDouble() == 1;
        }
        return ends;
    }
}
