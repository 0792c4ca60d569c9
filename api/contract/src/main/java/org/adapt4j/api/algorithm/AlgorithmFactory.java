package org.adapt4j.api.algorithm;

import java.util.List;
import java.util.Map;
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

    /** Where experience comes from, and how much at a time. Always the same. */
    Diet<B> diet();

    /** Does what fits this factory's diet. */
    default <R> R match(Diet.Cases<R> cases) {
        return diet().serve(this, cases);
    }

    /** Abilities that its algorithms have, see {@link BaseAlgorithm#ability}. */
    default Set<Class<?>> abilities() {
        return Set.of();
    }

    /**
     * Whether there are weights between two sets of weights, as {@link Parameters#moveTowards} asks; false where weights are
     * something else than numbers that descend, such as the pairs that a Gaussian process remembers.
     */
    default boolean mixesWeights() {
        return true;
    }

    /**
     * Why this cannot be, in a sentence that says what to use instead; empty if it can. Asked for the whole grid before
     * anything runs, so it must not touch native code.
     */
    Optional<String> objection(AlgorithmRequest request);

    /**
     * The tensors of the algorithm's weights, so that two networks can be compared before anything runs. Asked only where there
     * is no {@link #objection}; must not touch native code.
     *
     * @return shapes by name as in {@link Snapshot}, without the optimiser's; empty if they are not known beforehand, which
     *     leaves a misfit to be found when the cell runs
     */
    default Map<String, List<Long>> tensors(AlgorithmRequest request) {
        return Map.of();
    }

    /** Makes an algorithm; the caller closes it. */
    BaseAlgorithm<B> create(AlgorithmRequest request);
}
