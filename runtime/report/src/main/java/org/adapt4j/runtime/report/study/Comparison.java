package org.adapt4j.runtime.report.study;

import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.statistics.Aggregate;
import org.adapt4j.runtime.report.statistics.Bootstrap;
import org.adapt4j.runtime.report.statistics.Improvement;
import org.adapt4j.runtime.report.statistics.Scores;

/**
 * Two methods of one panel on the tasks both have, by their final normalised scores.
 *
 * @param first one method
 * @param second the other
 * @param tasks how many tasks both have
 * @param paired whether both have the same seeds, so that one index table serves both
 * @param iqmDifference IQM of the first minus IQM of the second
 * @param iqmInterval its 95 % interval; empty with fewer than two seeds
 * @param meanDifference the same for the mean
 * @param meanInterval the same for the mean
 * @param probability that the first beats the second
 * @param probabilityInterval its 95 % interval
 * @param pValue two-sided, of the IQM difference; empty with fewer than two seeds
 */
public record Comparison(
        Group first,
        Group second,
        int tasks,
        boolean paired,
        double iqmDifference,
        Optional<Interval> iqmInterval,
        double meanDifference,
        Optional<Interval> meanInterval,
        double probability,
        Optional<Interval> probabilityInterval,
        Optional<Double> pValue) {
    /** Compares two groups; empty when they share no task. */
    static Optional<Comparison> of(Group first, Group second, Bootstrap bootstrap) {
        List<String> common = first.commonTasks(second);
        if (common.isEmpty()) {
            return Optional.empty();
        }
        Scores a = first.scores(Measure.FINAL, Quantity.SCORE, common);
        Scores b = second.scores(Measure.FINAL, Quantity.SCORE, common);
        boolean paired = first.seeds().equals(second.seeds());
        Optional<Interval> iqm = Optional.empty();
        Optional<Interval> mean = Optional.empty();
        Optional<Interval> wins = Optional.empty();
        Optional<Double> p = Optional.empty();
        if (Math.min(a.runs(), b.runs()) >= 2) {
            double[][] differences = differences(a, b, paired, bootstrap);
            iqm = Optional.of(Bootstrap.interval(differences[0], 0.95));
            p = Optional.of(Bootstrap.pValue(differences[0]));
            mean = Optional.of(Bootstrap.interval(differences[1], 0.95));
            wins = Optional.of(Bootstrap.interval(bootstrap.probabilityOfImprovement(a, b), 0.95));
        }
        return Optional.of(new Comparison(
                first,
                second,
                common.size(),
                paired,
                Aggregate.IQM.of(a) - Aggregate.IQM.of(b),
                iqm,
                Aggregate.MEAN.of(a) - Aggregate.MEAN.of(b),
                mean,
                new Improvement(a, b).probability(),
                wins,
                p));
    }

    private static double[][] differences(Scores a, Scores b, boolean paired, Bootstrap bootstrap) {
        return paired
                ? bootstrap.pairedDifferences(a, b, List.of(Aggregate.IQM, Aggregate.MEAN))
                : new double[][] {
                    bootstrap.independentDifference(a, b, Aggregate.IQM),
                    bootstrap.independentDifference(a, b, Aggregate.MEAN)
                };
    }
}
