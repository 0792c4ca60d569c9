package org.adapt4j.runtime.cell;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;

/** An agent as the session sees it: its state survives a kill, and its policy outlives the method. */
interface CellAgent extends Agent, Stateful {

    /** The method's loop begins: a resumed run will have come this far by itself before its state is restored. */
    default void beginLoop() {}

    /** Refuses tasks that are not the session's, which may be millions and made on demand. @param call what was called with them */
    static void requireOwn(TaskSet own, TaskSet asked, String call) {
        if (asked.tasks() == own.tasks()) {
            return;
        }
        Set<String> strangers = new LinkedHashSet<>();
        asked.tasks().forEach(task -> strangers.add(task.name()));
        for (Task known : own.tasks()) {
            strangers.remove(known.name());
            if (strangers.isEmpty()) {
                return;
            }
        }
        throw new IllegalArgumentException(call + ": " + strangers.iterator().next()
                + " is none of the tasks of this phase, which are those of the session's tasks()");
    }

    /** Looks at all weights. @throws DivergedException if one is not finite */
    void requireFiniteWeights();

    /** Why it learned nothing though it was to; empty if it did, or if nobody asked it to. */
    default Optional<String> idle() {
        return Optional.empty();
    }

    /** Frees everything. {@link #close} stops playing only, so that the policy can be measured a last time. */
    void release();
}
