package org.adapt4j.api.policy;

import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.apiguardian.api.API;

/**
 * A way of acting. A live view: it always acts with the present weights of the agent it came from, and ends with
 * the session.
 *
 * <p>One thread at a time.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Policy {

    /** A fresh state, with nothing remembered. */
    PolicyState newState(int slots);

    /**
     * Chooses an action for every slot.
     *
     * <p>The policy sees the flags: where a trial begins it returns the slot to the state's origin before it looks. What it
     * did last it remembers itself, in the state; reward and end of the last action stand in {@code seen}.
     *
     * @param seen what the slots see; never changed, for it may be part of a rollout that is learned from
     * @param state from {@link #newState} of this policy, for as many slots; changed
     * @param actions where to write; extras that the buffers have columns for are written too
     */
    void act(StepBuffers seen, PolicyState state, ActionBuffers actions);

    /** This policy, every trial of which starts from what {@code adapted} remembers now. */
    default Policy continuing(PolicyState adapted) {
        PolicyState origin = adapted.spread(adapted.slots());
        Policy policy = this;
        return new Policy() {
            @Override
            public PolicyState newState(int slots) {
                return origin.spread(slots);
            }

            @Override
            public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
                policy.act(seen, state, actions);
            }
        };
    }
}
