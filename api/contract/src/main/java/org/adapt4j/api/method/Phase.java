package org.adapt4j.api.method;

import java.util.Optional;
import org.apiguardian.api.API;

/** What learners and adapters have in common. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Phase {

    /** What this asks of algorithm and benchmark. */
    default Needs needs() {
        return Needs.NOTHING;
    }

    /** Why this cannot be on these tasks within this budget, in a sentence that says what to change; empty if it can. */
    default Optional<String> objection(Prospect prospect) {
        return Optional.empty();
    }
}
