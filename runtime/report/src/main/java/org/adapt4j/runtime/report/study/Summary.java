package org.adapt4j.runtime.report.study;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.Aggregate;
import org.adapt4j.runtime.report.judge.Grid;
import org.adapt4j.runtime.report.judge.Interval;

/**
 * The aggregates of one group's final normalised scores.
 *
 * @param points each aggregate
 * @param intervals their 95 % intervals, seeds being the unit; none below five seeds
 */
public record Summary(Map<Aggregate, Double> points, Map<Aggregate, Interval> intervals) {
    static Summary of(Group group) {
        Grid scores = group.scores(Measure.FINAL, Quantity.SCORE);
        Map<Aggregate, Double> points = new EnumMap<>(Aggregate.class);
        Map<Aggregate, Interval> intervals = new EnumMap<>(Aggregate.class);
        for (Aggregate aggregate : Aggregate.values()) {
            points.put(aggregate, aggregate.of(scores));
            aggregate.interval(scores).ifPresent(interval -> intervals.put(aggregate, interval));
        }
        return new Summary(points, intervals);
    }

    /** Value of an aggregate. */
    public double point(Aggregate aggregate) {
        return points.getOrDefault(aggregate, Double.NaN);
    }

    /** Interval of an aggregate, where there is one. */
    public Optional<Interval> interval(Aggregate aggregate) {
        return Optional.ofNullable(intervals.get(aggregate));
    }
}
