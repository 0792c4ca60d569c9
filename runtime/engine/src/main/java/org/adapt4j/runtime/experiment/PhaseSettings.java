package org.adapt4j.runtime.experiment;

import com.typesafe.config.ConfigObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;
import org.adapt4j.runtime.settings.RecordSection;
import org.adapt4j.toolkit.run.BudgetMeter;

/**
 * Size of a phase.
 *
 * @param slots environments at once
 * @param budget what may be spent
 * @param measure when and how to measure
 */
public record PhaseSettings(int slots, Budget budget, Measure measure) {

    /** Checks the number of slots. */
    public PhaseSettings {
        Check.positive("slots", slots);
    }

    /**
     * Limits; 0 environment steps, updates or epochs stands for no limit of that kind. Demonstrations alone limit a phase whose method asks for
     * them one by one.
     *
     * @param environmentSteps steps of all slots together
     * @param updates calls of the agent's update
     * @param epochs passes over the demonstrations
     * @param demonstrations of an expert
     */
    public record Budget(long environmentSteps, long updates, long epochs, long demonstrations) {

        /** Checks the limits. */
        public Budget {
            Check.notNegative("environment-steps", environmentSteps);
            Check.notNegative("updates", updates);
            Check.notNegative("epochs", epochs);
            Check.notNegative("demonstrations", demonstrations);
            Check.that(
                    environmentSteps > 0 || updates > 0 || epochs > 0 || demonstrations > 0,
                    "environment-steps",
                    "a budget needs environment-steps, updates, epochs or demonstrations, or the phase would never"
                            + " end");
        }

        private Map<Resource, Long> limits(int slots) {
            Map<Resource, Long> limits = new EnumMap<>(Resource.class);
            if (environmentSteps > 0) {
                limits.put(Resource.ENVIRONMENT_STEPS, BudgetMeter.together(environmentSteps, slots));
            }
            if (updates > 0) {
                limits.put(Resource.UPDATES, updates);
            }
            if (epochs > 0) {
                limits.put(Resource.EPOCHS, epochs);
            }
            limits.put(Resource.DEMONSTRATIONS, demonstrations);
            return limits;
        }

        boolean countsEpochsAlone() {
            return epochs > 0 && environmentSteps == 0 && updates == 0;
        }

        boolean countsStepsAlone() {
            return environmentSteps > 0 && epochs == 0 && updates == 0;
        }
    }

    /** The limits that were set; of environment steps what the slots can take together, which is what any method will spend. */
    public Map<Resource, Long> limits() {
        return budget.limits(slots);
    }

    /**
     * When and how to measure.
     *
     * @param points in units of the limited resource
     * @param every or every so often; 0 for the points alone
     * @param episodes of each task
     * @param slots episodes at once
     * @param splits what to measure on while pre-training
     * @param tasks how many of each split
     */
    public record Measure(List<Long> points, long every, int episodes, int slots, List<Split> splits, int tasks) {

        /** Checks the numbers. */
        public Measure {
            points = List.copyOf(points);
            splits = List.copyOf(splits);
            Check.that(
                    points.stream().allMatch(point -> point >= 0), "points", "must not be negative but are " + points);
            Check.notNegative("every", every);
            Check.positive("episodes", episodes);
            Check.positive("slots", slots);
            Check.positive("tasks", tasks);
        }
    }

    /** All measuring points in ascending order; the end of the phase is always one, and those beyond it are left out. */
    public List<Long> points() {
        TreeSet<Long> all = new TreeSet<>(measure.points());
        BudgetMeter meter = new BudgetMeter(limits(), slots);
        long end = meter.remaining(meter.axis());
        if (measure.every() > 0) {
            for (long point = 0; point < end; point += measure.every()) {
                all.add(point);
            }
        }
        all.add(end);
        return new ArrayList<>(all.headSet(end, true));
    }

    /**
     * The same with a fraction of the budget, measured at the same fractions of it. Demonstrations are data rather than effort, and shrink
     * only where nothing else limits the phase; of everything that was granted at least one is left.
     *
     * @param fraction above 0, at most 1
     */
    public PhaseSettings scaled(double fraction) {
        boolean asksOnly = budget.environmentSteps() == 0 && budget.updates() == 0 && budget.epochs() == 0;
        Budget less = new Budget(
                budget.environmentSteps() == 0 ? 0 : Math.max(slots, part(budget.environmentSteps(), fraction)),
                part(budget.updates(), fraction),
                part(budget.epochs(), fraction),
                asksOnly ? part(budget.demonstrations(), fraction) : budget.demonstrations());
        return new PhaseSettings(
                slots,
                less,
                new Measure(
                        measure.points().stream()
                                .map(point -> part(point, fraction))
                                .distinct()
                                .toList(),
                        part(measure.every(), fraction),
                        measure.episodes(),
                        measure.slots(),
                        measure.splits(),
                        measure.tasks()));
    }

    private static long part(long whole, double fraction) {
        return whole == 0 ? 0 : Math.max(1, Math.round(whole * fraction));
    }

    /** The section that these settings are read from. */
    ConfigObject section() {
        return RecordSection.of(this);
    }
}
