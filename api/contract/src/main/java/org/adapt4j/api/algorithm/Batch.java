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

    /**
     * Transitions drawn from a replay, grouped by task in equal shares. The memory belongs to the agent and is written over by
     * the next draw.
     */
    non-sealed interface Transitions extends Batch {

        /** Number of transitions. */
        int size();

        /** Number of tasks they come from; {@code size() / tasks()} each, in blocks. */
        int tasks();

        /**
         * A column, {@code [size, …]}, native byte order, from index 0 to the limit:
         * <ul>
         *   <li>each component of the observation, and the same with prefix {@code next-}: what was seen {@code n} steps later,
         *       or where a time limit cut the episode off before; zeros after the end of an episode
         *   <li>{@code action}
         *   <li>{@code next-action}: what was done there; zeros after the end of an episode and where it was cut off
         *   <li>{@code return}, float32: discounted sum of the rewards in between
         *   <li>{@code discount}, float32: what the value of {@code next-} counts; 0 after the end of an episode
         *   <li>{@code reward}, float32: the first of those rewards
         * </ul>
         *
         * @throws IllegalArgumentException if there is no such column
         */
        ByteBuffer column(String name);

        /** Importance weights, {@code [size]}; ones for uniform draws. */
        FloatBuffer weights();

        /**
         * Tells the replay how wrong each prediction was, {@code [size]}, not negative; of no effect for uniform draws.
         *
         * @throws NotFiniteException if one is not finite
         */
        void reprioritise(FloatBuffer errors);

        /** Recent transitions of the same tasks, for a context encoder; of size 0 without {@link Conditioning.Context}. */
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
