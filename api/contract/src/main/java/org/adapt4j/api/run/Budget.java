package org.adapt4j.api.run;

import org.apiguardian.api.API;

/**
 * What a phase may spend and has spent. Only metered resources can be spent, so two methods are compared on equal terms
 * whoever wrote them.
 *
 * <p>An update of an on-policy algorithm spends a whole rollout; the last one may pass the limit by less than one
 * rollout, as in the published runs (2 M steps are 31 rollouts of 65,536).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Budget {

    /**
     * Whether environment steps, updates or epochs have reached their limit. Demonstrations run out quietly, unless they alone are
     * limited: then they are what is spent.
     */
    boolean isSpent();

    /** Amount spent so far. */
    long spent(Resource resource);

    /** Amount left, never negative; {@code Long.MAX_VALUE} where there is no limit. */
    long remaining(Resource resource);

    /** Spent part of what ends the phase, the scarcest of several, in [0, 1]. */
    double progress();
}
