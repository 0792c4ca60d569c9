package org.adapt4j.toolkit.network;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.WeightPlan;

/**
 * First values of a weight tensor. Computed in Java from a named random stream, since the engine's seed belongs to the
 * whole process.
 */
@FunctionalInterface
public interface Initialiser extends WeightPlan.Start {

    /** The same number everywhere. */
    static Initialiser constant(double value) {
        return (values, shape, random) -> Arrays.fill(values, (float) value);
    }

    /** Uniform in [−bound, bound]. */
    static Initialiser uniform(double bound) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        };
    }

    /**
     * Uniform in ±1/√fan-in, as PyTorch starts its linear and convolution layers.
     *
     * @param fanIn inputs of one output
     */
    static Initialiser fanIn(int fanIn) {
        return uniform(1 / Math.sqrt(fanIn));
    }

    /** Uniform in ±√(6 / (fan-in + fan-out)): signals and gradients keep their size (Glorot and Bengio 2010). */
    static Initialiser glorot() {
        return (values, shape, random) -> {
            long outputs = shape[0];
            long fanIn = values.length / outputs;
            long kernel = shape.length > 1 ? fanIn / shape[1] : 1;
            uniform(Math.sqrt(6.0 / (fanIn + outputs * kernel))).fill(values, shape, random);
        };
    }

    /** Rows (or columns, where there are more rows than columns) orthonormal, times a gain (Saxe et al. 2014). */
    static Initialiser orthogonal(double gain) {
        return (values, shape, random) -> {
            int rows = (int) shape[0];
            int columns = values.length / rows;
            boolean wide = rows <= columns;
            double[][] basis = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    values[row * columns + column] = (float) (gain * (wide ? basis[row][column] : basis[column][row]));
                }
            }
        };
    }

    private static double[][] orthonormal(int count, int width, RandomGenerator random) {
        double[][] basis = new double[count][width];
        for (int i = 0; i < count; i++) {
            double[] vector = basis[i];
            for (int k = 0; k < width; k++) {
                vector[k] = random.nextGaussian();
            }
            for (int j = 0; j < i; j++) {
                double[] other = basis[j];
                double projection = 0;
                for (int k = 0; k < width; k++) {
                    projection += vector[k] * other[k];
                }
                for (int k = 0; k < width; k++) {
                    vector[k] -= projection * other[k];
                }
            }
            double squares = 0;
            for (double v : vector) {
                squares += v * v;
            }
            double scale = 1 / Math.sqrt(squares);
            for (int k = 0; k < width; k++) {
                vector[k] *= scale;
            }
        }
        return basis;
    }
}
