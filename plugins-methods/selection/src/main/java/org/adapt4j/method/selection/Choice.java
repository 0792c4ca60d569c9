package org.adapt4j.method.selection;

import org.apiguardian.api.API;

/**
 * The task with the highest score, and the one that came second. Scores within rounding error of the highest are equal, and of equals the
 * first is chosen, so that symmetric problems have one answer.
 *
 * @param task chosen
 * @param score of it
 * @param runnerUp second; -1 where no other may be chosen
 * @param runnerUpScore of it; NaN where there is none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Choice(int task, double score, int runnerUp, double runnerUpScore) {

    private static final double ROUNDING = 1e-12;

    /**
     * Chooses.
     *
     * @param scores by task; negative infinity for a task that must not be chosen
     * @throws IllegalArgumentException if a score is no number, or no task may be chosen
     */
    public static Choice of(double[] scores) {
        int best = highest(scores, -1);
        if (best < 0) {
            throw new IllegalArgumentException("none of " + scores.length + " tasks may be chosen");
        }
        int second = highest(scores, best);
        return new Choice(best, scores[best], second, second < 0 ? Double.NaN : scores[second]);
    }

    private static int highest(double[] scores, int except) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("the score of task " + i + " is no number");
            }
            most = i == except ? most : Math.max(most, scores[i]);
        }
        if (most == Double.NEGATIVE_INFINITY) {
            return -1;
        }
        double least = Double.isInfinite(most) ? most : most - ROUNDING * Math.max(1, Math.abs(most));
        for (int i = 0; i < scores.length; i++) {
            if (i != except && scores[i] >= least) {
                return i;
            }
        }
        return -1;
    }
}
