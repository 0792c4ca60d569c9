package org.adapt4j.runtime.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Table;
import org.adapt4j.runtime.report.statistics.Aligned;
import org.adapt4j.runtime.report.statistics.Curve;

/**
 * One method's lead over another at a step of adaptation.
 *
 * @param x step, the mean of what was spent
 * @param contrast the difference, seed by seed and task by task
 */
public record Lead(double x, Contrast contrast) {

    /** The 95 % interval for these tasks; empty below five seeds. */
    public Optional<Interval> interval() {
        return interval(Judge.ALPHA);
    }

    /** The interval that leaves a share on each side. */
    public Optional<Interval> interval(double tail) {
        return contrast.seedCount() < Judge.FEWEST
                ? Optional.empty()
                : contrast.estimate(About.THESE).interval(tail);
    }

    /**
     * The lead at every point of adaptation, on the tasks that both have; the first point is that of the starts, the last that of the ends. Of
     * methods with other budgets: at the steps that both have spent.
     */
    public static List<Lead> over(Group first, Group second, Quantity quantity) {
        List<String> tasks = first.commonTasks(second);
        List<Integer> mine = whole(first, tasks, quantity);
        List<Integer> theirs = whole(second, tasks, quantity);
        if (tasks.isEmpty() || mine.isEmpty() || theirs.isEmpty()) {
            return List.of();
        }
        List<Curve> curves = new ArrayList<>();
        mine.forEach(
                seed -> tasks.forEach(task -> first.curve(seed, task, quantity).ifPresent(curves::add)));
        theirs.forEach(
                seed -> tasks.forEach(task -> second.curve(seed, task, quantity).ifPresent(curves::add)));
        Aligned aligned =
                Aligned.areAlike(curves) || first.isAsLongAs(second) ? Aligned.of(curves) : Aligned.common(curves);
        List<Lead> leads = new ArrayList<>();
        for (int i = 0; i < aligned.x().length; i++) {
            double[] values = aligned.at(i);
            double x = aligned.x()[i];
            Table one = table(first, mine, tasks.size(), values, 0);
            Table two = table(second, theirs, tasks.size(), values, mine.size() * tasks.size());
            Contrast.of(List.of(new Contrast.Term(1, one), new Contrast.Term(-1, two)))
                    .ifPresent(contrast -> leads.add(new Lead(x, contrast)));
        }
        return leads;
    }

    private static List<Integer> whole(Group group, List<String> tasks, Quantity quantity) {
        return group.term(1, Measure.FINAL, quantity, tasks).table().whole();
    }

    /** As planned, so that pairing is decided as it is for verdicts. */
    private static Table table(Group group, List<Integer> whole, int tasks, double[] values, int from) {
        double[][] rows = new double[group.plannedSeeds().size()][tasks];
        for (int s = 0; s < rows.length; s++) {
            int at = whole.indexOf(group.plannedSeeds().get(s));
            for (int t = 0; t < tasks; t++) {
                rows[s][t] = at < 0 ? Double.NaN : values[from + at * tasks + t];
            }
        }
        return new Table(group.plannedSeeds(), rows);
    }
}
