package org.adapt4j.toolkit.kernel;

import java.util.Arrays;
import org.apiguardian.api.API;

/** Matrices of kernels between rows of numbers, in 64-bit floats. {@code n} rows of width {@code d} take {@code n² d / 2} multiplications. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Gram {

    /** Columns of a tile: with 256 features it takes half a megabyte. */
    private static final int TILE = 256;

    private Gram() {}

    /** Inner products of all rows. @param rows {@code [n, d]} */
    public static double[][] linear(double[][] rows) {
        int n = rows.length;
        int width = n == 0 ? 0 : rows[0].length;
        double[][] gram = new double[n][n];
        double[][] transposed = new double[(width + 3) / 4 * 4][TILE];
        double[] factors = new double[transposed.length];
        for (int from = 0; from < n; from += TILE) {
            int columns = Math.min(TILE, n - from);
            for (int j = 0; j < columns; j++) {
                for (int d = 0; d < width; d++) {
                    transposed[d][j] = rows[from + j][d];
                }
            }
            double[] sums = new double[TILE];
            for (int i = 0; i < from + columns; i++) {
                System.arraycopy(rows[i], 0, factors, 0, width);
                Arrays.fill(sums, 0);
                for (int d = 0; d < factors.length; d += 4) {
                    addFour(sums, factors, d, transposed, columns);
                }
                System.arraycopy(sums, 0, gram[i], from, columns);
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                gram[i][j] = gram[j][i];
            }
        }
        return gram;
    }

    /** The loop that the compiler turns into vector instructions. */
    private static void addFour(double[] sums, double[] factors, int d, double[][] columns, int count) {
        double a = factors[d];
        double b = factors[d + 1];
        double c = factors[d + 2];
        double e = factors[d + 3];
        double[] first = columns[d];
        double[] second = columns[d + 1];
        double[] third = columns[d + 2];
        double[] fourth = columns[d + 3];
        for (int j = 0; j < count; j++) {
            sums[j] += a * first[j] + b * second[j] + (c * third[j] + e * fourth[j]);
        }
    }

    /**
     * Inner products of the gradients of a loss in a last linear layer, without ever forming a gradient: {@code scale² (r·r′)(h·h′ + 1)}
     * (Ash et al. 2020).
     *
     * @param features what the layer reads, {@code [n, d]}
     * @param residuals gradient of the loss in the layer's answer up to {@code scale}, {@code [n, a]}: answer less action
     * @param scale 2 for squared errors, 1 for cross-entropy
     * @param bias whether the layer's bias counts: the {@code + 1}
     */
    public static double[][] lossGradient(double[][] features, double[][] residuals, double scale, boolean bias) {
        double[][] gram = linear(features);
        double[][] errors = linear(residuals);
        for (int i = 0; i < gram.length; i++) {
            for (int j = 0; j < gram.length; j++) {
                gram[i][j] = scale * scale * errors[i][j] * (gram[i][j] + (bias ? 1 : 0));
            }
        }
        return gram;
    }

    /** Inner products of what a last layer reads: {@code h·h′}, and {@code + 1} with its bias. */
    public static double[][] lastLayer(double[][] features, boolean bias) {
        double[][] gram = linear(features);
        for (double[] row : gram) {
            for (int j = 0; j < row.length; j++) {
                row[j] += bias ? 1 : 0;
            }
        }
        return gram;
    }

    /** {@code variance exp(-|x - x′|² / (2 lengthScale²))}. */
    public static double[][] rbf(double[][] rows, double lengthScale, double variance) {
        int n = rows.length;
        double[][] gram = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] = rbf(rows[i], rows[j], lengthScale, variance);
                gram[j][i] = gram[i][j];
            }
        }
        return gram;
    }

    /** The same for two rows. */
    public static double rbf(double[] one, double[] other, double lengthScale, double variance) {
        double squares = 0;
        for (int d = 0; d < one.length; d++) {
            squares += (one[d] - other[d]) * (one[d] - other[d]);
        }
        return variance * Math.exp(-squares / (2 * lengthScale * lengthScale));
    }

    /** Divides by the mean diagonal, so that a ridge means the same whatever the policy; leaves a matrix of zeros. @return the divisor */
    public static double normalise(double[][] gram) {
        double mean = 0;
        for (int i = 0; i < gram.length; i++) {
            mean += gram[i][i] / gram.length;
        }
        if (!(mean > 0)) {
            return 1;
        }
        for (double[] row : gram) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= mean;
            }
        }
        return mean;
    }
}
