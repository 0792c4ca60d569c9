package org.adapt4j.toolkit.distribution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.random.RandomGenerator;
import org.adapt4j.toolkit.network.HostArrays;

/**
 * Normal distributions squashed into (−1, 1): {@code a = tanh(u)}, {@code u = μ + σε}, as in soft actor-critic (Haarnoja et al.
 * 2018, appendix C).
 *
 * <p>The density's correction is the exact {@code 2(log 2 − u − softplus(−2u))} and not the usual {@code log(1 − a² + 10⁻⁶)},
 * which is wrong by more than 1 at u = 8.
 */
public final class TanhGaussian {

    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double LOG_TWO = Math.log(2);
    private static final double LARGEST = 1 - 1e-6;

    private TanhGaussian() {}

    /**
     * Draws actions and their log-densities.
     *
     * @param means {@code [rows · width]}
     * @param logStds as many
     * @param actions receives the actions
     * @param logDensities receives the log-densities, {@code [rows]}
     */
    public static void sample(
            float[] means, float[] logStds, RandomGenerator random, float[] actions, float[] logDensities) {
        int width = means.length / logDensities.length;
        for (int row = 0; row < logDensities.length; row++) {
            double density = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                double noise = random.nextGaussian();
                double u = means[i] + Math.exp(logStds[i]) * noise;
                actions[i] = (float) Math.tanh(u);
                density += -0.5 * noise * noise - logStds[i] - HALF_LOG_TWO_PI - logSlope(u);
            }
            logDensities[row] = (float) density;
        }
    }

    /** Logarithm of the slope of tanh at {@code u}: exact for all u. */
    public static double logSlope(double u) {
        return 2 * (LOG_TWO - u - softplus(-2 * u));
    }

    private static double softplus(double x) {
        return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    }

    /**
     * Log-densities, differentiable.
     *
     * @param unsquashed u, {@code [rows, width]}
     * @param logStds {@code [rows, width]}
     * @param noise ε, {@code [rows · width]}
     * @return {@code [rows]}
     */
    public static NDArray logDensity(NDArray unsquashed, NDArray logStds, float[] noise) {
        int rows = Math.toIntExact(unsquashed.getShape().get(0));
        int width = noise.length / rows;
        float[] constant = new float[rows];
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                sum -= 0.5 * noise[i] * noise[i] + HALF_LOG_TWO_PI + 2 * LOG_TWO;
            }
            constant[row] = (float) sum;
        }
        // −2(−u − softplus(−2u)) = 2(u + softplus(−2u)), the rest of it is constant.
        NDArray softplus = HostArrays.times(unsquashed, -2).getNDArrayInternal().softPlus();
        NDArray varying = HostArrays.times(unsquashed.add(softplus), 2).sub(logStds);
        return varying.sum(new int[] {1}).add(HostArrays.tensor(unsquashed.getManager(), constant, rows));
    }

    /** The number that tanh takes to an action, which is first kept 10⁻⁶ away from ±1. */
    public static double unsquash(double action) {
        double inside = Math.max(-LARGEST, Math.min(LARGEST, action));
        return 0.5 * (Math.log1p(inside) - Math.log1p(-inside));
    }

    /**
     * Log-densities of given actions, differentiable in means and deviations.
     *
     * @param means {@code [rows, width]}
     * @param logStds {@code [rows, width]}
     * @param actions in [−1, 1], {@code [rows · width]}; unsquashed as above
     * @return {@code [rows]}
     */
    public static NDArray logDensityOf(float[] actions, NDArray means, NDArray logStds) {
        int rows = Math.toIntExact(means.getShape().get(0));
        int width = actions.length / rows;
        float[] unsquashed = new float[actions.length];
        float[] corrections = new float[rows];
        for (int i = 0; i < actions.length; i++) {
            double u = unsquash(actions[i]);
            unsquashed[i] = (float) u;
            corrections[i / width] -= (float) logSlope(u);
        }
        NDManager manager = means.getManager();
        return DiagonalGaussian.logProbability(means, logStds, HostArrays.tensor(manager, unsquashed, rows, width))
                .add(HostArrays.tensor(manager, corrections, rows));
    }
}
