package org.adapt4j.api.algorithm;

import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * A diagonal Gaussian over the vector that tells tasks apart.
 *
 * @param mean of each coordinate
 * @param variance of each coordinate, not negative
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Belief(List<Float> mean, List<Float> variance) {

    /** Freezes the lists and checks their lengths. */
    public Belief {
        mean = List.copyOf(mean);
        variance = List.copyOf(variance);
        if (mean.size() != variance.size()) {
            throw new IllegalArgumentException(mean.size() + " means but " + variance.size() + " variances");
        }
    }

    /** The standard normal distribution: nothing known. */
    public static Belief prior(int width) {
        return new Belief(Collections.nCopies(width, 0f), Collections.nCopies(width, 1f));
    }

    /** A vector drawn from it. */
    public float[] draw(RandomGenerator random) {
        float[] vector = new float[mean.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (mean.get(i) + Math.sqrt(variance.get(i)) * random.nextGaussian());
        }
        return vector;
    }

    /** Euclidean norm of the mean: near 0 where nothing can be told. */
    public double meanNorm() {
        return Math.sqrt(mean.stream().mapToDouble(m -> m * m).sum());
    }

    /** Mean over the coordinates of the variance: near 1 where nothing is known, or nothing can be told. */
    public double meanVariance() {
        return variance.stream().mapToDouble(Float::doubleValue).average().orElse(Double.NaN);
    }
}
