package org.adapt4j.api.method;

import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.task.TaskSchedule;
import org.apiguardian.api.API;

/** The session of an adapter; its tasks are those to adapt to, often a single one. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface AdaptationSession extends Session {

    /**
     * Plays without learning. Steps are charged; episodes go on where the last call left them as long as policy state and
     * schedule stay the same.
     *
     * @param policy how to act
     * @param state what the policy remembers, for {@link #slots} slots; changed. Give it to {@link #keep} too
     * @param schedule what to play
     * @param steps per slot, at least 1; the last time as many as the budget still has
     * @return what happened; its memory is written over by the next call
     * @throws IllegalStateException if the budget's environment steps are spent: ask {@link #proceed} or {@link #budget} before
     */
    Batch.Rollout play(Policy policy, PolicyState state, TaskSchedule schedule, int steps);
}
