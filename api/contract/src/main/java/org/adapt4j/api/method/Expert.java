package org.adapt4j.api.method;

import java.util.Optional;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Task;
import org.apiguardian.api.API;

/** Someone who can show how a task is done. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Expert {

    /** One more demonstration, charged to the budget; empty when the budget of demonstrations is spent, or there are no more. */
    Optional<Demonstration> demonstrate(Task task);

    /** Weights of the policy that shows a task, where its data set keeps them; not charged, for they are no adaptation. */
    default Optional<Snapshot> weights(Task task) {
        return Optional.empty();
    }
}
