package org.adapt4j.method.sac;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.toolkit.distribution.TanhGaussian;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.policy.ContextInput;
import org.adapt4j.toolkit.policy.SquashedGaussian;

/** Draws an action, or takes the squashed mean where it is measured. */
final class SacPolicy implements Policy {

    private final SacNetworks networks;
    private final WeightVector weights;
    private final NDManager life;
    private final Mode mode;
    private final RandomGenerator random;

    SacPolicy(SacNetworks networks, WeightVector weights, NDManager life, Mode mode, RandomGenerator random) {
        this.networks = networks;
        this.weights = weights;
        this.life = life;
        this.mode = mode;
        this.random = random;
    }

    @Override
    public PolicyState newState(int slots) {
        return networks.context().newState(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        int slots = seen.slots();
        int width = networks.actionWidth();
        ByteBuffer[] observations = networks.reader().columns(seen);
        float[] squashed = new float[slots * width];
        try (NDManager step = life.newSubManager()) {
            NDArray input = networks.input(step, observations, slots, ContextInput.vectors(state));
            if (mode == Mode.EXPLOIT) {
                float[] means = networks.means(weights.constants(), input).toFloatArray();
                for (int i = 0; i < means.length; i++) {
                    squashed[i] = (float) Math.tanh(means[i]);
                }
            } else {
                SquashedGaussian.Output gaussian = networks.policy(weights.constants(), input);
                TanhGaussian.sample(
                        gaussian.mean().toFloatArray(),
                        gaussian.logStd().toFloatArray(),
                        random,
                        squashed,
                        new float[slots]);
            }
        }
        networks.scale().write(squashed, actions.continuous());
    }
}
