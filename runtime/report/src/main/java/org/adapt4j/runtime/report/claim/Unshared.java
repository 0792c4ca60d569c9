package org.adapt4j.runtime.report.claim;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.statistics.Aligned;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Quantity;

/** What the sides of a number do not share, so that a verdict must say on what it stands: seeds, budgets, and the steps of measuring. */
record Unshared(List<Group> groups) {

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

    /** Says that starts are compared of curves that begin at other steps. */
    Optional<String> starts(String scale) {
        return !areMeasured()
                        || curves().stream()
                                        .mapToDouble(curve -> curve.x()[0])
                                        .distinct()
                                        .count()
                                == 1
                ? Optional.empty()
                : Optional.of("First measured at other steps: "
                        + each(group -> Words.steps(Math.round(curve(group).x()[0])) + " " + scale));
    }

    /** Says that heights are compared of curves that were measured at other steps. */
    Optional<String> heights(String scale) {
        return !areMeasured() || Aligned.areAlike(curves())
                ? Optional.empty()
                : Optional.of(
                        "Measured at other steps, so heights are of other stretches, or of other points between which curves are read"
                                + " linearly: " + each(group -> stretch(curve(group)) + " " + scale));
    }

    /** "3 points from 0 to 100 k". */
    private static String stretch(Curve curve) {
        double[] x = curve.x();
        return Words.plural(x.length, "point") + " from " + Words.steps(Math.round(x[0])) + " to "
                + Words.steps(Math.round(x[x.length - 1]));
    }

    private boolean areMeasured() {
        return groups.stream()
                .noneMatch(group -> group.seedCurves(Quantity.SCORE).isEmpty());
    }

    private List<Curve> curves() {
        return groups.stream().map(Unshared::curve).toList();
    }

    /** Of its first seed; all are measured alike. */
    private static Curve curve(Group group) {
        return group.seedCurves(Quantity.SCORE).get(0);
    }

    private String each(Function<Group, String> what) {
        return groups.stream()
                .map(group -> group.method() + Asking.at(group.labels()) + " " + what.apply(group))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
