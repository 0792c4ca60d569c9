package org.adapt4j.method.selection;

import org.apiguardian.api.API;

/** What a policy's answers are worth beside an expert's actions: squared errors of continuous actions, cross-entropy of choices. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Imitation {

    private Imitation() {}

    /** Probabilities of logits. */
    public static double[] softmax(double[] logits) {
        double most = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            most = Math.max(most, logit);
        }
        double[] shares = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            shares[i] = Math.exp(logits[i] - most);
            sum += shares[i];
        }
        for (int i = 0; i < logits.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    /**
     * Gradients of the loss in the answers, half of it for squared errors: {@code y - a}, or {@code softmax(y) - a}.
     *
     * @param outputs {@code [points, width]}
     * @param actions {@code [points, width]}, see {@link org.adapt4j.method.selection.Selection.Steps}
     */
    public static double[][] residuals(boolean discrete, double[][] outputs, double[][] actions) {
        double[][] residuals = new double[outputs.length][];
        for (int i = 0; i < outputs.length; i++) {
            double[] answer = discrete ? softmax(outputs[i]) : outputs[i];
            residuals[i] = new double[answer.length];
            for (int d = 0; d < answer.length; d++) {
                residuals[i][d] = answer[d] - actions[i][d];
            }
        }
        return residuals;
    }

    /** The loss of one answer: mean squared error over the coordinates, or cross-entropy in nats. */
    public static double loss(boolean discrete, double[] output, double[] action) {
        if (discrete) {
            return -logLikelihood(true, output, action, 1);
        }
        double squares = 0;
        for (int d = 0; d < output.length; d++) {
            squares += (output[d] - action[d]) * (output[d] - action[d]);
        }
        return squares / output.length;
    }

    /**
     * Log-likelihood of an action: under a normal distribution around the answer, or the softmax of the answer.
     *
     * @param variance of each coordinate of a continuous action
     */
    public static double logLikelihood(boolean discrete, double[] output, double[] action, double variance) {
        double sum = 0;
        if (discrete) {
            double[] shares = softmax(output);
            for (int d = 0; d < output.length; d++) {
                sum += action[d] == 0 ? 0 : action[d] * Math.log(Math.max(shares[d], Double.MIN_NORMAL));
            }
            return sum;
        }
        for (int d = 0; d < output.length; d++) {
            double error = output[d] - action[d];
            sum -= 0.5 * (error * error / variance + Math.log(2 * Math.PI * variance));
        }
        return sum;
    }
}
