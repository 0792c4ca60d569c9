package org.adapt4j.api.algorithm;

import java.util.Optional;
import org.adapt4j.api.settings.Check;
import org.apiguardian.api.API;

/**
 * What an off-policy algorithm asks of the replay that the runtime keeps for it: one buffer per task, from which batches are
 * drawn in equal shares.
 *
 * @param capacity transitions over all tasks; each task gets an equal part
 * @param batch transitions of an update; the share of each task is rounded down
 * @param tasksPerBatch most tasks that a batch is drawn from, different ones; 0 for all
 * @param start transitions a task must have before anything is drawn from it
 * @param randomStart whether actions are drawn uniformly until the first update
 * @param steps rewards summed into a transition's return, n; fewer where an episode ends
 * @param discount of later rewards, in [0, 1]
 * @param updates made each time the agent has played its {@link Diet.OffPolicy#steps steps}
 * @param priorities how to prefer transitions; uniform draws without
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ReplayPlan(
        int capacity,
        int batch,
        int tasksPerBatch,
        int start,
        boolean randomStart,
        int steps,
        double discount,
        int updates,
        Optional<Priorities> priorities) {

    /** Checks the sizes. */
    public ReplayPlan {
        Check.positive("capacity", capacity);
        Check.positive("batch", batch);
        Check.notNegative("tasks-per-batch", tasksPerBatch);
        Check.that(tasksPerBatch <= batch, "tasks-per-batch", "must not exceed the batch of " + batch);
        Check.positive("start", start);
        Check.that(start <= capacity, "start", "must not exceed the capacity of " + capacity + " but is " + start);
        Check.positive("steps", steps);
        Check.between("discount", discount, 0, 1);
        Check.positive("updates", updates);
    }

    /**
     * Prioritised draws (Schaul et al. 2016): transition i is drawn in proportion to {@code error_i^exponent}, new ones with
     * the largest priority so far, and weighs {@code (N · P_i)^−β}, divided by the largest weight of the batch.
     *
     * @param exponent ω
     * @param weightStart β at the first update; grows linearly with the budget spent
     * @param weightEnd β at the end
     */
    public record Priorities(double exponent, double weightStart, double weightEnd) {

        /** Checks the exponents. */
        public Priorities {
            Check.between("exponent", exponent, 0, 1);
            Check.between("weight-start", weightStart, 0, 1);
            Check.between("weight-end", weightEnd, 0, 1);
        }
    }
}
