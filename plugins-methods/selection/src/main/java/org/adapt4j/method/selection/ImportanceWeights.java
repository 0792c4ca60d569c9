package org.adapt4j.method.selection;

import java.util.Arrays;
import org.apiguardian.api.API;

/**
 * How much each demonstration says about each task, whatever its own: estimates {@code E[f(demonstration of c)] = Σ_j share(j, c) f(j)}
 * (Bagatella et al. 2025, equation 3). All sums are of logarithms.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum ImportanceWeights {
    /** Equation 3, made to sum to 1 over the demonstrations of each task. Variance left and variance explained then agree. */
    SELF_NORMALISED,
    /** As printed, over the number of demonstrations. Vanishes for tasks that were never shown. */
    EQ3,
    /** As printed, with the task itself in the denominator, so that a weight is at most the number of demonstrations. */
    CANDIDATE_IN_DENOMINATOR,
    /** Equal shares of the demonstrations of the very task; none where there is none. */
    HARD;

    /**
     * Shares.
     *
     * @param logLikelihoods of the actions of a demonstration under the policy told a task, {@code [demonstrations, tasks]}; of any scale
     * @param tasks what was shown, {@code [demonstrations]}
     * @return {@code [demonstrations, tasks]}
     */
    public double[][] shares(double[][] logLikelihoods, int[] tasks) {
        int count = logLikelihoods.length;
        int width = count == 0 ? 0 : logLikelihoods[0].length;
        double[][] shares = new double[count][width];
        if (this == HARD) {
            double[] shown = new double[width];
            for (int task : tasks) {
                shown[task]++;
            }
            for (int j = 0; j < count; j++) {
                shares[j][tasks[j]] = 1 / shown[tasks[j]];
            }
            return shares;
        }
        for (int j = 0; j < count; j++) {
            double[] likelihoods = logLikelihoods[j];
            double total = logSumExp(
                    Arrays.stream(tasks).mapToDouble(task -> likelihoods[task]).toArray());
            for (int c = 0; c < width; c++) {
                double sum = this == CANDIDATE_IN_DENOMINATOR ? logSumExp(total, likelihoods[c]) : total;
                shares[j][c] = likelihoods[c] - sum;
            }
        }
        for (int c = 0; c < width; c++) {
            double[] column = new double[count];
            for (int j = 0; j < count; j++) {
                column[j] = shares[j][c];
            }
            double total = this == SELF_NORMALISED ? logSumExp(column) : 0;
            for (int j = 0; j < count; j++) {
                shares[j][c] = Math.exp(column[j] - total);
            }
        }
        return shares;
    }

    private static double logSumExp(double... values) {
        double most = Arrays.stream(values).max().orElse(Double.NEGATIVE_INFINITY);
        if (most == Double.NEGATIVE_INFINITY) {
            return most;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - most);
        }
        return most + Math.log(sum);
    }
}
