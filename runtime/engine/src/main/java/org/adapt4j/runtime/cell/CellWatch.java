package org.adapt4j.runtime.cell;

import org.adapt4j.api.run.Budget;

/** Who has a cell run: asked by it whether to stop, and shown what it spends. */
@FunctionalInterface
public interface CellWatch {

    /** Asked between two passes of the method's loop. */
    boolean stopRequested();

    /**
     * The phase begins, or goes on.
     *
     * @param budget live; of a resumed phase it is empty until the first pass of the loop
     */
    default void begins(Budget budget) {}
}
