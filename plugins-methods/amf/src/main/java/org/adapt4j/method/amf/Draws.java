package org.adapt4j.method.amf;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws by the highest score: with Gumbel noise on logarithms of weights, a task is highest as often as its share of the weights. */
final class Draws {

    private Draws() {}

    /**
     * Scores of which each is the highest as often as its share of the weights; all alike where every weight is 0. One number is drawn for
     * each, whatever the weights.
     *
     * @param weights not negative; NaN for a task that must not be drawn
     * @param power of the weights
     */
    static double[] byWeight(double[] weights, double power, RandomGenerator random) {
        boolean none = Arrays.stream(weights).noneMatch(weight -> weight > 0);
        double[] scores = new double[weights.length];
        for (int task = 0; task < scores.length; task++) {
            double logarithm = none ? 0 : power * Math.log(weights[task]);
            double drawn = perturbed(logarithm, random);
            scores[task] = Double.isNaN(weights[task]) ? Double.NEGATIVE_INFINITY : drawn;
        }
        return scores;
    }

    /** A logarithm of a weight with noise; one number is drawn whatever the weight. */
    static double perturbed(double logWeight, RandomGenerator random) {
        double uniform = Math.max(random.nextDouble(), Double.MIN_NORMAL);
        return logWeight - Math.log(-Math.log(uniform));
    }
}
