package org.adapt4j.toolkit.network;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.toolkit.returns.RunningMoments;

/**
 * Observations of mean 0 and variance 1 by what has been seen in training, clipped: the observation part of {@code VecNormalize} in
 * OpenAI's baselines and of Gymnasium's {@code NormalizeObservation}.
 *
 * <p>Mean, variance and count are tensors of the network, because its weights mean nothing without them: they are kept in every
 * checkpoint, handed on with the group they belong to, and moved by whoever moves weights. Their gradient is zero. While nobody but
 * {@link #absorb} writes them, the statistics go on in double precision.
 */
public final class ObservationNormaliser implements Stateful {

    private static final double EPSILON = 1e-8;

    private static final String MEAN = "/observation-mean";

    private final String group;
    private final int width;
    private final double clip;
    private final int meanIndex;
    private final int varianceIndex;
    private final int countIndex;
    private final RunningMoments moments;

    /**
     * Adds its tensors to a plan.
     *
     * @param group of the tensors
     * @param width numbers of an observation
     * @param clip largest magnitude of a normalised number
     */
    public ObservationNormaliser(Layout layout, String group, int width, double clip) {
        this.group = group;
        this.width = width;
        this.clip = clip;
        moments = new RunningMoments(width);
        meanIndex = layout.add(group + MEAN, Initialiser.constant(0), width);
        varianceIndex = layout.add(group + "/observation-variance", Initialiser.constant(1), width);
        countIndex = layout.add(group + "/observation-count", Initialiser.constant(0), 1);
    }

    /** A tensor of the statistics, by which to tell whether they are to change. */
    public String tensor() {
        return group + MEAN;
    }

    /**
     * Takes in what was seen in one step, and notes it in the weights.
     *
     * @param seen rows that begin {@code stride} numbers apart, observations first
     */
    public void absorb(WeightVector weights, float[] seen, int rows, int stride) {
        adopt(weights);
        moments.absorb(exact(seen, rows * stride), rows, stride);
        float[] means = new float[width];
        float[] variances = new float[width];
        for (int i = 0; i < width; i++) {
            means[i] = (float) moments.mean(i);
            variances[i] = (float) moments.variance(i);
        }
        HostArrays.write(weights.constants().get(meanIndex), means);
        HostArrays.write(weights.constants().get(varianceIndex), variances);
        HostArrays.write(weights.constants().get(countIndex), new float[] {(float) moments.seen()});
    }

    /** Normalises observations in place. @param seen as above */
    public void normalise(WeightVector weights, float[] seen, int rows, int stride) {
        adopt(weights);
        normalise(moments, seen, rows, stride);
    }

    /** Normalises observations in place as if they had been absorbed, which they are not. @param seen as above */
    public void normaliseAhead(WeightVector weights, float[] seen, int rows, int stride) {
        adopt(weights);
        RunningMoments ahead = moments.copy();
        ahead.absorb(exact(seen, rows * stride), rows, stride);
        normalise(ahead, seen, rows, stride);
    }

    private void normalise(RunningMoments by, float[] seen, int rows, int stride) {
        for (int i = 0; i < width; i++) {
            double mean = by.mean(i);
            double scale = 1 / Math.sqrt(by.variance(i) + EPSILON);
            for (int at = i; at < rows * stride; at += stride) {
                seen[at] = (float) Math.max(-clip, Math.min(clip, (seen[at] - mean) * scale));
            }
        }
    }

    private static double[] exact(float[] values, int count) {
        double[] exact = new double[count];
        for (int i = 0; i < count; i++) {
            exact[i] = values[i];
        }
        return exact;
    }

    /** Goes on from the weights where somebody else has written them. */
    private void adopt(WeightVector weights) {
        float[] means = weights.constants().get(meanIndex).toFloatArray();
        float[] variances = weights.constants().get(varianceIndex).toFloatArray();
        float count = weights.constants().get(countIndex).toFloatArray()[0];
        boolean mine = count == (float) moments.seen();
        for (int i = 0; i < width && mine; i++) {
            mine = means[i] == (float) moments.mean(i) && variances[i] == (float) moments.variance(i);
        }
        if (mine) {
            return;
        }
        double[] exactMeans = new double[width];
        double[] exactVariances = new double[width];
        for (int i = 0; i < width; i++) {
            exactMeans[i] = means[i];
            // Weights may be moved past each other, variances not below zero.
            exactVariances[i] = Math.max(0, variances[i]);
        }
        moments.set(exactMeans, exactVariances, Math.max(0, count));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        moments.save(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        moments.load(in);
    }
}
