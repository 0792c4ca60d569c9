package org.adapt4j.method.pearl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.random.RandomGenerator;
import org.adapt4j.toolkit.network.HostArrays;

/**
 * Beliefs that are the normalised product of independent normal distributions, one for each transition of a context
 * (Rakelly et al. 2019, section 4.1):
 *
 * <pre>
 * 1/σ² = Σ 1/σ_n²    μ = σ² · Σ μ_n/σ_n²
 * </pre>
 *
 * The order of the factors does not matter. The prior is no factor: a belief of one factor is that factor. Differentiable.
 *
 * @param mean {@code [tasks, width]}
 * @param variance {@code [tasks, width]}
 */
record ProductOfGaussians(NDArray mean, NDArray variance) {

    /** Smallest variance of a factor, as in the reference. */
    static final float FLOOR = 1e-7f;

    /**
     * Multiplies along the middle axis.
     *
     * @param means {@code [tasks, factors, width]}
     * @param variances {@code [tasks, factors, width]}
     */
    static ProductOfGaussians of(NDArray means, NDArray variances) {
        NDManager manager = means.getManager();
        NDArray one = manager.ones(new Shape());
        NDArray precisions = one.div(variances.maximum(HostArrays.tensor(manager, new float[] {FLOOR})));
        NDArray variance = one.div(precisions.sum(new int[] {1}));
        return new ProductOfGaussians(variance.mul(means.mul(precisions).sum(new int[] {1})), variance);
    }

    /** A vector drawn from each belief, {@code [tasks, width]}, so that gradients reach mean and variance. */
    NDArray draw(RandomGenerator random) {
        float[] noise = new float[Math.toIntExact(mean.size())];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        NDArray epsilon =
                HostArrays.tensor(mean.getManager(), noise, mean.getShape().getShape());
        return mean.add(variance.sqrt().mul(epsilon));
    }

    /** Kullback–Leibler divergence from the standard normal distribution, summed over coordinates and tasks; a scalar. */
    NDArray divergence() {
        NDArray twice = mean.square().add(variance).sub(variance.log()).sum();
        NDArray ones = mean.getManager().full(new Shape(), mean.size());
        return HostArrays.times(twice.sub(ones), 0.5);
    }
}
