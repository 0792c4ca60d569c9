package org.adapt4j.method.rainbow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.value.CategoricalValues;

/**
 * Cross entropy between the distributions that were expected and the predicted ones, weighted and averaged over the batch.
 *
 * @param scalar differentiable
 * @param each the loss of each transition, without its weight, {@code [size]}
 * @param mean the weighted mean
 * @param meanValue mean over the batch of the predicted value
 */
record RainbowLoss(NDArray scalar, float[] each, double mean, double meanValue) {

    /**
     * Computes it.
     *
     * @param inputs manager that owns what is made here
     * @param expected probabilities, {@code [size, atoms]}
     * @param weights importance weights, {@code [size]}
     * @param logits of the chosen actions, {@code [size, atoms]}
     */
    static RainbowLoss of(
            NDManager inputs, CategoricalValues values, float[] expected, float[] weights, NDArray logits) {
        int atoms = values.atoms();
        NDArray logarithms = logits.logSoftmax(1);
        float[] host = logarithms.toFloatArray();
        float[] factors = new float[host.length];
        float[] each = new float[weights.length];
        double mean = 0;
        double meanValue = 0;
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
        NDArray scalar = logarithms
                .mul(HostArrays.tensor(inputs, factors, weights.length, atoms))
                .sum();
        return new RainbowLoss(scalar, each, mean, meanValue);
    }
}
