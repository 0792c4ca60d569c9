package org.adapt4j.runtime.report.study;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.statistics.Aggregate;
import org.adapt4j.runtime.report.statistics.Bootstrap;
import org.adapt4j.runtime.report.statistics.Scores;

/**
 * The aggregates of one group's final normalised scores.
 *
 * @param points each aggregate
 * @param intervals their 95 % stratified bootstrap intervals; empty with fewer than two seeds
 */
public record Summary(Map<Aggregate, Double> points, Map<Aggregate, Interval> intervals) {
    static Summary of(Group group, Bootstrap bootstrap) {
        Scores scores = group.scores(Measure.FINAL, Quantity.SCORE);
        Map<Aggregate, Double> points = new EnumMap<>(Aggregate.class);
        Map<Aggregate, Interval> intervals = new EnumMap<>(Aggregate.class);
        List<Aggregate> all = List.of(Aggregate.values());
        double[][] replicates = scores.runs() < 2 ? new double[0][] : bootstrap.replicates(scores, all);
        for (int i = 0; i < all.size(); i++) {
            points.put(all.get(i), all.get(i).of(scores));
            if (replicates.length > 0) {
                intervals.put(all.get(i), Bootstrap.interval(replicates[i], 0.95));
            }
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
