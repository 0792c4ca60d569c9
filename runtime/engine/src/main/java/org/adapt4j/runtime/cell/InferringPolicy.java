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
 * experience and gives the policy a vector drawn from it (PEARL, Rakelly et al. 2019). Where a share of the episodes is to act on the prior, as all do
 * before anything is known, these alone count in contexts.
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
            int task = seen.tasks().get(slot);
            boolean first = seen.is(Flag.FIRST, slot);
            if (first && context.priorEpisodes() > 0) {
                replays.countInContext(
                        slot, !replays.hasContext(task) || random.nextDouble() < context.priorEpisodes());
            }
            if (first || context.everyStep()) {
                ((ConditionedState) state).condition(slot, vector(slot, task));
            }
        }
        player.act(seen, state, actions);
    }

    private float[] vector(int slot, int task) {
        if (context.priorEpisodes() > 0 && replays.countsInContext(slot)) {
            return Belief.prior(context.encoder().width()).draw(random);
        }
        Belief belief = inference.infer(replays.context(task, random));
        logged.add(Map.of("posterior-variance", belief.meanVariance(), "posterior-mean-norm", belief.meanNorm()));
        return belief.draw(random);
    }
}
