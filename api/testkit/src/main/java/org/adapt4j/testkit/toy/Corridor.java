package org.adapt4j.testkit.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.TaskSchedule;

/**
 * A corridor of five states, seen one-hot: episodes start at state 0, action 1 goes right and action 0 left, and reward 1 is
 * paid at state 4, which ends the episode (methods specification 7.2).
 */
public final class Corridor implements VectorEnvironment {

    private static final int STATES = 5;

    private final int limit;
    private final int episodesPerTrial;
    private final int[] state;
    private final int[] steps;
    private final int[] episodes;
    private final float[] rewards;
    private final byte[] flags;
    private final int[] last;

    /**
     * An environment.
     *
     * @param limit longest episode in steps
     * @param episodesPerTrial after so many episodes a new trial begins
     */
    public Corridor(int slots, int limit, int episodesPerTrial) {
        this.limit = limit;
        this.episodesPerTrial = episodesPerTrial;
        state = new int[slots];
        steps = new int[slots];
        episodes = new int[slots];
        rewards = new float[slots];
        flags = new byte[slots];
        last = new int[slots];
        Arrays.fill(flags, (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask()));
    }

    @Override
    public EnvironmentSpec spec() {
        return new EnvironmentSpec(List.of(new Component("state", Box.vector(STATES, 0, 1))), new Discrete(2), limit);
    }

    @Override
    public int slots() {
        return state.length;
    }

    @Override
    public void send(ActionBuffers actions) {
        for (int slot = 0; slot < state.length; slot++) {
            state[slot] = Math.max(0, state[slot] + (actions.discrete().get(slot) == 1 ? 1 : -1));
            steps[slot]++;
            last[slot] = state[slot];
            boolean reached = state[slot] == STATES - 1;
            rewards[slot] = reached ? 1 : 0;
            int bits = 0;
            if (reached || steps[slot] == limit) {
                bits = Flag.FIRST.mask() | (reached ? Flag.TERMINATED : Flag.TRUNCATED).mask();
                if (++episodes[slot] % episodesPerTrial == 0) {
                    bits |= Flag.NEW_TRIAL.mask();
                }
                state[slot] = 0;
                steps[slot] = 0;
            }
            flags[slot] = (byte) bits;
        }
    }

    @Override
    public void receive(StepBuffers outcome) {
        for (int slot = 0; slot < state.length; slot++) {
            write(outcome.observation(0), slot, state[slot]);
            write(outcome.lastObservation(0), slot, last[slot]);
            outcome.rewards().put(slot, rewards[slot]);
            outcome.flags().put(slot, flags[slot]);
            outcome.tasks().put(slot, 0);
        }
    }

    private static void write(ByteBuffer observation, int slot, int state) {
        for (int i = 0; i < STATES; i++) {
            observation.putFloat(4 * (slot * STATES + i), i == state ? 1 : 0);
        }
    }

    @Override
    public void reassign(TaskSchedule schedule) {
        throw new UnsupportedOperationException("one task only");
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (int slot = 0; slot < state.length; slot++) {
            out.writeInt(state[slot]);
            out.writeInt(steps[slot]);
            out.writeInt(episodes[slot]);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (int slot = 0; slot < state.length; slot++) {
            state[slot] = in.readInt();
            steps[slot] = in.readInt();
            episodes[slot] = in.readInt();
        }
    }

    @Override
    public void close() {}
}
