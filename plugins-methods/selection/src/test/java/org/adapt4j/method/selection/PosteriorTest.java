package org.adapt4j.method.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.toolkit.kernel.Cholesky;
import org.adapt4j.toolkit.kernel.Gram;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Posteriors worked out by hand, and their properties. */
final class PosteriorTest {

    private static final Offset<Double> EXACTLY = within(1e-7);

    @Test
    void oneObservationExplainsWhatItShares() {
        Posterior prior = Posterior.of(new double[][] {{1, 0.5}, {0.5, 3}}, 1);

        assertThat(prior.given(1).variance(0)).isEqualTo(0.9375, EXACTLY);
        assertThat(prior.given(1, 1).variance(0)).isEqualTo(13.0 / 14, EXACTLY);
        assertThat(prior.given(1).given(1).variance(0)).isEqualTo(13.0 / 14, EXACTLY);
    }

    @Test
    void aBlockIsTheSameAsItsStepsOneByOneAndAsThePrimal() {
        double[][] points = {{1, 0, 1}, {0, 1, 1}, {1, 1, 0}};
        Posterior prior = Posterior.of(Gram.linear(points), 0.5);

        assertThat(prior.explained(0, 1)[2]).isEqualTo(0.5714286, EXACTLY);
        assertThat(prior.given(0, 1).variance(2)).isEqualTo(10.0 / 7, EXACTLY);
        assertThat(prior.given(0).given(1).variance(2)).isEqualTo(10.0 / 7, EXACTLY);

        double[][] precision = {{1.5, 0, 1}, {0, 1.5, 1}, {1, 1, 2.5}}; // Φᵀ Φ + σ² I
        double[][] solved = {{1}, {1}, {0}};
        Cholesky.of(precision).solve(solved);
        assertThat(0.5 * (solved[0][0] + solved[1][0])).isEqualTo(10.0 / 7, EXACTLY);

        double variance = prior.given(0, 1).variance(2);
        assertThat(0.5 * Math.log(2 / variance)).isEqualTo(0.1682361, EXACTLY);
        assertThat(prior.informationAbout(new int[] {2}, 0, 1)).isEqualTo(0.1297556, EXACTLY);
    }

    @Test
    void informationHasDiminishingReturns() {
        double[] known = {0.3465736, 0.5493061, 0.8958797, 1.1989476};
        int[] counts = {1, 2, 5, 10};
        Posterior prior = Posterior.of(new double[][] {{1}}, 1);

        for (int i = 0; i < counts.length; i++) {
            assertThat(prior.information(new int[counts[i]])).isEqualTo(known[i], EXACTLY);
        }
        double[] gains = {0.3465736, 0.2027326, 0.1438410, 0.1115718};
        for (int n = 0; n < gains.length; n++) {
            assertThat(prior.information(new int[n + 1]) - prior.information(new int[n]))
                    .isEqualTo(gains[n], EXACTLY);
        }
    }

    @Test
    void observingNeverMakesLessCertain() {
        Random random = new Random(5);
        for (int trial = 0; trial < 20; trial++) {
            Posterior now = random(random, 8, 3);
            for (int i = 0; i < 6; i++) {
                Posterior next = now.given(random.nextInt(8));
                for (int point = 0; point < 8; point++) {
                    assertThat(next.variance(point)).isBetween(0.0, now.variance(point) + 1e-12);
                }
                now = next;
            }
        }
    }

    @Test
    void informationIsTheSameInEveryOrderAndSubmodular() {
        Posterior prior = random(new Random(6), 6, 4);
        double chain = prior.information(0, 1)
                + prior.given(0, 1).information(2, 3)
                + prior.given(0, 1, 2, 3).information(4);

        assertThat(prior.information(4, 2, 0, 3, 1)).isEqualTo(chain, within(1e-9));
        assertThat(prior.given(0).information(5)).isLessThanOrEqualTo(prior.information(5));
        assertThat(prior.given(0, 1).information(5))
                .isLessThanOrEqualTo(prior.given(0).information(5));
    }

    @Test
    void aSingularKernelWithoutNoiseIsHandled() {
        Posterior flat = Posterior.of(new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}, 0);
        Posterior nothing = Posterior.of(new double[3][3], 0);

        assertThat(flat.given(0, 1).variance(2)).isEqualTo(0, within(1e-9));
        assertThat(nothing.given(0, 1).variance(2)).isZero();
        assertThat(Cholesky.of(new double[][] {{1, 1}, {1, 1}}).jitter()).isPositive();
        assertThat(Cholesky.of(new double[][] {{2, 1}, {1, 2}}).jitter()).isZero();
    }

    @Test
    void whatIsNoCovarianceIsRefused() {
        assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 5}, {5, 1}}))
                .hasMessageContaining("negative eigenvalue");
        assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 0}, {Double.NaN, 1}}))
                .isInstanceOf(NotFiniteException.class)
                .hasMessage("covariance 1, 0 is NaN");
        assertThatThrownBy(() -> Posterior.of(new double[1][1], -1)).hasMessageContaining("noise");
        assertThatThrownBy(() -> Posterior.of(new double[1][1], 0).information(0))
                .hasMessageContaining("infinite");
    }

    private static Posterior random(Random random, int points, int width) {
        double[][] rows = new double[points][width];
        for (double[] row : rows) {
            for (int i = 0; i < width; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return Posterior.of(Gram.linear(rows), 0.3);
    }
}
