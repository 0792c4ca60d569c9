package org.adapt4j.testkit.toy;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A network 1-64-64-1 with tanh for {@link Sine} regression, its weights in one array and its gradient by hand: what learns to learn is
 * tried on it without any engine.
 */
public final class SineNet {

    private static final int WIDTH = 64;
    private static final int BIAS_1 = WIDTH;
    private static final int WEIGHTS_2 = 2 * WIDTH;
    private static final int BIAS_2 = WEIGHTS_2 + WIDTH * WIDTH;
    private static final int WEIGHTS_3 = BIAS_2 + WIDTH;
    private static final int BIAS_3 = WEIGHTS_3 + WIDTH;

    private SineNet() {}

    /** Weights drawn from U(±1/√inputs), as PyTorch does. */
    public static double[] fresh(RandomGenerator random) {
        double[] weights = new double[BIAS_3 + 1];
        for (int i = 0; i < weights.length; i++) {
            double bound = i < WEIGHTS_2 ? 1 : 1 / Math.sqrt(WIDTH);
            weights[i] = bound * (2 * random.nextDouble() - 1);
        }
        return weights;
    }

    /** Mean squared error. */
    public static double error(double[] weights, double[] x, double[] y) {
        double[] first = new double[WIDTH];
        double[] second = new double[WIDTH];
        double error = 0;
        for (int i = 0; i < x.length; i++) {
            double wrong = forward(weights, x[i], first, second) - y[i];
            error += wrong * wrong / x.length;
        }
        return error;
    }

    /** One step of gradient descent on the mean squared error. */
    public static void step(double[] weights, double[] x, double[] y, double rate) {
        double[] gradient = gradient(weights, x, y);
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= rate * gradient[i];
        }
    }

    /** Gradient of the mean squared error. */
    public static double[] gradient(double[] weights, double[] x, double[] y) {
        double[] gradient = new double[weights.length];
        double[] first = new double[WIDTH];
        double[] second = new double[WIDTH];
        double[] toFirst = new double[WIDTH];
        for (int i = 0; i < x.length; i++) {
            double wrong = 2 * (forward(weights, x[i], first, second) - y[i]) / x.length;
            gradient[BIAS_3] += wrong;
            Arrays.fill(toFirst, 0);
            for (int j = 0; j < WIDTH; j++) {
                gradient[WEIGHTS_3 + j] += wrong * second[j];
                double delta = wrong * weights[WEIGHTS_3 + j] * (1 - second[j] * second[j]);
                gradient[BIAS_2 + j] += delta;
                int row = WEIGHTS_2 + j * WIDTH;
                for (int k = 0; k < WIDTH; k++) {
                    gradient[row + k] += delta * first[k];
                    toFirst[k] += delta * weights[row + k];
                }
            }
            for (int k = 0; k < WIDTH; k++) {
                double delta = toFirst[k] * (1 - first[k] * first[k]);
                gradient[k] += delta * x[i];
                gradient[BIAS_1 + k] += delta;
            }
        }
        return gradient;
    }

    private static double forward(double[] weights, double x, double[] first, double[] second) {
        for (int k = 0; k < WIDTH; k++) {
            first[k] = Math.tanh(weights[k] * x + weights[BIAS_1 + k]);
        }
        double out = weights[BIAS_3];
        for (int j = 0; j < WIDTH; j++) {
            int row = WEIGHTS_2 + j * WIDTH;
            double sum = weights[BIAS_2 + j];
            for (int k = 0; k < WIDTH; k++) {
                sum += weights[row + k] * first[k];
            }
            second[j] = Math.tanh(sum);
            out += weights[WEIGHTS_3 + j] * second[j];
        }
        return out;
    }
}
