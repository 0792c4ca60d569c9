package org.adapt4j.toolkit.kernel;

import org.adapt4j.api.algorithm.NotFiniteException;
import org.apiguardian.api.API;

/**
 * The lower triangle {@code L} with {@code L Lᵀ = A + jitter I}, in 64-bit floats. The jitter is zero unless the matrix is singular; then it
 * is the smallest power of ten, on the scale of the mean diagonal, with which the factor exists.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Cholesky {

    private static final double FIRST_JITTER = 1e-12;
    private static final double LAST_JITTER = 1e-1;

    /** A pivot below this part of the diagonal is rounding error. */
    private static final double SINGULAR = 1e-14;

    private final double[][] lower;
    private final double jitter;

    private Cholesky(double[][] lower, double jitter) {
        this.lower = lower;
        this.jitter = jitter;
    }

    /**
     * Factorises a symmetric matrix that is positive semi-definite up to rounding.
     *
     * @param matrix not changed
     * @throws NotFiniteException if an entry is infinite or no number
     * @throws IllegalArgumentException if it has a negative eigenvalue
     */
    public static Cholesky of(double[][] matrix) {
        double mean = 0;
        for (int i = 0; i < matrix.length; i++) {
            mean += matrix[i][i] / matrix.length;
        }
        requireFinite(matrix);
        double scale = mean > 0 ? mean : 1;
        double[][] lower = new double[matrix.length][];
        for (double jitter = 0; jitter <= LAST_JITTER; jitter = jitter == 0 ? FIRST_JITTER : 10 * jitter) {
            if (factorise(matrix, jitter * scale, lower)) {
                return new Cholesky(lower, jitter * scale);
            }
        }
        throw new IllegalArgumentException("no covariance: the matrix of size " + matrix.length + " with mean diagonal "
                + mean + " has a negative eigenvalue");
    }

    private static void requireFinite(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                if (!Double.isFinite(matrix[i][j])) {
                    throw new NotFiniteException("covariance " + i + ", " + j, matrix[i][j]);
                }
            }
        }
    }

    private static boolean factorise(double[][] matrix, double jitter, double[][] lower) {
        for (int i = 0; i < matrix.length; i++) {
            double[] row = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j] + (i == j ? jitter : 0);
                double[] other = j == i ? row : lower[j];
                for (int k = 0; k < j; k++) {
                    sum -= row[k] * other[k];
                }
                if (i == j) {
                    if (!(sum > SINGULAR * Math.max(matrix[i][i], jitter))) {
                        return false;
                    }
                    row[j] = Math.sqrt(sum);
                } else {
                    row[j] = sum / other[j];
                }
            }
            lower[i] = row;
        }
        return true;
    }

    /** What had to be added to the diagonal; 0 unless the matrix was singular. */
    public double jitter() {
        return jitter;
    }

    /** Natural logarithm of the determinant. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.length; i++) {
            sum += 2 * Math.log(lower[i][i]);
        }
        return sum;
    }

    /** Replaces {@code B} by {@code L⁻¹ B}. @param right {@code [n, columns]} */
    public void whiten(double[][] right) {
        for (int i = 0; i < lower.length; i++) {
            double[] row = right[i];
            for (int k = 0; k < i; k++) {
                double factor = lower[i][k];
                double[] above = right[k];
                for (int c = 0; c < row.length; c++) {
                    row[c] -= factor * above[c];
                }
            }
            double scale = 1 / lower[i][i];
            for (int c = 0; c < row.length; c++) {
                row[c] *= scale;
            }
        }
    }

    /** Replaces {@code B} by {@code A⁻¹ B}. @param right {@code [n, columns]} */
    public void solve(double[][] right) {
        whiten(right);
        for (int i = lower.length - 1; i >= 0; i--) {
            double[] row = right[i];
            for (int k = i + 1; k < lower.length; k++) {
                double factor = lower[k][i];
                double[] below = right[k];
                for (int c = 0; c < row.length; c++) {
                    row[c] -= factor * below[c];
                }
            }
            double scale = 1 / lower[i][i];
            for (int c = 0; c < row.length; c++) {
                row[c] *= scale;
            }
        }
    }
}
