package org.adapt4j.api.method;

import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;

/** What learners and adapters have in common. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Phase {

    /** What this asks of algorithm and benchmark. */
    default Needs needs() {
        return Needs.NOTHING;
    }

    /**
     * Groups of parameters, or parts of one, that its settings name and the algorithm must have: an experiment that names others is
     * refused before it runs.
     */
    default Set<String> namedGroups() {
        return Set.of();
    }

    /**
     * Whether it spends anything of its budget. One that only takes over what was learned before does not: then nothing is planned for it,
     * whatever the budget says.
     */
    default boolean spends() {
        return true;
    }

    /** Why this cannot be on these tasks within this budget, in a sentence that says what to change; empty if it can. */
    default Optional<String> objection(Prospect prospect) {
        return Optional.empty();
    }
}
