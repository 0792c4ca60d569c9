package org.adapt4j.testkit.fake;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.toolkit.network.HostArrays;

/**
 * A tiny encoder: one weight times the mean reward of a task's context, and half the square of the weight as regulariser.
 *
 * @param components of an observation, above which it objects
 */
public record MeanReward(int components) implements Conditioning.Encoder {

    @Override
    public int width() {
        return 2;
    }

    @Override
    public Optional<String> objection(EnvironmentSpec spec) {
        return spec.observation().size() > components ? Optional.of("too many components") : Optional.empty();
    }

    @Override
    public Conditioning.Network join(WeightPlan plan, EnvironmentSpec spec) {
        int scale = plan.add("context/scale/weight", (values, shape, random) -> Arrays.fill(values, 0.5f), 2);
        return new Conditioning.Network() {
            @Override
            public Conditioning.Encoding encode(
                    NDManager manager, Weights weights, Batch.Transitions context, RandomGenerator random) {
                NDArray means = HostArrays.tensor(manager, means(context), context.tasks(), 1);
                // Results belong to the manager of the first operand.
                NDArray weight = manager.ones(new Shape(2)).mul(weights.get(scale));
                return new Conditioning.Encoding(
                        means.mul(weight), HostArrays.times(weight.mul(weight).sum(), 0.5));
            }

            @Override
            public Belief infer(NDManager manager, Weights weights, Batch.Transitions context) {
                float[] scales = weights.get(scale).toFloatArray();
                float mean = means(context)[0];
                return new Belief(List.of(mean * scales[0], mean * scales[1]), List.of(0f, 0f));
            }
        };
    }

    private static float[] means(Batch.Transitions context) {
        FloatBuffer rewards = context.column("reward").asFloatBuffer();
        float[] means = new float[context.tasks()];
        int share = context.size() / context.tasks();
        for (int i = 0; i < context.size(); i++) {
            means[i / share] += rewards.get(i) / share;
        }
        return means;
    }
}
