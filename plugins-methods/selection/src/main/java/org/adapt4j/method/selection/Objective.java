package org.adapt4j.method.selection;

import java.util.List;
import org.apiguardian.api.API;

/**
 * What a demonstration of each task would tell about the expert's actions where the expert goes on the target tasks (Bagatella et al.
 * 2025, equations 2 and 92).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Objective {
    /** Variance that would be left: less is better. */
    VARIANCE,
    /** Variance that would be explained. */
    REDUCTION,
    /** Entropy that would be left: less is better. */
    ENTROPY;

    /** Below this part of the largest prior variance, a variance counts as this in logarithms. */
    private static final double LEAST = 1e-12;

    /**
     * Points that belong together, the steps of a demonstration as seen for a task.
     *
     * @param points of a {@link Posterior}
     * @param weight how much the stretch counts, not negative
     */
    public record Stretch(int[] points, double weight) {}

    /**
     * Rates every task; the highest should be demonstrated next. The weight of a target stretch includes the target weight of its task.
     *
     * @param now what is known
     * @param candidates of each task, stretches that a demonstration of it may be
     * @param targets stretches that count
     * @return by task: the weighted sum over candidates and targets of explained variance, or of what is left, with a minus
     */
    public double[] scores(Posterior now, List<List<Stretch>> candidates, List<Stretch> targets) {
        double[] weights = new double[now.size()];
        for (Stretch target : targets) {
            for (int point : target.points()) {
                weights[point] += target.weight();
            }
        }
        double largest = 0;
        for (int i = 0; i < now.size(); i++) {
            largest = Math.max(largest, now.variance(i));
        }
        double[] scores = new double[candidates.size()];
        for (int task = 0; task < scores.length; task++) {
            for (Stretch candidate : candidates.get(task)) {
                if (candidate.weight() > 0) {
                    scores[task] += candidate.weight() * value(now, candidate.points(), weights, LEAST * largest);
                }
            }
        }
        return scores;
    }

    private double value(Posterior now, int[] observed, double[] weights, double least) {
        double[] explained = now.explained(observed);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0) {
                double left = now.variance(i) - explained[i];
                sum += weights[i]
                        * switch (this) {
                            case VARIANCE -> -left;
                            case REDUCTION -> explained[i];
                            case ENTROPY ->
                                -0.5
                                        * Math.log(2
                                                * Math.PI
                                                * Math.E
                                                * Math.max(left, Math.max(least, Double.MIN_NORMAL)));
                        };
            }
        }
        return sum;
    }
}
