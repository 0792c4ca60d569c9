package org.adapt4j.runtime.cell;

import org.adapt4j.api.method.Agent;
import org.adapt4j.api.run.Stateful;

/** An agent as the session sees it: its state survives a kill, and its policy outlives the method. */
interface CellAgent extends Agent, Stateful {

    /** The method's loop begins: a resumed run will have come this far by itself before its state is restored. */
    default void beginLoop() {}

    /** Frees everything. {@link #close} stops playing only, so that the policy can be measured a last time. */
    void release();
}
