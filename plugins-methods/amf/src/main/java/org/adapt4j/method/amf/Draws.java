package org.adapt4j.method.amf;

import java.util.random.RandomGenerator;

/** Draws by the highest score: with Gumbel noise on logarithms of weights, a task is highest as often as its share of the weights. */
final class Draws {

    private Draws() {}

    /** A logarithm of a weight with noise; one number is drawn whatever the weight. */
    static double perturbed(double logWeight, RandomGenerator random) {
        double uniform = Math.max(random.nextDouble(), Double.MIN_NORMAL);
        return logWeight - Math.log(-Math.log(uniform));
    }
}
