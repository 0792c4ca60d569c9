package org.adapt4j.method.selection;

import org.adapt4j.api.method.Selector;
import org.apiguardian.api.API;

/**
 * Says which task to ask a demonstration of next. Remembers nothing: all it may go by is in the {@link Selection}, so that a killed run
 * resumes without its help; a selection's {@link Selection#ability} has what its {@link #needs} list.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface TaskSelector extends Selector {

    /**
     * Rates every task; the highest is asked for, of equal ones the first. A strategy that draws adds its noise to the scores, such as
     * Gumbel noise to logarithms of probabilities.
     *
     * @return by index of the task; negative infinity for a task that must not be chosen, never NaN
     */
    double[] score(Selection now);
}
