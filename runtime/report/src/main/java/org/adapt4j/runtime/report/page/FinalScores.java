package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.figure.IntervalFigure;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Aggregate;
import org.adapt4j.runtime.report.judge.Grid;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Comparison;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Measure;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;
import org.adapt4j.runtime.report.study.Summary;

/** What methods reach in the end. */
final class FinalScores {
    private final Study study;
    private final Quantity main;
    private final String unit;
    private final boolean solved;

    private FinalScores(Study study) {
        this.study = study;
        main = study.mainQuantity();
        unit = main == Quantity.RETURN ? "return" : "score";
        solved = study.knowsSolved();
    }

    static Optional<Section> of(Study study) {
        if (study.groups().findAny().isEmpty()) {
            return Optional.empty();
        }
        FinalScores scores = new FinalScores(study);
        return Section.of(
                "scores",
                "Scores",
                Optional.of(scores.table()),
                scores.eachTask(),
                Optional.of(scores.iqm()),
                Gains.of(study));
    }

    private Table table() {
        Csv csv = new Csv(csvHead());
        List<Table.Row> rows = new ArrayList<>();
        for (Panel panel : study.panels()) {
            rows.add(Table.Row.heading(Look.heading(study, panel)));
            Set<String> best = best(panel);
            for (Group group : panel.groups()) {
                if (group.isEmpty()) {
                    rows.add(without(group));
                } else {
                    Table.Row row = row(panel, group);
                    rows.add(best.contains(group.method()) ? row.withBold(2) : row);
                    csv(csv, panel, group);
                }
            }
        }
        List<String> head = new ArrayList<>(List.of("method", "seeds \u00d7 tasks", "final " + unit));
        if (solved) {
            head.add("solved");
        }
        head.addAll(List.of("IQM", "optimality gap", "AUC", "jumpstart"));
        return new Table("scores", "Final scores on held-out tasks", head, 1, rows, notes(), csv.toString());
    }

    private Table.Row row(Panel panel, Group group) {
        Summary summary = study.summary(group);
        List<String> texts = new ArrayList<>(List.of(
                Phrases.name(group),
                group.seeds().size() + " \u00d7 " + group.tasks().size(),
                spread(group, Measure.FINAL, main)));
        if (solved) {
            texts.add(spread(group, Measure.FINAL, Quantity.SOLVED));
        }
        texts.add(aggregate(summary, Aggregate.IQM));
        texts.add(aggregate(summary, Aggregate.OPTIMALITY_GAP));
        texts.add(spread(group, Measure.AUC, main));
        texts.add(Gains.jumpstart(study, panel, group));
        return Table.Row.of(texts);
    }

    private static String spread(Group group, Measure measure, Quantity quantity) {
        return group.sample(measure, quantity)
                .map(sample -> Phrases.spread(sample, 2))
                .orElse("n/a");
    }

    /** The row of a method that cannot be here, or of which nothing is finished. */
    private Table.Row without(Group group) {
        List<String> texts = new ArrayList<>(Collections.nCopies(solved ? 8 : 7, Phrases.NONE));
        texts.set(0, group.method());
        texts.set(1, group.isNotApplicable() ? "n/a" : group.hasFinished() ? "no whole seed" : "no result");
        return Table.Row.of(texts);
    }

    private static String aggregate(Summary summary, Aggregate aggregate) {
        return Words.decimal(summary.point(aggregate), 2) + Phrases.brackets(summary.interval(aggregate));
    }

    private String[] csvHead() {
        List<String> head = new ArrayList<>(List.of("preset", "place", "method", "seeds", "tasks", "complete"));
        for (String mean : List.of("final_" + unit, "solved", "auc_" + unit, "start_" + unit)) {
            head.addAll(List.of(mean, mean + "_low", mean + "_high"));
        }
        for (String aggregate : List.of("iqm", "mean_score", "median_score", "optimality_gap")) {
            head.addAll(List.of(aggregate, aggregate + "_low", aggregate + "_high"));
        }
        return head.toArray(String[]::new);
    }

    private void csv(Csv csv, Panel panel, Group group) {
        List<String> fields = new ArrayList<>(List.of(
                panel.preset(),
                Labels.raw(panel.labels()),
                group.method(),
                Integer.toString(group.seeds().size()),
                Integer.toString(group.tasks().size()),
                group.isIncomplete() ? "no" : "yes"));
        List<Optional<Sample>> samples = List.of(
                group.sample(Measure.FINAL, main),
                group.sample(Measure.FINAL, Quantity.SOLVED),
                group.sample(Measure.AUC, main),
                group.sample(Measure.START, main));
        samples.forEach(sample -> numbers(fields, Phrases.mean(sample), Phrases.lowOf(sample), Phrases.highOf(sample)));
        Summary summary = study.summary(group);
        for (Aggregate aggregate : List.of(Aggregate.IQM, Aggregate.MEAN, Aggregate.MEDIAN, Aggregate.OPTIMALITY_GAP)) {
            Optional<Interval> interval = summary.interval(aggregate);
            numbers(fields, summary.point(aggregate), Phrases.low(interval), Phrases.high(interval));
        }
        csv.row(fields);
    }

    private static void numbers(List<String> fields, double... numbers) {
        DoubleStream.of(numbers).mapToObj(Csv::number).forEach(fields::add);
    }

    private List<String> notes() {
        boolean intervals = study.groups().anyMatch(group -> group.seeds().size() >= Judge.FEWEST);
        List<String> notes = new ArrayList<>();
        notes.add("Final " + unit + (solved ? ", solved" : "") + " and AUC: mean over tasks and seeds; AUC is the mean"
                + " height of the curve." + Phrases.spreads(study)
                + " IQM and optimality gap (goal 1, smaller is better) are of the final normalised scores"
                + (intervals
                        ? "; their intervals leave out one seed at a time. The IQM of one method some of whose seeds"
                                + " fail is unstable: it describes, and decides nothing."
                        : "."));
        study.baseline().ifPresent(name -> notes.add("Jumpstart: value before adaptation minus that of " + name + "."));
        notes.add(
                intervals
                        ? "Bold: the best mean of a block whose methods all have 5 seeds and the same tasks, and every method whose 95\u00a0%"
                                + " interval of the difference to it, for these tasks, includes 0."
                        : "Nothing is bold: with fewer than 5 seeds nothing can be told from chance.");
        study.panels()
                .forEach(panel -> panel.groups().stream()
                        .filter(Group::isNotApplicable)
                        .map(group -> group.method() + " is n/a for " + Look.heading(study, panel) + ", because: "
                                + group.cells().stream()
                                        .map(Cell::reason)
                                        .distinct()
                                        .collect(Collectors.joining("; ")))
                        .forEach(notes::add));
        notes.addAll(Phrases.daggers(study));
        return notes;
    }

    /** Methods in bold: none where no interval can be told. */
    private Set<String> best(Panel panel) {
        Set<String> names = new LinkedHashSet<>();
        List<Group> shown = panel.shown();
        boolean areAlike = shown.stream()
                .allMatch(group -> group.seeds().size() >= Judge.FEWEST
                        && group.tasks().equals(shown.get(0).tasks()));
        if (shown.size() < 2 || !areAlike) {
            return names;
        }
        Group top = shown.get(0);
        for (Group group : shown) {
            if (study.summary(group).point(Aggregate.MEAN) > study.summary(top).point(Aggregate.MEAN)) {
                top = group;
            }
        }
        double most = study.summary(top).point(Aggregate.MEAN);
        shown.stream()
                .filter(group -> study.summary(group).point(Aggregate.MEAN) == most)
                .forEach(group -> names.add(group.method()));
        for (Comparison pair : study.comparisons(panel)) {
            boolean withTop = pair.first() == top || pair.second() == top;
            if (withTop
                    && pair.leadInterval(About.THESE).filter(i -> i.contains(0)).isPresent()) {
                names.add(pair.first().method());
                names.add(pair.second().method());
            }
        }
        return names;
    }

    /** Returns of each task in its own units, where tasks are games rather than levels of one. */
    private Optional<Table> eachTask() {
        List<String> tasks = study.panels().stream()
                .flatMap(panel -> study.games(panel).stream())
                .distinct()
                .sorted(Study.taskOrder())
                .toList();
        if (tasks.isEmpty()) {
            return Optional.empty();
        }
        Csv csv = new Csv(
                "preset",
                "place",
                "method",
                "task",
                "seeds",
                "return",
                "return_low",
                "return_high",
                "score",
                "score_low",
                "score_high");
        List<Table.Row> rows = new ArrayList<>();
        for (Panel panel : study.panels()) {
            rows.add(Table.Row.heading(Look.heading(study, panel)));
            for (Group group : panel.groups()) {
                List<String> texts = new ArrayList<>(List.of(group.method()));
                for (String task : tasks) {
                    Optional<Sample> end = last(group, task, Quantity.RETURN);
                    texts.add(
                            end.map(s -> Phrases.spread(s, decimals(s.mean()))).orElse(Phrases.NONE));
                    if (end.isPresent()) {
                        Optional<Sample> score = last(group, task, Quantity.SCORE);
                        List<String> fields = new ArrayList<>(List.of(
                                panel.preset(),
                                Labels.raw(panel.labels()),
                                group.method(),
                                task,
                                Integer.toString(end.get().count())));
                        numbers(
                                fields,
                                Phrases.mean(end),
                                Phrases.lowOf(end),
                                Phrases.highOf(end),
                                Phrases.mean(score),
                                Phrases.lowOf(score),
                                Phrases.highOf(score));
                        csv.row(fields);
                    }
                }
                rows.add(Table.Row.of(texts));
            }
        }
        List<String> head = new ArrayList<>(List.of("method"));
        String folder = Look.commonFolder(tasks);
        tasks.forEach(task -> head.add(task.substring(folder.length())));
        return Optional.of(new Table(
                "task-scores",
                "Final returns on each held-out task",
                head,
                1,
                rows,
                List.of("Mean episode return at the last measuring point, in each task's own units: mean"
                        + " over the finished seeds." + Phrases.spreads(study)
                        + " The CSV has the normalised scores too."),
                csv.toString()));
    }

    private static Optional<Sample> last(Group group, String task, Quantity quantity) {
        double[] values =
                group.finished(task, quantity).stream().mapToDouble(Curve::last).toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Sample.of(values));
    }

    private static int decimals(double value) {
        return Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
    }

    /** The interquartile mean of each seed, where there are ten or fewer. */
    private static List<Double> seeds(Group group) {
        Grid scores = group.scores(Measure.FINAL, Quantity.SCORE);
        return scores.seedCount() == 1 || scores.seedCount() > Judge.RECOMMENDED
                ? List.of()
                : scores.seeds().stream()
                        .map(seed -> Aggregate.IQM.of(scores.only(List.of(seed))))
                        .toList();
    }

    private CaptionedFigure iqm() {
        List<IntervalFigure.Block> blocks = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<IntervalFigure.Row> rows = new ArrayList<>();
            for (Group group : panel.shown()) {
                double value = study.summary(group).point(Aggregate.IQM);
                Optional<Interval> interval = study.summary(group).interval(Aggregate.IQM);
                rows.add(new IntervalFigure.Row(
                        group.method(),
                        Look.ink(study, group.method()),
                        Look.form(study, group.method()),
                        value,
                        Phrases.low(interval),
                        Phrases.high(interval),
                        Words.decimal(value, 2) + Phrases.brackets(interval),
                        seeds(group)));
            }
            if (!rows.isEmpty()) {
                blocks.add(new IntervalFigure.Block(Look.heading(study, panel), rows));
            }
        }
        boolean some = study.groups().anyMatch(group -> group.seeds().size() >= Judge.FEWEST);
        return new CaptionedFigure(
                "iqm",
                "Interquartile mean of the final scores",
                "Interquartile mean of the normalised scores at the last measuring point, over seeds and held-out"
                        + " tasks. "
                        + (some
                                ? "Bars are 95\u00a0% intervals for these tasks, from leaving out one seed at a time. "
                                : "Fewer than 5 seeds have no interval. ")
                        + "Dots are single seeds, up to ten. Score 0 and 1 are the benchmark's own constants, not the range of the"
                        + " methods compared.",
                new IntervalFigure(
                        "Interquartile means with intervals",
                        "IQM of the normalised score",
                        Words::shortest,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        blocks));
    }
}
