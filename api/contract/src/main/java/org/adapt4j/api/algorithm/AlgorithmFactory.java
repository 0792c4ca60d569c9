package org.adapt4j.api.algorithm;

import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Makes base algorithms of one kind. Built once per cell with its settings; cheap, and free of native code until {@link
 * #create}.
 *
 * @param <B> kind of experience that an update consumes
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface AlgorithmFactory<B extends Batch> {

    /** Where experience comes from. */
    Regime regime();

    /** The kind of experience. */
    Class<B> consumes();

    /**
     * Environment steps per slot each time the agent plays: the rollout length on policy; 0 offline. The last rollout of a phase is
     * as long as the budget allows, from one step per slot on.
     */
    int stepsPerUpdate();

    /** What an off-policy algorithm asks of its replay; empty for all others. */
    default Optional<ReplayPlan> replay() {
        return Optional.empty();
    }

    /** Most pairs of observation and action in an update of an offline algorithm; 0 for all others. */
    default int pairsPerUpdate() {
        return 0;
    }

    /** Abilities that its algorithms have, see {@link BaseAlgorithm#ability}. */
    default Set<Class<?>> abilities() {
        return Set.of();
    }

    /**
     * Why this cannot be, in a sentence that says what to use instead; empty if it can. Asked for the whole grid before
     * anything runs, so it must not touch native code.
     */
    Optional<String> objection(AlgorithmRequest request);

    /** Makes an algorithm; the caller closes it. */
    BaseAlgorithm<B> create(AlgorithmRequest request);
}
