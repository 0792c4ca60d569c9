package org.adapt4j.toolkit.returns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.adapt4j.api.run.Stateful;

/**
 * Mean and variance of vectors that arrive in batches, by the parallel update of Chan, Golub and LeVeque 1979, as OpenAI's baselines
 * and Gymnasium's wrappers keep them: variance 1 and a count of 1e-4 to begin with, so that a division never fails.
 */
public final class RunningMoments implements Stateful {

    private static final double START = 1e-4;

    private final double[] mean;
    private final double[] variance;
    private double count = START;

    /** Of vectors of so many numbers, none seen so far. */
    public RunningMoments(int width) {
        mean = new double[width];
        variance = new double[width];
        Arrays.fill(variance, 1);
    }

    /**
     * Takes a batch in.
     *
     * @param values rows that begin {@code stride} numbers apart, of which the first {@code width} count
     */
    public void absorb(double[] values, int rows, int stride) {
        double total = count + rows;
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += values[row * stride + i];
            }
            double batchMean = sum / rows;
            double squares = 0;
            for (int row = 0; row < rows; row++) {
                double distance = values[row * stride + i] - batchMean;
                squares += distance * distance;
            }
            double delta = batchMean - mean[i];
            variance[i] = (variance[i] * count + squares + delta * delta * count * rows / total) / total;
            mean[i] += delta * rows / total;
        }
        count = total;
    }

    /** An equal one that goes its own way. */
    public RunningMoments copy() {
        RunningMoments copy = new RunningMoments(mean.length);
        copy.set(mean, variance, seen());
        return copy;
    }

    /** Replaces everything. */
    public void set(double[] means, double[] variances, double seen) {
        System.arraycopy(means, 0, mean, 0, mean.length);
        System.arraycopy(variances, 0, variance, 0, variance.length);
        count = START + seen;
    }

    /** Mean of a coordinate. */
    public double mean(int i) {
        return mean[i];
    }

    /** Variance of a coordinate, over n and not n − 1. */
    public double variance(int i) {
        return variance[i];
    }

    /** How many vectors were taken in. */
    public double seen() {
        return count - START;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (int i = 0; i < mean.length; i++) {
            out.writeDouble(mean[i]);
            out.writeDouble(variance[i]);
        }
        out.writeDouble(count);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (int i = 0; i < mean.length; i++) {
            mean[i] = in.readDouble();
            variance[i] = in.readDouble();
        }
        count = in.readDouble();
    }
}
