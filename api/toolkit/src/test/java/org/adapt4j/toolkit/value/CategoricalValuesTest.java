package org.adapt4j.toolkit.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import org.adapt4j.toolkit.Oracles;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand. */
final class CategoricalValuesTest {

    private static final CategoricalValues SMALL = new CategoricalValues(5, -2, 2);
    private static final CategoricalValues ATARI = new CategoricalValues(51, -10, 10);

    @Test
    void projectsTheWorkedRows() {
        for (JsonNode row : Oracles.of("c51_small")) {
            float[] target = new float[5];

            SMALL.project(
                    Oracles.floats(row.get("probs")),
                    0,
                    row.get("reward").asDouble(),
                    row.get("discount_pow_n").asDouble()
                            * row.get("nonterminal").asInt(),
                    target,
                    0);

            assertThat(target).containsExactly(Oracles.floats(row.get("target")), within(1e-6f));
        }
    }

    @Test
    void projectsTheRowOfTwentySteps() {
        JsonNode row = Oracles.of("c51_der");
        float[] probabilities = new float[3 * 51];
        for (var entry : row.get("mass").properties()) {
            probabilities[51 + Integer.parseInt(entry.getKey())] =
                    (float) entry.getValue().asDouble();
        }
        float[] target = new float[2 * 51];

        ATARI.project(
                probabilities,
                51,
                row.get("reward").asDouble(),
                row.get("discount_pow_n").asDouble(),
                target,
                51);

        float[] expected = new float[2 * 51];
        System.arraycopy(Oracles.floats(row.get("target")), 0, expected, 51, 51);
        assertThat(target).containsExactly(expected, within(1e-6f));
        assertThat(ATARI.mean(target, 51)).isCloseTo(3.49655804, within(1e-6));
    }

    @Test
    void anAtomThatFallsOnAnAtomStaysWhole() {
        for (int atom = 0; atom < 51; atom++) {
            float[] target = new float[51];

            ATARI.project(single(25), 0, ATARI.value(atom), 1, target, 0);

            assertThat(target).containsExactly(single(atom), within(1e-6f));
        }
    }

    @Test
    void keepsAllMassAndTheMeanWhereNothingIsCutOff() {
        Random random = new Random(1);
        for (int trial = 0; trial < 100; trial++) {
            float[] probabilities = new float[51];
            double total = 0;
            for (int i = 0; i < 51; i++) {
                probabilities[i] = random.nextFloat();
                total += probabilities[i];
            }
            for (int i = 0; i < 51; i++) {
                probabilities[i] /= (float) total;
            }
            double reward = random.nextDouble() - 0.5;
            float[] inside = new float[51];
            float[] cut = new float[51];

            ATARI.project(probabilities, 0, reward, 0.9, inside, 0);
            ATARI.project(probabilities, 0, 20 * reward, 1, cut, 0);

            assertThat(sum(inside)).isCloseTo(1, within(1e-5));
            assertThat(sum(cut)).isCloseTo(1, within(1e-5));
            assertThat(ATARI.mean(inside, 0)).isCloseTo(reward + 0.9 * ATARI.mean(probabilities, 0), within(1e-5));
        }
    }

    @Test
    void refusesAtomsThatAreNone() {
        assertThatThrownBy(() -> new CategoricalValues(1, 0, 1)).hasMessage("atoms: must be at least 2 but is 1");
        assertThatThrownBy(() -> new CategoricalValues(2, 1, 1))
                .hasMessage("lowest-value: must be below the highest of 1.0 but is 1.0");
    }

    private static float[] single(int atom) {
        float[] row = new float[51];
        row[atom] = 1;
        return row;
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
