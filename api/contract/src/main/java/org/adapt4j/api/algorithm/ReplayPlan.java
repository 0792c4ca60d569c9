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
 * @param limitsEnd whether an episode that a time limit cut off counts as ended, so that nothing is expected after it; the usual way is
 *     to go on from where it stood
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
        Optional<Priorities> priorities,
        boolean limitsEnd) {

    /** The same, with what is expected after a time limit. */
    public ReplayPlan(
            int capacity,
            int batch,
            int tasksPerBatch,
            int start,
            boolean randomStart,
            int steps,
            double discount,
            int updates,
            Optional<Priorities> priorities) {
        this(capacity, batch, tasksPerBatch, start, randomStart, steps, discount, updates, priorities, false);
    }

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
     * the largest priority so far, and weighs as the kind of draws says, divided by the largest weight of the whole batch.
     *
     * @param exponent ω
     * @param weightStart β at the first update; grows linearly with the budget spent
     * @param weightEnd β at the end
     * @param draws how a task's share is drawn, and what it weighs
     */
    public record Priorities(double exponent, double weightStart, double weightEnd, Draws draws) {

        /** Stratified ones. */
        public Priorities(double exponent, double weightStart, double weightEnd) {
            this(exponent, weightStart, weightEnd, Draws.STRATIFIED);
        }

        /** Checks the exponents. */
        public Priorities {
            Check.between("exponent", exponent, 0, 1);
            Check.between("weight-start", weightStart, 0, 1);
            Check.between("weight-end", weightEnd, 0, 1);
        }
    }

    /** How the share of a task is drawn. */
    public enum Draws {
        /** The i-th of k from the i-th of k equal parts of the sum of priorities; weighs {@code (N · P_i)^−β} (Schaul et al. 2016). */
        STRATIFIED,
        /**
         * Each by itself, so that the same transition may come twice; weighs {@code p_i^−β}, by the priority and not by the chance, which
         * differs where several tasks share a batch (the replay of James et al. 2022, C2F-ARM).
         */
        INDEPENDENT
    }
}
