package org.adapt4j.runtime.cell;

import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;

/** Draws every action uniformly from its space: how some algorithms fill their replay before they learn. */
record UniformPolicy(Space action, RandomStream random) implements Policy {

    @Override
    public PolicyState newState(int slots) {
        return PolicyState.none(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        for (int slot = 0; slot < seen.slots(); slot++) {
            if (action instanceof Discrete discrete) {
                actions.discrete().put(slot, random.nextInt(discrete.size()));
            } else if (action instanceof Box box) {
                for (int i = 0; i < box.width(); i++) {
                    float value = (float) (box.low() + random.nextDouble() * (box.high() - box.low()));
                    actions.continuous().put(slot * box.width() + i, value);
                }
            }
        }
    }
}
