package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.statistics.Aligned;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.statistics.Transfer;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** What is gained over starting from nothing, from mean curves over the tasks that both have. */
final class Gains {
    private static final int LAST_POINTS = 2;

    private Gains() {}

    /** The curve of a method and that of the baseline beside it. */
    private record Beside(Curve own, Curve base) {
        static Optional<Beside> of(Study study, Panel panel, Group group) {
            Quantity main = study.mainQuantity();
            return study.baseline()
                    .flatMap(panel::group)
                    .filter(base -> base != group && !base.commonTasks(group).isEmpty())
                    .flatMap(base -> meanCurve(group, base, main)
                            .flatMap(own -> meanCurve(base, group, main).map(other -> new Beside(own, other))));
        }

        /** Mean curve of a group over the tasks it has in common with another. */
        private static Optional<Curve> meanCurve(Group group, Group other, Quantity quantity) {
            List<String> common =
                    group.tasks().stream().filter(other.tasks()::contains).toList();
            List<Curve> seeds = group.seedCurves(quantity, common);
            return seeds.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Aligned.of(seeds).mean());
        }
    }

    /** How much higher a method begins than the baseline. */
    static String jumpstart(Study study, Panel panel, Group group) {
        return Beside.of(study, panel, group)
                .map(beside -> signed(Transfer.jumpstart(beside.own(), beside.base()), Phrases.NONE))
                .orElse(Phrases.NONE);
    }

    private static String signed(OptionalDouble number, String otherwise) {
        return number.isPresent() ? Words.signed(number.getAsDouble(), 2) : otherwise;
    }

    static Optional<Table> of(Study study) {
        Csv csv = new Csv(
                "preset",
                "place",
                "method",
                "jumpstart",
                "asymptotic_gain",
                "transfer_ratio",
                "adaptation_gain",
                "steps_to_threshold",
                "scratch_steps_to_threshold",
                "threshold");
        List<Table.Row> rows = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<Table.Row> block = new ArrayList<>();
            for (Group group : panel.shown()) {
                Beside.of(study, panel, group).ifPresent(beside -> {
                    double threshold = beside.base().last();
                    Transfer transfer = Transfer.of(beside.own(), beside.base(), LAST_POINTS, threshold);
                    block.add(row(group, transfer));
                    csv(csv, panel, group, transfer, threshold);
                });
            }
            if (!block.isEmpty()) {
                rows.add(Table.Row.heading(Look.heading(study, panel)));
                rows.addAll(block);
            }
        }
        return rows.isEmpty() ? Optional.empty() : study.baseline().map(base -> table(study, base, rows, csv));
    }

    private static Table table(Study study, String base, List<Table.Row> rows, Csv csv) {
        return new Table(
                "transfer",
                "What was gained over " + base,
                List.of(
                        "method",
                        "jumpstart",
                        "asymptotic gain",
                        "transfer ratio",
                        "adaptation gain",
                        "steps to the final value of " + base),
                1,
                rows,
                List.of("From the mean curves (" + study.label(study.mainQuantity())
                        + ") over the tasks both have; they describe, intervals stand with the pairs; n/a: not measured at step 0, or over as many steps. Jumpstart: difference before adaptation."
                        + " Asymptotic gain: difference of the means of the last " + LAST_POINTS
                        + " points. Transfer ratio: difference of the areas, divided by the area of " + base
                        + ". Adaptation gain: last value minus first. Steps: first crossing, method / " + base
                        + "; \u201cnever\u201d is censored at the budget."),
                csv.toString());
    }

    private static Table.Row row(Group group, Transfer transfer) {
        return Table.Row.of(
                Phrases.name(group),
                signed(transfer.jumpstart(), "n/a"),
                Words.signed(transfer.asymptoticGain(), 2),
                signed(transfer.ratio(), "n/a"),
                signed(transfer.adaptationGain(), "n/a"),
                steps(transfer.timeToThreshold()) + " / " + steps(transfer.scratchTimeToThreshold()));
    }

    private static void csv(Csv csv, Panel panel, Group group, Transfer transfer, double threshold) {
        csv.row(
                panel.preset(),
                Labels.raw(panel.labels()),
                group.method(),
                Csv.number(transfer.jumpstart().orElse(Double.NaN)),
                Csv.number(transfer.asymptoticGain()),
                Csv.number(transfer.ratio().orElse(Double.NaN)),
                Csv.number(transfer.adaptationGain().orElse(Double.NaN)),
                Csv.number(transfer.timeToThreshold().orElse(Double.NaN)),
                Csv.number(transfer.scratchTimeToThreshold().orElse(Double.NaN)),
                Csv.number(threshold));
    }

    private static String steps(OptionalDouble steps) {
        return steps.isPresent() ? Words.steps(Math.rint(steps.getAsDouble())) : "never";
    }
}
