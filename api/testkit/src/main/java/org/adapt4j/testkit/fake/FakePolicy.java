package org.adapt4j.testkit.fake;

import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;

/**
 * Always takes action 0 (zeros in a box), and remembers what it has been through, see {@link FakeMemory}. A trial that starts
 * from an adapted memory first takes in what stands beside its first observation: how that memory's last action ended.
 */
public final class FakePolicy implements Policy {

    @Override
    public FakeMemory newState(int slots) {
        return new FakeMemory(slots);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        FakeMemory memory = (FakeMemory) state;
        for (int slot = 0; slot < seen.slots(); slot++) {
            if (seen.is(Flag.NEW_TRIAL, slot)) {
                memory.returnToOrigin(slot);
            }
            if (memory.hasActed(slot)) {
                memory.takeIn(slot, seen.is(Flag.FIRST, slot), seen.rewards().get(slot));
            }
            memory.act(slot);
        }
        for (int i = 0; i < actions.bytes().limit(); i++) {
            actions.bytes().put(i, (byte) 0);
        }
    }
}
