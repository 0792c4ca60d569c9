package org.adapt4j.runtime.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.runtime.experiment.PhaseSettings;
import org.adapt4j.toolkit.run.BudgetMeter;

/**
 * What a phase will spend of its budget: of whichever limit is reached first.
 *
 * @param asked what the budget says
 * @param steps what will be spent: environment steps where the phase plays, else updates, else demonstrations
 * @param remark why the two differ, or how sure the number is
 */
record Spending(long asked, long steps, Optional<String> remark) {

    /**
     * Foresees it.
     *
     * @param tasks that are played, or learned from
     * @param episodeSteps longest episode
     */
    static Spending of(PhaseSettings phase, Diet<?> diet, int tasks, int episodeSteps) {
        if (diet instanceof Diet.Offline offline) {
            return ofUpdates(phase.budget(), offline, episodeSteps);
        }
        PhaseSettings.Budget budget = phase.budget();
        OptionalLong byUpdates = budget.updates() > 0
                ? OptionalLong.of(playedFor(budget.updates(), phase.slots(), diet, tasks))
                : OptionalLong.empty();
        if (budget.environmentSteps() == 0) {
            long steps = byUpdates.orElse(0);
            return new Spending(steps, steps, steps > 0 ? doubts(diet, steps) : Optional.empty());
        }
        long asked = budget.environmentSteps();
        long together = BudgetMeter.together(asked, phase.slots());
        if (byUpdates.isPresent() && byUpdates.getAsLong() < together) {
            long steps = byUpdates.getAsLong();
            return new Spending(
                    asked,
                    steps,
                    Optional.of(words(asked, steps) + "then its " + budget.updates() + " updates are made"
                            + doubts(diet, steps).map(doubt -> ". " + doubt).orElse("")));
        }
        return new Spending(
                asked,
                together,
                together == asked
                        ? Optional.empty()
                        : Optional.of(words(asked, together) + phase.slots() + " environments step together"));
    }

    /** The same of a method that spends nothing. */
    Spending unspent() {
        return new Spending(
                asked,
                0,
                Optional.of(
                        "nothing of its budget will be spent: its method takes over what was learned before, and makes"
                                + " no update"));
    }

    private static String words(long asked, long steps) {
        return String.format(Locale.ROOT, "of %,d environment steps %,d will be spent: ", asked, steps);
    }

    /** How far it is from what will be spent once replays have to fill first: tasks are played for different times. */
    private static Optional<String> doubts(Diet<?> diet, long steps) {
        return diet instanceof Diet.OffPolicy
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "about %,d environment steps: how soon the replays of its tasks can be drawn from depends on how"
                                + " long their episodes are",
                        steps))
                : Optional.empty();
    }

    /** Environment steps that so many updates take. */
    private static long playedFor(long updates, int slots, Diet<?> diet, int tasks) {
        long each = (long) diet.steps() * slots;
        if (!(diet instanceof Diet.OffPolicy offPolicy)) {
            return updates * each;
        }
        ReplayPlan plan = offPolicy.replay();
        int wanted = plan.tasksPerBatch() == 0 ? plan.batch() : plan.tasksPerBatch();
        int needed = Math.max(1, Math.min(tasks, wanted));
        // Slots are dealt to the tasks in turns, and the task that has the fewest is the last to be ready.
        long toFill = tasks <= slots
                ? ceil(plan.start(), (long) diet.steps() * (slots / tasks))
                : ceil((long) plan.start() * needed, each);
        // The last of these plays is followed by the first update.
        return (Math.max(1, toFill) - 1 + ceil(updates, plan.updates())) * each;
    }

    private static Spending ofUpdates(PhaseSettings.Budget budget, Diet.Offline diet, int episodeSteps) {
        long pairs = budget.demonstrations() * episodeSteps;
        long byEpochs = budget.epochs() * Math.max(1, ceil(pairs, diet.pairs()));
        if (budget.epochs() == 0) {
            long steps = budget.updates() > 0 ? budget.updates() : budget.demonstrations();
            return new Spending(steps, steps, Optional.empty());
        }
        if (budget.updates() > 0 && budget.updates() <= budget.epochs()) {
            return new Spending(
                    budget.updates(), budget.updates(), Optional.empty()); // an epoch is one update at least
        }
        long steps = budget.updates() > 0 ? Math.min(budget.updates(), byEpochs) : byEpochs;
        return new Spending(
                steps,
                steps,
                pairs == 0
                        ? Optional.empty()
                        : Optional.of(String.format(
                                Locale.ROOT,
                                "%,d updates at most: as many as its epochs have where demonstrations are as long as episodes can be",
                                steps)));
    }

    private static long ceil(long dividend, long divisor) {
        return Math.floorDiv(dividend + divisor - 1, divisor);
    }
}
