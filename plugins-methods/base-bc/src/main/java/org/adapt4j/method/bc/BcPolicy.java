package org.adapt4j.method.bc;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.toolkit.distribution.Categorical;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.policy.SquashedGaussian;

/** Takes the best action, or draws one where it explores. */
final class BcPolicy implements Policy {

    private final BcNetwork network;
    private final WeightVector weights;
    private final NDManager life;
    private final Mode mode;
    private final RandomGenerator random;

    BcPolicy(BcNetwork network, WeightVector weights, NDManager life, Mode mode, RandomGenerator random) {
        this.network = network;
        this.weights = weights;
        this.life = life;
        this.mode = mode;
        this.random = random;
    }

    @Override
    public PolicyState newState(int slots) {
        return PolicyState.none(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        int slots = seen.slots();
        try (NDManager step = life.newSubManager()) {
            NDArray features = network.features(weights.constants(), step, seen::observation, slots);
            if (network.isDiscrete()) {
                choose(network.answer(weights.constants(), features).toFloatArray(), slots, actions);
            } else if (mode == Mode.EXPLOIT) {
                write(network.answer(weights.constants(), features).toFloatArray(), actions.continuous());
            } else {
                draw(network.gaussian(weights.constants(), features), actions.continuous());
            }
        }
    }

    private void choose(float[] logits, int slots, ActionBuffers actions) {
        int choices = network.outputs();
        for (int slot = 0; slot < slots; slot++) {
            int choice = mode == Mode.EXPLOIT
                    ? Categorical.mode(logits, slot * choices, choices)
                    : Categorical.sample(logits, slot * choices, choices, random);
            actions.discrete().put(slot, choice);
        }
    }

    private void draw(SquashedGaussian.Output gaussian, FloatBuffer actions) {
        float[] answers = gaussian.mean().toFloatArray();
        float[] logStds = gaussian.logStd().toFloatArray();
        for (int i = 0; i < answers.length; i++) {
            answers[i] += (float) (Math.exp(logStds[i]) * random.nextGaussian());
        }
        write(answers, actions);
    }

    private void write(float[] answers, FloatBuffer actions) {
        float[] squashed = network.squashed(answers);
        network.scale().ifPresentOrElse(scale -> scale.write(squashed, actions), () -> actions.put(0, squashed));
    }
}
