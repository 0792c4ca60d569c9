package org.adapt4j.toolkit.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import org.adapt4j.toolkit.network.HostArrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand. */
final class TanhGaussianTest {

    private static final float[] MEANS = {0.3f, -0.8f};
    private static final float[] LOG_STDS = {-0.5f, 0.2f};
    private static final double[] NOISE = {0.7, -1.1};

    @Test
    void drawsActionsWithTheirExactLogDensity() {
        int[] next = {0};
        RandomGenerator noise = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextGaussian() {
                return NOISE[next[0]++];
            }
        };
        float[] actions = new float[2];
        float[] density = new float[1];

        TanhGaussian.sample(MEANS, LOG_STDS, noise, actions, density);

        assertThat(actions[0]).isCloseTo(0.6197329880937158f, within(1e-6f));
        assertThat(actions[1]).isCloseTo(-0.9728828850238995f, within(1e-6f));
        assertThat(density[0]).isCloseTo(1.024837565257433f, within(1e-5f));
    }

    @Test
    void theSlopeIsExactWhereTheUsualFormIsNot() {
        assertThat(TanhGaussian.logSlope(8)).isCloseTo(-14.613705863950447, within(1e-9));
        assertThat(TanhGaussian.logSlope(-8)).isCloseTo(-14.613705863950447, within(1e-9));
        assertThat(TanhGaussian.logSlope(0)).isZero();
    }

    @Test
    @Tag("native")
    void theDifferentiableLogDensityIsTheSame() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] unsquashed = {0.7245714617988434f, -2.143543033976187f};

            float[] density = TanhGaussian.logDensity(
                            HostArrays.tensor(manager, unsquashed, 1, 2),
                            HostArrays.tensor(manager, LOG_STDS, 1, 2),
                            new float[] {0.7f, -1.1f})
                    .toFloatArray();

            assertThat(density[0]).isCloseTo(1.024837565257433f, within(1e-5f));
        }
    }
}
