package org.adapt4j.toolkit.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class DiagonalGaussianTest {

    private static final float[] MEANS = {0.3f, -0.8f};
    private static final float[] LOGS = {-0.5f, 0.2f};
    private static final float[] VALUES = {0.72457146f, -2.14354303f};

    @Test
    void equalsTheWorkedNumber() {
        // SAC's log-probability: the Gaussian part.
        assertThat(DiagonalGaussian.logProbability(MEANS, 0, LOGS, VALUES))
                .isCloseTo(-2.3878770664093456, within(1e-6));
    }

    @Test
    @Tag("native")
    void tensorsAgreeWithTheHost() {
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(DiagonalGaussian.logProbability(
                                    manager.create(MEANS, new Shape(1, 2)),
                                    manager.create(LOGS),
                                    manager.create(VALUES, new Shape(1, 2)))
                            .getFloat(0))
                    .isCloseTo(-2.387877f, within(1e-5f));
            assertThat(DiagonalGaussian.entropy(manager.create(LOGS)).getFloat())
                    .isCloseTo((float) DiagonalGaussian.entropy(LOGS), within(1e-5f));
        }
    }
}
