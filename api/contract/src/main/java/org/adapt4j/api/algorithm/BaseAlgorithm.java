package org.adapt4j.api.algorithm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.Stateful;
import org.apiguardian.api.API;

/**
 * How to act, and how one update is made. Never names a benchmark or a method.
 *
 * <p>One thread at a time. Saved state covers weights, the optimiser's memory, normalisers and schedules; random streams
 * are saved by the runtime.
 *
 * @param <B> kind of experience that an update consumes
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface BaseAlgorithm<B extends Batch> extends Stateful, AutoCloseable {

    /** What is recorded with each action, such as its log-probability. */
    default List<Component> extras() {
        return List.of();
    }

    /** A live view of the present policy. */
    Policy policy(Mode mode);

    /**
     * Learns from a batch. An update that leaves anything infinite or no number ends the cell as <em>diverged</em>: the runtime looks at
     * what is logged after each update, and at the weights before they are measured or kept.
     *
     * @param batch valid during the call
     * @param progress spent part of the phase's budget in [0, 1], for schedules
     * @return what to log, by kebab-case name; finite numbers
     * @throws NotFiniteException if the algorithm itself finds out, at once and by name
     */
    Map<String, Double> update(B batch, double progress);

    /** The weights. */
    Parameters parameters();

    /** Something only some algorithms can do, by its interface; empty if this one cannot. */
    default <T> Optional<T> ability(Class<T> type) {
        return Optional.empty();
    }

    /** Frees native memory. A second call does nothing. */
    @Override
    void close();
}
