package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;

import org.adapt4j.method.pearl.Pearl.KlOver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tiny task that must be solved, and a control. */
@Tag("native")
@Tag("learning")
final class PearlLearningTest {

    private static final int UPDATES = 600;
    private static final double RATE = 1e-2;
    private static final int PLAYERS = 200;

    @ParameterizedTest
    @CsvSource({"0.03, 1", "0.03, 2", "0.01, 3", "0.01, 4"})
    void infersWhichArmPays(double klWeight, int seed) {
        try (ThreeArms arms = new ThreeArms(klWeight, KlOver.MEAN, RATE, seed)) {
            arms.train(UPDATES);

            double[] paid = arms.play(PLAYERS);

            assertThat(paid[0]).as("nothing known yet").isBetween(0.35, 0.65);
            assertThat(paid[4]).isGreaterThanOrEqualTo(0.95);
            assertThat(paid[9]).isGreaterThanOrEqualTo(0.95);
            assertThat(arms.belief().meanNorm()).isGreaterThan(0.5);
        }
    }

    /** The study's weight: the belief stays the prior, and the player stays with what it did first. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aDivergenceOfWeightOneCollapsesTheBelief(int seed) {
        try (ThreeArms arms = new ThreeArms(1, KlOver.MEAN, RATE, seed)) {
            arms.train(UPDATES);

            double[] paid = arms.play(PLAYERS);

            assertThat(paid[4]).isBetween(0.3, 0.7);
            assertThat(paid[9]).isBetween(0.3, 0.7);
            assertThat(arms.belief().meanVariance()).isBetween(0.9, 1.1);
            assertThat(arms.belief().meanNorm()).isLessThan(0.2);
        }
    }
}
