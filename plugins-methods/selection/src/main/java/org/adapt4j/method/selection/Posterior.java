package org.adapt4j.method.selection;

import org.adapt4j.toolkit.kernel.Cholesky;
import org.apiguardian.api.API;

/**
 * A joint normal distribution of one unknown number at each of some points, observed with noise: the linear-Gaussian model of an expert's
 * actions. A value; conditioning makes another.
 *
 * <p>With {@code n} points, {@link #explained} and {@link #information} of {@code q} observed ones take {@code q² n} multiplications,
 * {@link #given} takes {@code q n²}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Posterior {

    private final double[][] covariance;
    private final double noise;

    private Posterior(double[][] covariance, double noise) {
        this.covariance = covariance;
        this.noise = noise;
    }

    /**
     * A distribution.
     *
     * @param covariance {@code [n, n]}, symmetric; kept, not copied, so not to be changed
     * @param noise variance of an observation's noise, not negative. With 0, a singular kernel is given a jitter, see {@link Cholesky}
     */
    public static Posterior of(double[][] covariance, double noise) {
        if (!(noise >= 0)) {
            throw new IllegalArgumentException("noise: must not be negative but is " + noise);
        }
        return new Posterior(covariance, noise);
    }

    /** Number of points. */
    public int size() {
        return covariance.length;
    }

    /** Variance of an observation's noise. */
    public double noise() {
        return noise;
    }

    /** Variance at a point, never negative. */
    public double variance(int point) {
        return Math.max(0, covariance[point][point]);
    }

    /** Covariance of two points. */
    public double covariance(int one, int other) {
        return covariance[one][other];
    }

    /** The distribution after noisy observations at some points; a point may be named again. */
    public Posterior given(int... observed) {
        if (observed.length == 0) {
            return this;
        }
        double[][] white = whitened(observed);
        int n = covariance.length;
        double[][] after = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] row = covariance[i].clone();
            for (double[] factors : white) {
                double factor = factors[i];
                for (int j = 0; j < n; j++) {
                    row[j] -= factor * factors[j];
                }
            }
            after[i] = row;
        }
        return new Posterior(after, noise);
    }

    /** How much of the variance at each point noisy observations at some points explain, between 0 and {@link #variance}. */
    public double[] explained(int... observed) {
        double[] explained = new double[covariance.length];
        for (double[] row : whitened(observed)) {
            for (int j = 0; j < explained.length; j++) {
                explained[j] += row[j] * row[j];
            }
        }
        for (int j = 0; j < explained.length; j++) {
            explained[j] = Math.min(explained[j], variance(j));
        }
        return explained;
    }

    /** {@code L⁻¹ K(X, ·)} for the factor of {@code K(X, X) + noise I}. */
    private double[][] whitened(int[] observed) {
        double[][] white = new double[observed.length][];
        for (int i = 0; i < observed.length; i++) {
            white[i] = covariance[observed[i]].clone();
        }
        noisy(observed).whiten(white);
        return white;
    }

    private Cholesky noisy(int[] points) {
        double[][] block = new double[points.length][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < points.length; j++) {
                block[i][j] = covariance[points[i]][points[j]] + (i == j ? noise : 0);
            }
        }
        return Cholesky.of(block);
    }

    /**
     * Information, in nats, that noisy observations at some points give about all there is: {@code ½ log det(I + K / noise)}.
     *
     * @throws IllegalStateException without noise, where it is infinite
     */
    public double information(int... observed) {
        if (noise == 0) {
            throw new IllegalStateException("information is infinite without noise");
        }
        return 0.5 * (noisy(observed).logDeterminant() - observed.length * Math.log(noise));
    }

    /** Information, in nats, that noisy observations at some points give about noisy observations at others: not negative. */
    public double informationAbout(int[] targets, int... observed) {
        double alone = noisy(observed).logDeterminant();
        double given = given(targets).noisy(observed).logDeterminant();
        return Math.max(0, 0.5 * (alone - given));
    }
}
