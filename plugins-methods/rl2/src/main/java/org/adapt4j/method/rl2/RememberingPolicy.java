package org.adapt4j.method.rl2;

import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;

/**
 * A policy whose trials start from what a memory holds when they are played: like {@link Policy#continuing}, but a live view,
 * so that it is reported once and follows the play.
 */
record RememberingPolicy(Policy player, TrialMemory memory) implements Policy {

    @Override
    public PolicyState newState(int slots) {
        return memory.adapted(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        player.act(seen, state, actions);
    }
}
