package org.adapt4j.method.ppo;

import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.method.ppo.PpoSettings.ValueLoss;

/** What an update reports, computed on the host from the outputs of its minibatches. */
final class Statistics {

    private final PpoSettings settings;
    private double policyLoss;
    private double valueLoss;
    private double entropy;
    private double divergence;
    private double clipped;
    private long samples;
    private double norms;
    private int steps;
    private double minibatchDivergence;
    private int minibatchSamples;

    Statistics(PpoSettings settings) {
        this.settings = settings;
    }

    void startMinibatch() {
        minibatchDivergence = 0;
        minibatchSamples = 0;
    }

    /**
     * What the network said to a part of a minibatch, on the host.
     *
     * @param logProbabilities of the actions taken, {@code [n]}
     * @param values predicted, {@code [n]}
     * @param entropy sum over the samples
     */
    record Said(float[] logProbabilities, float[] values, double entropy) {}

    /**
     * Counts a part of the present minibatch.
     *
     * @param advantages as the loss took them, by sample of the rollout
     */
    void add(Experience experience, int[] samples, float[] advantages, Said said) {
        for (int k = 0; k < samples.length; k++) {
            int i = samples[k];
            add(
                    (double) said.logProbabilities[k] - experience.logProbabilities[i],
                    advantages[i],
                    said.values[k],
                    experience.values[i],
                    experience.returns[i]);
        }
        entropy += said.entropy;
    }

    /** Counts one sample of the present minibatch. */
    void add(double logRatio, double advantage, double value, double oldValue, double target) {
        double ratio = Math.exp(logRatio);
        double c = settings.clip();
        double limited = Math.max(1 - c, Math.min(1 + c, ratio));
        policyLoss -= Math.min(ratio * advantage, limited * advantage);
        double plain = (value - target) * (value - target);
        if (settings.valueLoss() == ValueLoss.CLIPPED) {
            double near = oldValue + Math.max(-c, Math.min(c, value - oldValue)) - target;
            plain = 0.5 * Math.max(plain, near * near);
        }
        valueLoss += plain;
        divergence += ratio - 1 - logRatio;
        minibatchDivergence += ratio - 1 - logRatio;
        clipped += Math.abs(ratio - 1) > c ? 1 : 0;
        samples++;
        minibatchSamples++;
    }

    /** Whether the policy has moved so far that the update ends before this minibatch's step. */
    boolean isTooFar() {
        return settings.targetKl() > 0 && minibatchDivergence / minibatchSamples > 1.5 * settings.targetKl();
    }

    void step(double gradientNorm) {
        norms += gradientNorm;
        steps++;
    }

    /** Means over all minibatches. */
    Map<String, Double> means() {
        Map<String, Double> means = new TreeMap<>();
        double count = Math.max(1, samples);
        means.put("policy-loss", policyLoss / count);
        means.put("value-loss", valueLoss / count);
        means.put("entropy", entropy / count);
        means.put("approximate-kl", divergence / count);
        means.put("clip-fraction", clipped / count);
        means.put("gradient-norm", norms / Math.max(1, steps));
        means.put("gradient-steps", (double) steps);
        return means;
    }

    /** Which part of the returns' variance the values explain: 1 all, 0 none; 0 too where returns do not vary. */
    static double explainedVariance(float[] advantages, float[] values) {
        double meanError = 0;
        double meanReturn = 0;
        for (int i = 0; i < values.length; i++) {
            meanError += advantages[i];
            meanReturn += advantages[i] + values[i];
        }
        meanError /= values.length;
        meanReturn /= values.length;
        double errors = 0;
        double returns = 0;
        for (int i = 0; i < values.length; i++) {
            double error = advantages[i] - meanError;
            double target = advantages[i] + values[i] - meanReturn;
            errors += error * error;
            returns += target * target;
        }
        return returns == 0 ? 0 : 1 - errors / returns;
    }
}
