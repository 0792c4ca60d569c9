package org.adapt4j.method.pearl;

import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.ConditionedState;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.method.pearl.PearlAdapter.Vector;

/**
 * Plays like another policy that is told where each episode begins, or at every step, what is believed about the task. A live
 * view: it follows the belief.
 */
record BelievingPolicy(Policy player, TaskBelief belief, Vector vector, boolean everyStep, RandomGenerator random)
        implements Policy {

    @Override
    public PolicyState newState(int slots) {
        return player.newState(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        ConditionedState conditioned = (ConditionedState) state;
        for (int slot = 0; slot < seen.slots(); slot++) {
            if (everyStep || seen.is(Flag.FIRST, slot)) {
                conditioned.condition(slot, belief.vector(vector, random));
            }
        }
        player.act(seen, state, actions);
    }
}
