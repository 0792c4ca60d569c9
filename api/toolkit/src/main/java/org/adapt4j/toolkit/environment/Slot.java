package org.adapt4j.toolkit.environment;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.task.Task;

/**
 * One place at which episodes are played, one after the other: what an environment is about, and all that a benchmark has to say of it.
 * Which task comes next, flags, limits, threads, saving and closing in order are the matter of {@link SlotBatch}.
 *
 * <p>{@link #begin} comes first, and again after each episode; steps lie between. One thread at a time, though not always the same: slots
 * step side by side, so they share nothing that changes. All chance comes from the random numbers that the slot was made with ({@link
 * SlotFactory#create}); then results do not depend on threads or other slots. Nothing should be allocated in {@code step} and {@code
 * write}. A slot that threw is not used again before {@code begin}, {@code load} or {@code close}.
 */
public interface Slot extends AutoCloseable {

    /** Starts an episode of a task; what is to be seen now is its first observation. */
    void begin(Task task);

    /**
     * Acts, and does the work of drawing what is to be seen, which {@link #write} then only copies.
     *
     * @param action within its space; valid during the call
     * @return the reward
     */
    double step(Action action);

    /**
     * How the last step left the episode. The batch cuts it off at {@link EnvironmentSpec#maxEpisodeSteps} anyway, so this tells of other
     * ends only.
     */
    default Ending ending() {
        return Ending.NONE;
    }

    /** Writes what is to be seen now, every component of it; also asked for where an episode ended, before the next begins. */
    void write(Observation into);

    /** Writes everything that influences later behaviour, but the task and the random numbers, which the batch keeps. */
    void save(DataOutputStream out) throws IOException;

    /**
     * Takes over what {@link #save} wrote, in the place of {@code begin}.
     *
     * @param task that was played
     */
    void load(Task task, DataInputStream in) throws IOException;

    /** The running episode is given up for another schedule: what {@link #describe} tells of the last step is void. */
    default void abandon() {}

    /**
     * Adds facts for people and traces, always in the same order; may allocate.
     *
     * @param step of the running episode, 0 at its first observation
     */
    default void describe(int step, Map<String, Object> facts) {}

    /** What a person would see now, for films; may allocate. Empty where there is nothing to see. */
    default Optional<Picture> picture() {
        return Optional.empty();
    }

    /** Frees what the slot alone holds. Called once. */
    @Override
    default void close() {}
}
