package org.adapt4j.toolkit.replay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.StepBuffers;

/**
 * What was experienced so far, in one ring buffer per task, and draws from it.
 *
 * <p>One thread at a time. Neither {@link #observe} nor the draws allocate, but for a chunk of memory every now and then while
 * the buffers fill.
 */
public final class Replays implements AutoCloseable {

    /**
     * Empty buffers.
     *
     * @param tasks number of tasks; each gets an equal part of the plan's capacity
     * @param slots number of environments that play
     * @param contextSize transitions of a task's context; 0 for none
     * @param contextWindow how many of a task's newest transitions a context is drawn from
     * @throws IllegalArgumentException as {@link #objection} says
     */
    public Replays(EnvironmentSpec spec, ReplayPlan plan, int tasks, int slots, int contextSize, int contextWindow) {
        throw new UnsupportedOperationException();
    }

    /** Why a plan cannot be with so many tasks and slots, in a sentence that says what to change; empty if it can. */
    public static Optional<String> objection(EnvironmentSpec spec, ReplayPlan plan, int tasks, int slots) {
        throw new UnsupportedOperationException();
    }

    /** Bytes of memory that full buffers take, nearly all of it outside of Java's heap. */
    public static long bytes(EnvironmentSpec spec, ReplayPlan plan, int tasks) {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes in one step of all slots. Called once per step, in the order of play.
     *
     * @param before what was seen; its task column says whose experience this is
     * @param acted what was done then
     * @param outcome what came of it: rewards, ends of episodes, and where an episode stood that was cut off
     * @throws IllegalStateException if a slot is in the middle of an episode whose beginning was never taken in
     */
    public void observe(StepBuffers before, ActionBuffers acted, StepBuffers outcome) {
        throw new UnsupportedOperationException();
    }

    /** Says that the running episodes break off because something else is played from now on. */
    public void abandon() {
        throw new UnsupportedOperationException();
    }

    /** Takes in an expert's episode. One shorter than the longest possible has ended by the rules; others were cut off. */
    public void add(Demonstration demonstration, int task) {
        throw new UnsupportedOperationException();
    }

    /** Whether a task has had the {@link ReplayPlan#start transitions} it must have, and one of them can be drawn. */
    public boolean isReady(int task) {
        throw new UnsupportedOperationException();
    }

    /** Transitions that a task has now. */
    public long size(int task) {
        throw new UnsupportedOperationException();
    }

    /**
     * Draws a batch, in equal shares of {@code batch / tasks.length} and in the order of {@code tasks}, with a context for each
     * task.
     *
     * @param tasks all of them {@link #isReady ready}
     * @param weightExponent β of the importance weights
     * @return memory of this object, written over by the next draw
     */
    public Batch.Transitions draw(int[] tasks, double weightExponent, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    /**
     * Draws a context of a single task, for acting.
     *
     * @return memory of this object, written over by the next call; of size 0 while the task has no transition
     */
    public Batch.Transitions context(int task, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes everything that later draws depend on: new rows into blocks, the rest into the stream. Blocks that neither this nor
     * the previous save needs are deleted, so what the previous save wrote stays readable until the next one.
     */
    public void save(DataOutputStream out, BlockStore blocks) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Takes over what an object saved that was made with the same arguments; this one must be new.
     *
     * @throws IOException if a block is missing or damaged; says which one, and what to do
     */
    public void load(DataInputStream in, BlockStore blocks) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Lets go of the memory. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
