package org.adapt4j.api.method;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A named strategy that an adapter is given: who selects what it does next. What it selects, and from what, is said by an interface of a
 * library that extends this one; an adapter's constructor asks for that interface.
 *
 * <p>Contributed by name with {@link org.adapt4j.api.plugin.Contributions#selector}, and chosen in an experiment by {@code adapt.selector {
 * name = … }}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Selector {

    /** What it asks of the algorithm. */
    default Needs needs() {
        return Needs.NOTHING;
    }

    /** Why it cannot select here, in a sentence that says what to use instead; empty if it can. */
    default Optional<String> objection(Prospect prospect) {
        return Optional.empty();
    }
}
