package org.adapt4j.api.run;

import org.apiguardian.api.API;

/**
 * What a phase may spend and has spent. Only metered resources can be spent, so two methods are compared on equal terms
 * whoever wrote them.
 *
 * <p>Nothing ever passes its limit. Environments of a phase step together, so of a limit of environment steps counts what its
 * slots can take together: {@code limit − limit mod slots}, whatever method and algorithm. The last time an agent plays, it
 * plays as many steps per slot as are left.
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
