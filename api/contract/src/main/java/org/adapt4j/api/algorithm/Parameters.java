package org.adapt4j.api.algorithm;

import java.util.Set;
import org.apiguardian.api.API;

/**
 * The weights of an algorithm as a point in a vector space, in named groups such as {@code policy}, {@code critic} and
 * {@code encoder}.
 *
 * <p>The group {@link #OPTIMIZER} holds what the optimiser remembers (moments, step counts). It is part of every snapshot,
 * but only comes back where it is named, and is never mixed.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Parameters {

    /** Name of the group with the optimiser's memory. */
    String OPTIMIZER = "optimizer";

    /** The groups of weights, without {@link #OPTIMIZER}. */
    Set<String> groups();

    /** Number of trainable numbers. */
    long count();

    /** Copies everything, the optimiser's memory included. */
    Snapshot snapshot();

    /** Copies the named groups only; cheaper where the optimiser's memory is not wanted. */
    default Snapshot snapshot(Set<String> groups) {
        return snapshot().only(groups);
    }

    /**
     * Takes over every weight; the optimiser keeps its memory.
     *
     * @throws IllegalArgumentException if a tensor is missing, has another shape, or is one too many; nothing has changed then
     */
    default void restore(Snapshot snapshot) {
        restore(snapshot, groups());
    }

    /**
     * Takes over the named groups only, or parts of a group such as {@code policy/mean}; what the snapshot holds of other groups does not
     * matter.
     *
     * @throws IllegalArgumentException as above, or for an unknown group
     */
    void restore(Snapshot snapshot, Set<String> groups);

    /**
     * Moves every weight w to {@code w + fraction · (target − w)}: 0 leaves it, 1 goes all the way.
     *
     * @param fraction any number; outside [0, 1] it extrapolates
     * @throws UnsupportedOperationException if nothing lies between, see {@link AlgorithmFactory#mixesWeights}
     */
    void moveTowards(Snapshot target, double fraction);

    /**
     * Lets the optimiser change these groups, or parts of groups, only; all others stay as they are until the next call. At first it changes all.
     *
     * @throws IllegalArgumentException for an unknown group; nothing has changed then
     */
    void train(Set<String> groups);

    /** Makes the optimiser forget. */
    void resetOptimizer();
}
