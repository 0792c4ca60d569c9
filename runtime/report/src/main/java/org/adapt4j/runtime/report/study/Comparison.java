package org.adapt4j.runtime.report.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Aggregate;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.judge.Grid;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.judge.Jackknife;
import org.adapt4j.runtime.report.judge.Judge;

/**
 * Two methods of one panel on the tasks that both were to meet, by their final normalised scores.
 *
 * @param first one method
 * @param second the other
 * @param lead mean of the first minus mean of the second
 * @param iqm the same of interquartile means
 * @param improvement probability that the first scores higher
 */
public record Comparison(Group first, Group second, Contrast lead, Jackknife iqm, Jackknife improvement) {

    /** Compares two groups; empty when they share no task, or one of them has no seed that is whole. */
    static Optional<Comparison> of(Group first, Group second) {
        List<String> common = first.commonTasks(second);
        if (common.isEmpty()) {
            return Optional.empty();
        }
        Contrast.Term one = first.term(1, Measure.FINAL, Quantity.SCORE, common);
        Contrast.Term two = second.term(-1, Measure.FINAL, Quantity.SCORE, common);
        Optional<Contrast> lead = Contrast.of(List.of(one, two));
        if (lead.isEmpty()) {
            return Optional.empty();
        }
        boolean paired = lead.get().isPaired();
        List<Integer> mine = new ArrayList<>(one.table().whole());
        List<Integer> theirs = new ArrayList<>(two.table().whole());
        if (paired) {
            mine.retainAll(lead.get().sides().get(0).seeds());
            theirs.retainAll(mine);
        }
        Grid a = one.table().only(mine);
        Grid b = two.table().only(theirs);
        return Optional.of(new Comparison(
                first,
                second,
                lead.get(),
                Aggregate.IQM.difference(a, b, paired),
                Jackknife.ofImprovement(a, b, paired)));
    }

    /** How many tasks both have. */
    public int tasks() {
        return lead.taskCount();
    }

    /** Whether both have the same seeds. */
    public boolean paired() {
        return lead.isPaired();
    }

    private boolean hasIntervals() {
        return lead.seedCount() >= Judge.FEWEST;
    }

    /** The 95 % interval of the lead; empty below five seeds. */
    public Optional<Interval> leadInterval(About about) {
        return hasIntervals() ? lead.estimate(about).interval() : Optional.empty();
    }

    /** The 95 % interval of the difference of interquartile means, for these tasks; empty below five seeds. */
    public Optional<Interval> iqmInterval() {
        return hasIntervals() ? iqm.interval(Judge.ALPHA) : Optional.empty();
    }

    /** The 95 % interval of the probability, for these tasks; empty below five seeds. */
    public Optional<Interval> improvementInterval() {
        return hasIntervals() ? improvement.intervalOfProbability(Judge.ALPHA) : Optional.empty();
    }
}
