package org.adapt4j.api.environment;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.apiguardian.api.API;

/**
 * What all slots of an environment see at one moment. Views into a {@link StepBlock}: write and read by absolute index,
 * leaving positions alone.
 *
 * <p>The observation received with the end of an episode is already the first of the next one, flagged {@link Flag#FIRST};
 * the reward belongs to the action just taken.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class StepBuffers {

    private final int slots;
    private final Columns columns;
    private final ByteBuffer[] observations;
    private final ByteBuffer[] last;
    private final FloatBuffer rewards;
    private final ByteBuffer flags;
    private final IntBuffer tasks;

    StepBuffers(int slots, Columns columns, ByteBuffer[] observations, ByteBuffer[] last, ByteBuffer[] outcome) {
        this.slots = slots;
        this.columns = columns;
        this.observations = observations;
        this.last = last;
        rewards = outcome[0].asFloatBuffer();
        flags = outcome[1];
        tasks = outcome[2].asIntBuffer();
    }

    private StepBuffers(StepBuffers other, FloatBuffer rewards) {
        slots = other.slots;
        columns = other.columns;
        observations = other.observations;
        last = other.last;
        this.rewards = rewards;
        flags = other.flags;
        tasks = other.tasks;
    }

    /** Number of slots. */
    public int slots() {
        return slots;
    }

    /** Observations of a component by position in the specification, {@code [slots, …shape]}. */
    public ByteBuffer observation(int component) {
        return observations[component];
    }

    /** Observations of a component, {@code [slots, …shape]}. */
    public ByteBuffer observation(String name) {
        return observations[columns.index(name)];
    }

    /**
     * Where an episode stood when its last action had been taken, {@code [slots, …shape]}. Valid for slots flagged {@link
     * Flag#TERMINATED} or {@link Flag#TRUNCATED} in this step, and only until the next {@code receive}: the steps of a
     * block share this memory.
     */
    public ByteBuffer lastObservation(int component) {
        return last[component];
    }

    /** Rewards of the actions just taken, {@code [slots]}; zero in the first step after opening. */
    public FloatBuffer rewards() {
        return rewards;
    }

    /**
     * The same view with other rewards, for a policy that shows its player something else than the environment gave.
     *
     * @param others {@code [slots]}; kept
     */
    public StepBuffers withRewards(FloatBuffer others) {
        if (others.capacity() != slots) {
            throw new IllegalArgumentException(others.capacity() + " rewards for " + slots + " slots");
        }
        return new StepBuffers(this, others);
    }

    /** Flags, {@code [slots]}. */
    public ByteBuffer flags() {
        return flags;
    }

    /** Index of each slot's task in the schedule's task set, {@code [slots]}; the task of the observation. */
    public IntBuffer tasks() {
        return tasks;
    }

    /** Whether a slot carries a flag. */
    public boolean is(Flag flag, int slot) {
        return flag.isIn(flags.get(slot));
    }

    /** Copies everything from a view of the same shape. */
    public void copyFrom(StepBuffers other) {
        for (int c = 0; c < observations.length; c++) {
            observations[c].put(0, other.observations[c], 0, observations[c].limit());
            last[c].put(0, other.last[c], 0, last[c].limit());
        }
        rewards.put(0, other.rewards, 0, slots);
        flags.put(0, other.flags, 0, slots);
        tasks.put(0, other.tasks, 0, slots);
    }
}
