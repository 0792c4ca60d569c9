package org.adapt4j.api.algorithm;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.policy.PolicyState;
import org.apiguardian.api.API;

/** Experience for one update. Three closed kinds; an algorithm says which one it consumes. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Batch {

    /**
     * A fresh stretch of play, time-major. The memory belongs to the agent and is written over by the next rollout.
     *
     * @param seen {@code steps + 1} rows: row t is what was seen before action t, the last one what followed the last
     *     action
     * @param acted {@code steps} rows
     * @param start what the policy remembered before row 0
     * @param truncations where time limits cut episodes off
     */
    record Rollout(StepBlock seen, ActionBlock acted, PolicyState start, Truncations truncations) implements Batch {

        /** Number of actions per slot. */
        public int steps() {
            return acted.steps();
        }

        /** Number of slots. */
        public int slots() {
            return acted.slots();
        }
    }

    /** Where the episodes stood that a time limit cut off within a rollout; few, so they are kept apart. */
    interface Truncations {

        /** How many. */
        int count();

        /** The row of {@link Rollout#seen} that carries the flag. */
        int step(int index);

        /** The slot. */
        int slot(int index);

        /** Last observations of a component by position, {@code [count, …shape]}. */
        ByteBuffer observations(int component);
    }

    /** Transitions drawn from a replay, grouped by task in equal shares. */
    non-sealed interface Transitions extends Batch {

        /** Number of transitions. */
        int size();

        /** Number of tasks they come from; {@code size() / tasks()} each, in blocks. */
        int tasks();

        /** A column, {@code [size, …]}: components of the observation, the same with prefix {@code next-}, {@code action},
         * {@code reward}, {@code terminal}, {@code discount}. */
        ByteBuffer column(String name);

        /** Importance weights, {@code [size]}. */
        FloatBuffer weights();

        /** Tells the replay how wrong each prediction was, {@code [size]}. */
        void reprioritise(FloatBuffer errors);

        /** Recent transitions of the same tasks, for a context encoder. */
        Transitions context();
    }

    /** Pairs of observation and expert action. */
    non-sealed interface Imitation extends Batch {

        /** Number of pairs. */
        int size();

        /** A column, {@code [size, …]}: components of the observation, or {@code action}. */
        ByteBuffer column(String name);
    }
}
