package org.adapt4j.api.method;

import java.util.Set;
import org.apiguardian.api.API;

/** Meets a new task. Built anew for each cell. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Adapter extends Phase {

    /**
     * Which parameters it takes over from what was learned; known beforehand, so that the two networks are compared before
     * anything runs.
     *
     * @param groups those of the agent that adapts, see {@link org.adapt4j.api.algorithm.Parameters#groups}
     * @return groups, or parts of groups such as {@code policy/mean}; all of them unless it says otherwise
     */
    default Set<String> takesOver(Set<String> groups) {
        return groups;
    }

    /**
     * Adapts until the budget is spent, reporting the policy it would use. May return early: its last report then stands for
     * the rest. Resuming works as for {@link Learner#learn}.
     *
     * @param learned what a learner left, or {@link Checkpoint#nothing} from scratch. The agents are made with its {@link
     *     Checkpoint#conditioning}
     */
    void adapt(Checkpoint learned, AdaptationSession session);
}
