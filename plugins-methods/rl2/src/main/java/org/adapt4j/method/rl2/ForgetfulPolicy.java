package org.adapt4j.method.rl2;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;

/**
 * A policy whose memory is blanked at every step, and with it what it is told of its last action: all that it sees is shown to it as the
 * first observation of a trial. A control, so the copy that this takes is no matter.
 */
record ForgetfulPolicy(Policy player, EnvironmentSpec spec) implements Policy {

    private static final byte BEGINS = (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask());

    @Override
    public PolicyState newState(int slots) {
        return Blank.of(player.newState(slots), spec);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        Blank blank = (Blank) state;
        StepBuffers shown = blank.shown();
        shown.copyFrom(seen);
        ByteBuffer flags = shown.flags();
        for (int slot = 0; slot < seen.slots(); slot++) {
            flags.put(slot, BEGINS);
            shown.rewards().put(slot, 0);
        }
        player.act(shown, blank.memory(), actions);
    }

    /** Something that is never remembered, and where to show what is seen. */
    record Blank(PolicyState memory, EnvironmentSpec spec, StepBuffers shown) implements PolicyState {

        static Blank of(PolicyState memory, EnvironmentSpec spec) {
            return new Blank(
                    memory, spec, StepBlock.allocate(spec, memory.slots(), 1).step(0));
        }

        @Override
        public int slots() {
            return memory.slots();
        }

        @Override
        public PolicyState spread(int slots) {
            return of(memory.spread(slots), spec);
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            memory.save(out);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            memory.load(in);
        }
    }
}
