package org.adapt4j.api.environment;

import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.TaskSchedule;
import org.apiguardian.api.API;

/**
 * Several copies (slots) of an environment that step together.
 *
 * <p>There is no reset. The first {@link #receive} after opening yields first observations; from then on {@link #send} and
 * {@code receive} alternate. They are apart so that an environment can work while a policy thinks about another group of
 * slots; {@code send} may return before the step is done. An episode that ends is followed by the next one within the same
 * step, see {@link StepBuffers}.
 *
 * <p>One thread at a time. Nothing is allocated per step. Saved state covers running episodes and everything that decides
 * which tasks come next; it may be saved between {@code receive} and {@code send} only.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface VectorEnvironment extends Stateful, AutoCloseable {

    /** What slots see and do. */
    EnvironmentSpec spec();

    /** Number of slots. */
    int slots();

    /**
     * Starts a step.
     *
     * @throws IllegalArgumentException if an action lies outside its space; no slot has moved then
     * @throws IllegalStateException if the last outcome was not received
     */
    void send(ActionBuffers actions);

    /**
     * Waits for the step and writes its outcome into memory that the caller chose.
     *
     * @throws IllegalStateException if it was received before
     */
    void receive(StepBuffers outcome);

    /**
     * Changes what is played. Running episodes are abandoned without reward; the next call must be {@link #receive}, which
     * yields first observations.
     */
    void reassign(TaskSchedule schedule);

    /** Facts about a slot for people and traces, in a fixed order; may allocate, not for training. */
    default Map<String, Object> info(int slot) {
        return Map.of();
    }

    /** What a person would see of a slot now, for films; may allocate, not for training. Empty where there is nothing to see. */
    default Optional<Picture> picture(int slot) {
        return Optional.empty();
    }

    /**
     * What a person would have seen of a slot at the end of the episode that its last step ended, before the next one began. Empty where the step
     * ended none, where there is nothing to see, and where nobody asked for a {@link #picture} in that episode: films alone need it.
     */
    default Optional<Picture> lastPicture(int slot) {
        return Optional.empty();
    }

    /**
     * Where the time of the steps so far went, for benchmarks: parts of the work by name, in a fixed order, and their shares, which sum
     * to 1. Empty where nobody measures it.
     */
    default Map<String, Double> timeShares() {
        return Map.of();
    }

    /** Frees threads and native memory. A second call does nothing. */
    @Override
    void close();
}
