package org.adapt4j.api.policy;

import org.adapt4j.api.run.Stateful;
import org.apiguardian.api.API;

/**
 * What a policy remembers per slot: nothing, recurrent activations, or a belief over tasks. It also knows its origin, the
 * memory to which a slot returns when a trial begins: empty for a fresh state.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface PolicyState extends Stateful {

    /** Number of slots. */
    int slots();

    /** A state whose origin, and present memory, in slot {@code i} is what slot {@code i mod slots()} remembers here. */
    PolicyState spread(int slots);

    /** The state of a policy without memory. */
    static PolicyState none(int slots) {
        return new NoState(slots);
    }
}
