package org.adapt4j.api.method;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Says which task to ask a demonstration of next. Remembers nothing: all it may go by is in the {@link Selection}, so that a killed run
 * resumes without its help.
 *
 * <p>Contributed by name with {@link org.adapt4j.api.plugin.Contributions#selector}, chosen in an experiment by {@code adapt.selector {
 * name = … }}, and handed to the constructor of an adapter that asks for one.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TaskSelector {

    /** What it asks of the algorithm; a selection's {@link Selection#ability} has what is listed here. */
    default Needs needs() {
        return Needs.NOTHING;
    }

    /** Why it cannot choose among these tasks, in a sentence that says what to use instead; empty if it can. */
    default Optional<String> objection(Prospect prospect) {
        return Optional.empty();
    }

    /**
     * Rates every task; the highest is asked for, of equal ones the first. A strategy that draws adds its noise to the scores, such as
     * Gumbel noise to logarithms of probabilities.
     *
     * @return by index of the task; negative infinity for a task that must not be chosen, never NaN
     */
    double[] score(Selection now);
}
