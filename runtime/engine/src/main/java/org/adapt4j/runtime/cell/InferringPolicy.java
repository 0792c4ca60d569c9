package org.adapt4j.runtime.cell;

import java.util.Map;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.ConditionedState;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.toolkit.replay.Replays;

/**
 * Tells a policy what task it is in: at the start of an episode, or at every step, infers a belief from the task's recent
 * experience and gives the policy a vector drawn from it (PEARL, Rakelly et al. 2019).
 */
record InferringPolicy(
        Policy player,
        Conditioning.Context context,
        ContextInference inference,
        Replays replays,
        RandomStream random,
        Averages logged)
        implements Policy {

    @Override
    public PolicyState newState(int slots) {
        return player.newState(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        for (int slot = 0; slot < seen.slots(); slot++) {
            if (context.everyStep() || seen.is(Flag.FIRST, slot)) {
                Belief belief = inference.infer(replays.context(seen.tasks().get(slot), random));
                ((ConditionedState) state).condition(slot, belief.draw(random));
                logged.add(
                        Map.of("posterior-variance", belief.meanVariance(), "posterior-mean-norm", belief.meanNorm()));
            }
        }
        player.act(seen, state, actions);
    }
}
