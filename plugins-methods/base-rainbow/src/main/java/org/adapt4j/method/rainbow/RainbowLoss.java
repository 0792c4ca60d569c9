package org.adapt4j.method.rainbow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.value.CategoricalValues;

/**
 * Cross entropy between the distributions that were expected and the predicted ones, weighted and averaged over the batch. Also
 * what is to be known of it on the host.
 */
final class RainbowLoss {

    private final CategoricalValues values;
    private final float[] expected;
    private final float[] weights;
    private final float[] each;
    private double mean;
    private double meanValue;

    /**
     * A loss, not computed yet.
     *
     * @param expected probabilities, {@code [size, atoms]}
     * @param weights importance weights, {@code [size]}
     */
    RainbowLoss(CategoricalValues values, float[] expected, float[] weights) {
        this.values = values;
        this.expected = expected;
        this.weights = weights;
        each = new float[weights.length];
    }

    /**
     * Computes it; once.
     *
     * @param inputs manager that owns what is made here
     * @param logits of the chosen actions, {@code [size, atoms]}
     * @return a scalar
     */
    NDArray of(NDManager inputs, NDArray logits) {
        int atoms = values.atoms();
        NDArray logarithms = logits.logSoftmax(1);
        float[] host = logarithms.toFloatArray();
        float[] factors = new float[host.length];
        for (int i = 0; i < weights.length; i++) {
            double entropy = 0;
            for (int j = 0; j < atoms; j++) {
                int at = i * atoms + j;
                entropy -= expected[at] * host[at];
                meanValue += Math.exp(host[at]) * values.value(j) / weights.length;
                factors[at] = -expected[at] * weights[i] / weights.length;
            }
            each[i] = (float) entropy;
            mean += weights[i] * entropy / weights.length;
        }
        return logarithms
                .mul(HostArrays.tensor(inputs, factors, weights.length, atoms))
                .sum();
    }

    /** The loss of each transition, without its weight. */
    float[] each() {
        return each;
    }

    /** The weighted mean. */
    double mean() {
        return mean;
    }

    /** Mean over the batch of the predicted value. */
    double meanValue() {
        return meanValue;
    }
}
