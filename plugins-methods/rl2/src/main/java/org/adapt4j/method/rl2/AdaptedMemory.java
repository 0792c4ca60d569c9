package org.adapt4j.method.rl2;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.adapt4j.api.policy.PolicyState;

/** What measured episodes start from: a memory, and the reward of its last action, which it has not taken in yet. */
final class AdaptedMemory implements PolicyState {

    private final PolicyState memory;
    private final FloatBuffer rewards;
    private float lastReward;

    AdaptedMemory(PolicyState memory, float lastReward) {
        this.memory = memory;
        rewards = FloatBuffer.allocate(memory.slots());
        this.lastReward = lastReward;
    }

    PolicyState memory() {
        return memory;
    }

    /** Where to write what the player is shown, {@code [slots]}. */
    FloatBuffer rewards() {
        return rewards;
    }

    float lastReward() {
        return lastReward;
    }

    @Override
    public int slots() {
        return memory.slots();
    }

    @Override
    public PolicyState spread(int slots) {
        return new AdaptedMemory(memory.spread(slots), lastReward);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        memory.save(out);
        out.writeFloat(lastReward);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        memory.load(in);
        lastReward = in.readFloat();
    }
}
