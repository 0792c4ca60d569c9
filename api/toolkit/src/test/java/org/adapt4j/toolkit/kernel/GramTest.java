package org.adapt4j.toolkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Kernels worked out by hand. */
final class GramTest {

    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final double[][] FEATURES = {{1, 2}, {-1, 1}};
    private static final double[][] RESIDUALS = {{-0.5, 0.1}, {0.25, -0.2}};

    @Test
    void lossGradientsNeedNoGradient() {
        double[][] gradients = {{-1, -2, -1, 0.2, 0.4, 0.2}, {-0.5, 0.5, 0.5, 0.4, -0.4, -0.4}};

        double[][] gram = Gram.lossGradient(FEATURES, RESIDUALS, 2, true);

        double[][] known = {{6.24, -1.16}, {-1.16, 1.23}};
        double[][] explicit = Gram.linear(gradients);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                assertThat(gram[i][j]).isEqualTo(known[i][j], EXACTLY).isEqualTo(explicit[i][j], EXACTLY);
            }
        }
    }

    @Test
    void theLastLayerAloneNeedsNoLabels() {
        double[][] gram = Gram.lastLayer(FEATURES, true);

        assertThat(gram[0][0]).isEqualTo(6, EXACTLY);
        assertThat(gram[0][1]).isEqualTo(2, EXACTLY);
        assertThat(gram[1][1]).isEqualTo(3, EXACTLY);
        assertThat(Gram.lastLayer(FEATURES, false)[0][1]).isEqualTo(1, EXACTLY);
    }

    @Test
    void tilesAreSeamless() {
        Random random = new Random(1);
        double[][] rows = new double[530][7];
        for (double[] row : rows) {
            for (int d = 0; d < 7; d++) {
                row[d] = random.nextGaussian();
            }
        }

        double[][] gram = Gram.linear(rows);

        for (int i = 0; i < rows.length; i += 13) {
            for (int j = 0; j < rows.length; j++) {
                double sum = 0;
                for (int d = 0; d < 7; d++) {
                    sum += rows[i][d] * rows[j][d];
                }
                assertThat(gram[i][j]).isEqualTo(sum, within(1e-12));
            }
        }
    }

    @Test
    void normalisingMakesTheMeanDiagonalOne() {
        double[][] gram = {{2, 1}, {1, 4}};

        assertThat(Gram.normalise(gram)).isEqualTo(3);
        assertThat(gram[0][0] + gram[1][1]).isEqualTo(2, EXACTLY);
        assertThat(Gram.normalise(new double[2][2])).isEqualTo(1);
    }
}
