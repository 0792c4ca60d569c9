package org.adapt4j.runtime.report.claim;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Quantity;

/** What the sides of a number do not share, so that a verdict must say on what it stands: seeds, budgets, and the steps of measuring. */
record Unshared(List<Group> groups) {
    /** Steps that differ by no more of a curve's length are the same: what an update may spend beyond a point. */
    private static final double OVERSHOOT = 0.01;

    /** Says which seeds count where methods have others. */
    Optional<String> seeds() {
        List<List<Integer>> seeds = groups.stream().map(Group::plannedSeeds).toList();
        return seeds.stream().distinct().count() == 1
                ? Optional.empty()
                : Optional.of("Seeds differ, "
                        + each(group -> Words.plural(group.plannedSeeds().size(), "seed")) + ": "
                        + (Contrast.arePaired(seeds)
                                ? "only the " + Contrast.agree(seeds).get(0).size()
                                        + " that all of them have count here"
                                : "so they are not paired"));
    }

    /** Says that ends are compared that lie at other steps. */
    Optional<String> budgets(String scale) {
        return groups.stream().allMatch(group -> group.isAsLongAs(groups.get(0)))
                ? Optional.empty()
                : Optional.of("Budgets differ, each is taken at its own end: "
                        + each(group -> Words.steps(group.end()) + " " + scale));
    }

    /** Says that starts are compared of curves that begin at other steps, or after adaptation did. */
    Optional<String> starts(String scale) {
        List<Double> starts =
                curves().stream().map(curve -> curve.x()[0]).distinct().toList();
        boolean isOne = starts.size() == 1;
        return starts.isEmpty() || isOne && starts.get(0) == 0
                ? Optional.empty()
                : Optional.of(
                        isOne
                                ? "First measured at " + Words.steps(Math.round(starts.get(0))) + " " + scale
                                        + ", not before adaptation"
                                : "First measured at other steps: " + each(group -> begins(group) + " " + scale));
    }

    /** "0", or "0 or 240" where seeds differ. */
    private static String begins(Group group) {
        return group.seedCurves(Quantity.SCORE).stream()
                .map(curve -> Words.steps(Math.round(curve.x()[0])))
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** Says that heights are compared of curves that were measured at other steps. */
    Optional<String> heights(String scale) {
        return areMeasuredAlike()
                ? Optional.empty()
                : Optional.of(
                        "Measured at other steps, so heights are of other stretches, or of other points between which curves are read"
                                + " linearly: " + each(group -> stretches(group) + " " + scale));
    }

    private boolean areMeasuredAlike() {
        List<double[]> steps = curves().stream().map(Curve::x).toList();
        return steps.stream().allMatch(x -> isAlike(x, steps.get(0)));
    }

    private static boolean isAlike(double[] x, double[] other) {
        double allowed = OVERSHOOT * other[other.length - 1];
        return x.length == other.length
                && IntStream.range(0, x.length).allMatch(i -> Math.abs(x[i] - other[i]) <= allowed);
    }

    private static String stretches(Group group) {
        return group.seedCurves(Quantity.SCORE).stream()
                .map(Unshared::stretch)
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /** "3 points from 0 to 100 k". */
    private static String stretch(Curve curve) {
        double[] x = curve.x();
        return Words.plural(x.length, "point") + " from " + Words.steps(Math.round(x[0])) + " to "
                + Words.steps(Math.round(x[x.length - 1]));
    }

    /** Of every seed; none before every side has some. */
    private List<Curve> curves() {
        List<List<Curve>> all =
                groups.stream().map(group -> group.seedCurves(Quantity.SCORE)).toList();
        return all.stream().anyMatch(List::isEmpty)
                ? List.of()
                : all.stream().flatMap(List::stream).toList();
    }

    private String each(Function<Group, String> what) {
        return groups.stream()
                .map(group -> group.method() + Asking.at(group.labels()) + " " + what.apply(group))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
