package org.adapt4j.method.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Weights worked out by hand. */
final class ImportanceWeightsTest {

    static final double[][] LOG_LIKELIHOODS = {
        {-1.83787707, -4.33787707}, {-1.84787707, -4.04787707}, {-11.05787707, -1.85787707}
    };
    static final int[] TASKS = {0, 0, 1};

    @Test
    void equationThree() {
        check(ImportanceWeights.EQ3, 0, 3, new double[][] {
            {1.44086337, 0.11827327}, {1.42125995, 0.15748009}, {0.00030306, 2.99939389}
        });
    }

    @Test
    void sharesOfATaskSumToOne() {
        double[][] known = {{0.50337133, 0.03611235}, {0.4965228, 0.04808336}, {0.00010587, 0.91580429}};

        check(ImportanceWeights.SELF_NORMALISED, 0, 1, known);
        check(ImportanceWeights.SELF_NORMALISED, -2000, 1, known);
    }

    @Test
    void smallLikelihoodsDoNotVanish() {
        check(ImportanceWeights.EQ3, -2000, 3, new double[][] {
            {1.44086337, 0.11827327}, {1.42125995, 0.15748009}, {0.00030306, 2.99939389}
        });
    }

    @Test
    void hardSharesGoByTheLabel() {
        check(ImportanceWeights.HARD, 0, 1, new double[][] {{0.5, 0}, {0.5, 0}, {0, 1}});
    }

    @Test
    void theCandidateInTheDenominatorBoundsAWeight() {
        double[][] shares = ImportanceWeights.CANDIDATE_IN_DENOMINATOR.shares(LOG_LIKELIHOODS, TASKS);

        // L' / (L' + Σ L): the first demonstration under task 0 is one of three nearly equal terms with itself.
        double own = Math.exp(LOG_LIKELIHOODS[0][0]);
        double all = 2 * own + Math.exp(LOG_LIKELIHOODS[0][1]);
        assertThat(shares[0][0]).isEqualTo(own / (own + all), within(1e-9));
    }

    private static void check(ImportanceWeights weights, double shift, double factor, double[][] known) {
        double[][] logs = new double[3][2];
        for (int j = 0; j < 3; j++) {
            for (int c = 0; c < 2; c++) {
                logs[j][c] = LOG_LIKELIHOODS[j][c] + shift;
            }
        }
        double[][] shares = weights.shares(logs, TASKS);
        for (int j = 0; j < 3; j++) {
            for (int c = 0; c < 2; c++) {
                assertThat(factor * shares[j][c]).isEqualTo(known[j][c], within(1e-6));
            }
        }
    }
}
