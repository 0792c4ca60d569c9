package org.adapt4j.api.method;

import org.apiguardian.api.API;

/** Meets a new task. Built anew for each cell. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Adapter extends Phase {

    /**
     * Adapts until the budget is spent, reporting the policy it would use. May return early: its last report then stands for
     * the rest. Resuming works as for {@link Learner#learn}.
     *
     * @param learned what a learner left, or {@link Checkpoint#nothing} from scratch
     */
    void adapt(Checkpoint learned, AdaptationSession session);
}
