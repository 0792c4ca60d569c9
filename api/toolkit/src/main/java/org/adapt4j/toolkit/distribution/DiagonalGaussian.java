package org.adapt4j.toolkit.distribution;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.adapt4j.toolkit.network.HostArrays;

/** Independent normal distributions, one per coordinate, by mean and logarithm of the standard deviation. */
public final class DiagonalGaussian {

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private DiagonalGaussian() {}

    /**
     * Draws a vector.
     *
     * @param means rows of means
     * @param from index of the first mean of the row, and of the first number written
     * @param logStds one per coordinate, shared by all rows
     * @param result receives the numbers
     */
    public static void sample(float[] means, int from, float[] logStds, RandomGenerator random, float[] result) {
        for (int i = 0; i < logStds.length; i++) {
            result[from + i] = (float) (means[from + i] + Math.exp(logStds[i]) * random.nextGaussian());
        }
    }

    /** Log-density of a row of {@code values}. */
    public static double logProbability(float[] means, int from, float[] logStds, float[] values) {
        double sum = 0;
        for (int i = 0; i < logStds.length; i++) {
            double z = (values[from + i] - means[from + i]) / Math.exp(logStds[i]);
            sum -= 0.5 * z * z + logStds[i] + HALF_LOG_TWO_PI;
        }
        return sum;
    }

    /** Differential entropy in nats. */
    public static double entropy(float[] logStds) {
        double sum = 0;
        for (float log : logStds) {
            sum += 0.5 + HALF_LOG_TWO_PI + log;
        }
        return sum;
    }

    /**
     * Log-densities, differentiable.
     *
     * @param means {@code [n, width]}
     * @param logStds {@code [width]}, or {@code [n, width]}
     * @param values {@code [n, width]}
     * @return {@code [n]}
     */
    public static NDArray logProbability(NDArray means, NDArray logStds, NDArray values) {
        NDArray z = values.sub(means).div(logStds.exp());
        return HostArrays.times(z.square(), -0.5)
                .sub(logStds)
                .sub((float) HALF_LOG_TWO_PI)
                .sum(new int[] {1});
    }

    /** Differential entropy in nats, a differentiable scalar. */
    public static NDArray entropy(NDArray logStds) {
        return logStds.add((float) (0.5 + HALF_LOG_TWO_PI)).sum();
    }
}
