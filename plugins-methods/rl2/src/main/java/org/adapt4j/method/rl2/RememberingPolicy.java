package org.adapt4j.method.rl2;

import java.nio.FloatBuffer;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;

/**
 * A policy whose episodes are the last ones of a trial: each starts from what a memory holds when it is measured. Like {@link
 * Policy#continuing}, but a live view, so that it is reported once and follows the play.
 *
 * <p>The first thing a recurrent policy sees of a trial's last episode is how the one before ended. So the reward beside a
 * first observation, which belongs to another measured episode, gives way to the one that ended the exploration.
 */
record RememberingPolicy(Policy player, TrialMemory memory) implements Policy {

    @Override
    public PolicyState newState(int slots) {
        return memory.adapted(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        AdaptedMemory adapted = (AdaptedMemory) state;
        FloatBuffer rewards = adapted.rewards();
        for (int slot = 0; slot < seen.slots(); slot++) {
            boolean begins = seen.is(Flag.NEW_TRIAL, slot);
            rewards.put(slot, begins ? adapted.lastReward(slot) : seen.rewards().get(slot));
        }
        player.act(seen.withRewards(rewards), adapted.memory(), actions);
    }
}
