package org.adapt4j.method.rl2;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import org.adapt4j.api.policy.PolicyState;

/** What measured episodes start from: memories, and the rewards of their last actions, which they have not taken in yet. */
final class AdaptedMemory implements PolicyState {

    private final PolicyState memory;
    private final FloatBuffer rewards;
    private final float[] lastRewards;

    /**
     * Some memories.
     *
     * @param lastRewards of slots 0, 1, …, and from the first one on again
     */
    AdaptedMemory(PolicyState memory, float[] lastRewards) {
        this.memory = memory;
        rewards = FloatBuffer.allocate(memory.slots());
        this.lastRewards = lastRewards.clone();
    }

    PolicyState memory() {
        return memory;
    }

    /** Where to write what the player is shown, {@code [slots]}. */
    FloatBuffer rewards() {
        return rewards;
    }

    float lastReward(int slot) {
        return lastRewards[slot % lastRewards.length];
    }

    @Override
    public int slots() {
        return memory.slots();
    }

    @Override
    public PolicyState spread(int slots) {
        return new AdaptedMemory(memory.spread(slots), lastRewards);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        memory.save(out);
        for (float reward : lastRewards) {
            out.writeFloat(reward);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        memory.load(in);
        for (int i = 0; i < lastRewards.length; i++) {
            lastRewards[i] = in.readFloat();
        }
    }
}
