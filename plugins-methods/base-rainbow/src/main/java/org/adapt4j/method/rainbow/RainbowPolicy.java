package org.adapt4j.method.rainbow;

import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.toolkit.distribution.Categorical;

/** Takes the action of the largest mean value: with a fresh draw of noise, or without noise and at random now and then. */
final class RainbowPolicy implements Policy {

    private final RainbowAlgorithm algorithm;
    private final RandomGenerator random;
    private final boolean noisy;
    private final double epsilon;

    /**
     * A live view.
     *
     * @param random source of the noise, or of actions at random
     * @param noisy whether the noise of the weights is redrawn and used
     * @param epsilon probability of an action at random
     */
    RainbowPolicy(RainbowAlgorithm algorithm, RandomGenerator random, boolean noisy, double epsilon) {
        this.algorithm = algorithm;
        this.random = random;
        this.noisy = noisy;
        this.epsilon = epsilon;
    }

    @Override
    public PolicyState newState(int slots) {
        return algorithm.network().context().newState(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        int slots = seen.slots();
        int choices = algorithm.network().actions();
        if (noisy) {
            algorithm.noise().redraw(random);
        }
        float[] values = algorithm.values(seen, state, noisy ? algorithm.noise() : null);
        for (int slot = 0; slot < slots; slot++) {
            boolean blind = epsilon > 0 && random.nextDouble() < epsilon;
            int choice = blind ? random.nextInt(choices) : Categorical.mode(values, slot * choices, choices);
            actions.discrete().put(slot, choice);
        }
    }
}
