package org.adapt4j.toolkit.distribution;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;

/** One choice among several, by unnormalised log-probabilities (logits). */
public final class Categorical {

    private Categorical() {}

    /**
     * Draws a choice by inverting the distribution function: one number of the generator per draw.
     *
     * @param logits rows of logits
     * @param from index of the first logit of the row
     * @param size number of choices
     */
    public static int sample(float[] logits, int from, int size, RandomGenerator random) {
        double max = max(logits, from, size);
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += Math.exp(logits[from + i] - max);
        }
        double left = random.nextDouble() * total;
        int last = size - 1;
        for (int i = 0; i < last; i++) {
            left -= Math.exp(logits[from + i] - max);
            if (left < 0) {
                return i;
            }
        }
        return last;
    }

    /** The most probable choice of a row, the first of several. */
    public static int mode(float[] logits, int from, int size) {
        int best = 0;
        for (int i = 1; i < size; i++) {
            if (logits[from + i] > logits[from + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Log-probability of a choice of a row. */
    public static double logProbability(float[] logits, int from, int size, int choice) {
        return logits[from + choice] - logTotal(logits, from, size);
    }

    /** Entropy of a row in nats. */
    public static double entropy(float[] logits, int from, int size) {
        double logTotal = logTotal(logits, from, size);
        double entropy = 0;
        for (int i = 0; i < size; i++) {
            double log = logits[from + i] - logTotal;
            entropy -= Math.exp(log) * log;
        }
        return entropy;
    }

    /**
     * Log-probabilities of choices, differentiable.
     *
     * @param logProbabilities {@code [n, size]}, the log-softmax of the logits
     * @param choices int64 {@code [n, 1]}
     * @return {@code [n]}
     */
    public static NDArray logProbability(NDArray logProbabilities, NDArray choices) {
        return logProbabilities.gather(choices, 1).squeeze(1);
    }

    /**
     * Entropies in nats, differentiable.
     *
     * @param logProbabilities {@code [n, size]}, the log-softmax of the logits
     * @return {@code [n]}
     */
    public static NDArray entropy(NDArray logProbabilities) {
        return logProbabilities.exp().mul(logProbabilities).sum(new int[] {1}).neg();
    }

    private static double logTotal(float[] logits, int from, int size) {
        double max = max(logits, from, size);
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += Math.exp(logits[from + i] - max);
        }
        return max + Math.log(total);
    }

    private static double max(float[] logits, int from, int size) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            max = Math.max(max, logits[from + i]);
        }
        return max;
    }
}
