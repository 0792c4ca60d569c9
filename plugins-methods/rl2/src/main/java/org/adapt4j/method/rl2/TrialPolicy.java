package org.adapt4j.method.rl2;

import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;

/** Plays like another policy, and lets its memory follow the episodes of a trial. */
record TrialPolicy(Policy player, int explorationEpisodes) implements Policy {

    @Override
    public TrialMemory newState(int slots) {
        return new TrialMemory(player.newState(slots), explorationEpisodes);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        TrialMemory memory = (TrialMemory) state;
        memory.follow(seen);
        player.act(seen, memory.present(), actions);
    }
}
