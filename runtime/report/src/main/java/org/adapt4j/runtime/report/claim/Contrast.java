package org.adapt4j.runtime.report.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.statistics.Aggregate;
import org.adapt4j.runtime.report.statistics.Bootstrap;
import org.adapt4j.runtime.report.statistics.Scores;
import org.adapt4j.runtime.report.study.Group;

/**
 * A weighted sum of means over the tasks that all its groups have, with its bootstrap interval; immutable.
 *
 * <p>With equal seeds the rows of all groups are resampled together, otherwise each group by itself.
 */
final class Contrast {
    private final List<Term> terms;
    private final List<String> only;

    private Contrast(List<Term> terms, List<String> only) {
        this.terms = List.copyOf(terms);
        this.only = List.copyOf(only);
    }

    /** A weight, the yardstick's sign in it. */
    private record Term(double weight, Group group, Yardstick measure) {}

    static Contrast of(Group group, Yardstick measure) {
        return new Contrast(List.of(new Term(measure.sign(), group, measure)), List.of());
    }

    Contrast minus(Group group, Yardstick measure) {
        return and(-1, group, measure);
    }

    Contrast and(double weight, Group group, Yardstick measure) {
        List<Term> more = new ArrayList<>(terms);
        more.add(new Term(weight * measure.sign(), group, measure));
        return new Contrast(more, only);
    }

    /** The same on some tasks; on all where none is named. */
    Contrast on(List<String> tasks) {
        return new Contrast(terms, tasks);
    }

    /** The tasks it stands on. */
    List<String> tasks() {
        List<String> common = new ArrayList<>(terms.get(0).group().tasks());
        terms.forEach(term -> common.retainAll(term.group().tasks()));
        common.removeIf(task -> !only.isEmpty() && !only.contains(task));
        return common;
    }

    /** Empty when the groups have no task in common, or were not measured so. */
    Optional<Verdict.Evidence> evaluate(String what, Bootstrap bootstrap) {
        List<String> common = tasks();
        if (common.isEmpty() || !terms.stream().allMatch(term -> term.measure().knows(term.group()))) {
            return Optional.empty();
        }
        List<Scores> tables = terms.stream()
                .map(term -> term.measure().scores(term.group(), common))
                .toList();
        double value = 0;
        for (int i = 0; i < tables.size(); i++) {
            value += terms.get(i).weight() * Aggregate.MEAN.of(tables.get(i));
        }
        boolean paired = terms.stream()
                .allMatch(
                        term -> term.group().seeds().equals(terms.get(0).group().seeds()));
        boolean enough = tables.stream().allMatch(table -> table.runs() >= 2);
        Optional<Interval> interval = enough
                ? Optional.of(Bootstrap.interval(replicates(tables, paired, bootstrap), 0.95))
                : Optional.empty();
        return Optional.of(new Verdict.Evidence(what, value, interval, paired && terms.size() > 1));
    }

    private double[] replicates(List<Scores> tables, boolean paired, Bootstrap bootstrap) {
        if (paired) {
            Scores sum = tables.get(0).plus(terms.get(0).weight() - 1, tables.get(0));
            for (int i = 1; i < tables.size(); i++) {
                sum = sum.plus(terms.get(i).weight(), tables.get(i));
            }
            return bootstrap.replicates(sum, Aggregate.MEAN);
        }
        double[] total = new double[bootstrap.replicates()];
        for (int i = 0; i < tables.size(); i++) {
            double[] own = new Bootstrap(bootstrap.replicates(), bootstrap.seed() + i)
                    .replicates(tables.get(i), Aggregate.MEAN);
            for (int b = 0; b < total.length; b++) {
                total[b] += terms.get(i).weight() * own[b];
            }
        }
        return total;
    }
}
