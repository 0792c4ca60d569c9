package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.claim.Verdict;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Published;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.statistics.Aggregate;
import org.adapt4j.runtime.report.statistics.Band;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.statistics.Holm;
import org.adapt4j.runtime.report.statistics.Interval;
import org.adapt4j.runtime.report.statistics.Sample;
import org.adapt4j.runtime.report.statistics.Transfer;
import org.adapt4j.runtime.report.study.Comparison;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Measure;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Shots;
import org.adapt4j.runtime.report.study.Study;
import org.adapt4j.runtime.report.study.Summary;

/** Builds the tables of a study. */
public final class Tables {
    private static final int LAST_POINTS = 2;

    private final Study study;

    private Tables(Study study) {
        this.study = study;
    }

    /** All tables there are numbers for, in the order of the page. */
    public static List<Table> of(Study study, List<Verdict> verdicts) {
        Tables tables = new Tables(study);
        List<Table> all = new ArrayList<>();
        if (study.groups().findAny().isPresent()) {
            all.add(tables.scores());
            tables.taskScores().ifPresent(all::add);
            tables.shots(Quantity.ACTION_LOSS).ifPresent(all::add);
            tables.shots(Quantity.RETURN).ifPresent(all::add);
            tables.transfer().ifPresent(all::add);
            tables.pairs().ifPresent(all::add);
        }
        if (!verdicts.isEmpty()) {
            all.add(claims(verdicts));
        }
        tables.beliefs().ifPresent(all::add);
        tables.pretraining().ifPresent(all::add);
        all.add(tables.time());
        return all;
    }

    /** " [0.42, 0.61]". */
    static String brackets(Interval interval) {
        return " [" + Words.decimal(interval.low(), 2) + ", " + Words.decimal(interval.high(), 2) + "]";
    }

    private static String plusMinus(Sample sample, int decimals) {
        String mean = Words.decimal(sample.mean(), decimals);
        OptionalDouble error = sample.standardError();
        return error.isPresent() ? mean + " \u00b1 " + Words.decimal(error.getAsDouble(), decimals) : mean;
    }

    private static String name(Group group) {
        return group.method() + (group.isIncomplete() ? " \u2020" : "");
    }

    private static List<String> csvPlace(Panel panel, String method) {
        return List.of(panel.preset(), Labels.raw(panel.labels()), method);
    }

    private static void csv(Csv csv, List<String> place, double... numbers) {
        List<String> fields = new ArrayList<>(place);
        for (double number : numbers) {
            fields.add(Csv.number(number));
        }
        csv.row(fields);
    }

    private static double low(Optional<Interval> interval) {
        return interval.map(Interval::low).orElse(Double.NaN);
    }

    private static double high(Optional<Interval> interval) {
        return interval.map(Interval::high).orElse(Double.NaN);
    }

    private static double error(Optional<Sample> sample) {
        return sample.map(s -> s.standardError().orElse(Double.NaN)).orElse(Double.NaN);
    }

    private static double mean(Optional<Sample> sample) {
        return sample.map(Sample::mean).orElse(Double.NaN);
    }

    private Table scores() {
        Quantity main = study.mainQuantity();
        String unit = main == Quantity.RETURN ? "return" : "score";
        boolean solved = study.knowsSolved();
        Csv csv = new Csv(
                "preset",
                "place",
                "method",
                "seeds",
                "tasks",
                "complete",
                "final_" + unit,
                "final_" + unit + "_se",
                "solved",
                "solved_se",
                "auc_" + unit,
                "auc_" + unit + "_se",
                "start_" + unit,
                "start_" + unit + "_se",
                "iqm",
                "iqm_low",
                "iqm_high",
                "mean_score",
                "mean_score_low",
                "mean_score_high",
                "median_score",
                "median_score_low",
                "median_score_high",
                "optimality_gap",
                "optimality_gap_low",
                "optimality_gap_high");
        List<Table.Row> rows = new ArrayList<>();
        for (Panel panel : study.panels()) {
            rows.add(Table.Row.heading(Figures.heading(study, panel.preset(), panel.labels())));
            Set<String> best = best(panel);
            for (Group group : panel.groups()) {
                if (group.isEmpty()) {
                    rows.add(without(group, solved));
                    continue;
                }
                Summary summary = study.summary(group);
                Optional<Sample> end = group.sample(Measure.FINAL, main);
                Optional<Sample> share = group.sample(Measure.FINAL, Quantity.SOLVED);
                Optional<Sample> area = group.sample(Measure.AUC, main);
                Optional<Sample> start = group.sample(Measure.START, main);
                List<String> texts = new ArrayList<>(List.of(
                        name(group),
                        group.seeds().size() + " \u00d7 " + group.tasks().size(),
                        end.map(s -> plusMinus(s, 2)).orElse("n/a")));
                if (solved) {
                    texts.add(share.map(s -> plusMinus(s, 2)).orElse("n/a"));
                }
                texts.add(aggregate(summary, Aggregate.IQM));
                texts.add(aggregate(summary, Aggregate.OPTIMALITY_GAP));
                texts.add(area.map(s -> plusMinus(s, 2)).orElse("n/a"));
                texts.add(jumpstart(panel, group, main));
                Table.Row row = Table.Row.of(texts.toArray(String[]::new));
                rows.add(best.contains(group.method()) ? row.withBold(2) : row);
                List<String> place = new ArrayList<>(csvPlace(panel, group.method()));
                place.add(Integer.toString(group.seeds().size()));
                place.add(Integer.toString(group.tasks().size()));
                place.add(group.isIncomplete() ? "no" : "yes");
                csv(
                        csv,
                        place,
                        mean(end),
                        error(end),
                        mean(share),
                        error(share),
                        mean(area),
                        error(area),
                        mean(start),
                        error(start),
                        summary.point(Aggregate.IQM),
                        low(summary.interval(Aggregate.IQM)),
                        high(summary.interval(Aggregate.IQM)),
                        summary.point(Aggregate.MEAN),
                        low(summary.interval(Aggregate.MEAN)),
                        high(summary.interval(Aggregate.MEAN)),
                        summary.point(Aggregate.MEDIAN),
                        low(summary.interval(Aggregate.MEDIAN)),
                        high(summary.interval(Aggregate.MEDIAN)),
                        summary.point(Aggregate.OPTIMALITY_GAP),
                        low(summary.interval(Aggregate.OPTIMALITY_GAP)),
                        high(summary.interval(Aggregate.OPTIMALITY_GAP)));
            }
        }
        List<String> head = new ArrayList<>(List.of("method", "seeds \u00d7 tasks", "final " + unit));
        if (solved) {
            head.add("solved");
        }
        head.addAll(List.of("IQM", "optimality gap", "AUC", "jumpstart"));
        List<String> notes = new ArrayList<>();
        boolean intervals = study.groups().anyMatch(group -> group.seeds().size() > 1);
        notes.add("Final " + unit + (solved ? ", solved" : "") + " and AUC: mean over the tasks"
                + (intervals ? ", then mean \u00b1 standard error over seeds" : " of the one seed")
                + ". AUC is the mean height of the curve. IQM and optimality gap (goal 1, smaller is better) are of"
                + " the final normalised"
                + " scores" + (intervals ? ", with 95\u00a0% stratified bootstrap intervals." : "."));
        study.baseline().ifPresent(name -> notes.add("Jumpstart: value before adaptation minus that of " + name + "."));
        notes.add(
                intervals
                        ? "Bold: the best mean of a block, and every method whose 95\u00a0% interval of the difference"
                                + " to it includes 0."
                        : "Nothing is bold: with one seed nothing can be told from chance.");
        study.panels()
                .forEach(panel -> panel.groups().stream()
                        .filter(Group::isNotApplicable)
                        .map(group -> group.method() + " is n/a for "
                                + Figures.heading(study, panel.preset(), panel.labels()) + ", because: "
                                + group.cells().stream()
                                        .map(Cell::reason)
                                        .distinct()
                                        .collect(Collectors.joining("; ")))
                        .forEach(notes::add));
        notes.addAll(incomplete());
        return new Table("scores", "Final scores on held-out tasks", head, 1, rows, notes, csv.toString());
    }

    /** What methods make of more and more demonstrations, beside what was published of them. */
    private Optional<Table> shots(Quantity quantity) {
        List<Shots> series = study.shots();
        List<Integer> numbers = Shots.numbers(series);
        Csv csv = new Csv("preset", "place", "method", "demonstrations", "seeds", "tasks", "value", "value_se");
        List<Table.Row> rows = new ArrayList<>();
        boolean any = false;
        Set<String> sources = new LinkedHashSet<>();
        for (Shots shots : series) {
            rows.add(Table.Row.heading(Figures.heading(study, shots.preset(), shots.labels())));
            for (String method : shots.methods()) {
                Map<Integer, Group> groups = shots.groups(method, quantity);
                List<String> texts = new ArrayList<>(
                        List.of(method + (groups.values().stream().anyMatch(Group::isIncomplete) ? " \u2020" : "")));
                for (int number : numbers) {
                    Optional<Group> group = Optional.ofNullable(groups.get(number));
                    Optional<Sample> sample = group.flatMap(g -> g.sample(Measure.FINAL, quantity));
                    any |= sample.isPresent();
                    texts.add(sample.map(s -> plusMinus(s, decimals(quantity))).orElse("\u2013"));
                    if (group.isPresent() && sample.isPresent()) {
                        List<String> place =
                                new ArrayList<>(List.of(shots.preset(), Labels.raw(shots.labels()), method));
                        place.add(Integer.toString(number));
                        place.add(Integer.toString(group.get().seeds().size()));
                        place.add(Integer.toString(group.get().tasks().size()));
                        csv(csv, place, sample.get().mean(), error(sample));
                    }
                }
                rows.add(Table.Row.of(texts.toArray(String[]::new)));
                for (Published published : study.run().published()) {
                    Map<Integer, Double> values =
                            quantity == Quantity.ACTION_LOSS ? published.actionLoss() : published.returns();
                    if (published.method().equals(method) && !values.isEmpty()) {
                        sources.add(published.source());
                        rows.add(Table.Row.of(Stream.concat(
                                        Stream.of("\u00a0\u00a0published"),
                                        numbers.stream()
                                                .map(number -> values.containsKey(number)
                                                        ? Words.decimal(values.get(number), decimals(quantity))
                                                        : "\u2013"))
                                .toArray(String[]::new)));
                    }
                }
            }
        }
        List<String> head = new ArrayList<>(List.of("demonstrations"));
        numbers.forEach(number -> head.add(Integer.toString(number)));
        List<String> notes = new ArrayList<>();
        notes.add(Words.capital(study.label(quantity))
                + " at the end of adaptation, mean over the tasks, \u00b1 standard error over seeds where there"
                + " are two or more"
                + (quantity == Quantity.ACTION_LOSS
                        ? "; on demonstrations that were not shown, less is better."
                        : "."));
        sources.forEach(source -> notes.add("Published: " + source + "."));
        notes.addAll(incomplete());
        return any
                ? Optional.of(new Table(
                        "shots-" + quantity.key(),
                        Words.capital(study.label(quantity)) + " over numbers of demonstrations",
                        head,
                        1,
                        rows,
                        notes,
                        csv.toString()))
                : Optional.empty();
    }

    private static int decimals(Quantity quantity) {
        return quantity == Quantity.ACTION_LOSS ? 4 : 1;
    }

    /** Returns of each task in its own units, where tasks are games rather than levels of one. */
    private Optional<Table> taskScores() {
        List<String> tasks = study.panels().stream()
                .flatMap(panel -> study.games(panel).stream())
                .distinct()
                .sorted(Study.taskOrder())
                .toList();
        Csv csv = new Csv("preset", "place", "method", "task", "seeds", "return", "return_se", "score", "score_se");
        List<Table.Row> rows = new ArrayList<>();
        for (Panel panel : study.panels()) {
            rows.add(Table.Row.heading(Figures.heading(study, panel.preset(), panel.labels())));
            for (Group group : panel.groups()) {
                List<String> texts = new ArrayList<>(List.of(group.method()));
                for (String task : tasks) {
                    Optional<Sample> end = last(group, task, Quantity.RETURN);
                    Optional<Sample> score = last(group, task, Quantity.SCORE);
                    texts.add(end.map(s -> plusMinus(s, decimals(s.mean()))).orElse("\u2013"));
                    if (end.isPresent()) {
                        List<String> place = new ArrayList<>(csvPlace(panel, group.method()));
                        place.add(task);
                        place.add(Integer.toString(end.get().count()));
                        csv(csv, place, mean(end), error(end), mean(score), error(score));
                    }
                }
                rows.add(Table.Row.of(texts.toArray(String[]::new)));
            }
        }
        List<String> head = new ArrayList<>(List.of("method"));
        String folder = Figures.commonFolder(tasks);
        tasks.forEach(task -> head.add(task.substring(folder.length())));
        return tasks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "task-scores",
                        "Final returns on each held-out task",
                        head,
                        1,
                        rows,
                        List.of("Mean episode return at the last measuring point, in each task's own units: mean"
                                + " \u00b1 standard error over the finished seeds. The CSV has the normalised"
                                + " scores too."),
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

    /** The row of a method that cannot be here, or of which nothing is finished. */
    private static Table.Row without(Group group, boolean solved) {
        String[] texts = new String[solved ? 8 : 7];
        Arrays.fill(texts, "\u2013");
        texts[0] = group.method();
        texts[1] = group.isNotApplicable() ? "n/a" : "no result";
        return Table.Row.of(texts);
    }

    private static String aggregate(Summary summary, Aggregate aggregate) {
        return Words.decimal(summary.point(aggregate), 2)
                + summary.interval(aggregate).map(Tables::brackets).orElse("");
    }

    /** Methods in bold: none where no interval can be told. */
    private Set<String> best(Panel panel) {
        Set<String> names = new LinkedHashSet<>();
        List<Group> shown = panel.shown();
        if (shown.size() < 2 || shown.stream().anyMatch(group -> group.seeds().size() < 2)) {
            return names;
        }
        Group top = shown.get(0);
        for (Group group : shown) {
            if (study.summary(group).point(Aggregate.MEAN) > study.summary(top).point(Aggregate.MEAN)) {
                top = group;
            }
        }
        names.add(top.method());
        for (Comparison pair : study.comparisons(panel)) {
            boolean withTop = pair.first() == top || pair.second() == top;
            if (withTop && pair.meanInterval().filter(i -> i.contains(0)).isPresent()) {
                names.add(pair.first().method());
                names.add(pair.second().method());
            }
        }
        return names;
    }

    private List<String> incomplete() {
        return study.panels().stream()
                .flatMap(panel -> panel.shown().stream()
                        .filter(Group::isIncomplete)
                        .map(group -> "\u2020 " + group.method() + ", "
                                + Figures.heading(study, panel.preset(), panel.labels()) + ": stands on "
                                + group.seeds().size() + " of "
                                + Words.plural(group.plannedSeeds().size(), "seed") + " and "
                                + group.tasks().size()
                                + " of " + Words.plural(group.plannedTasks().size(), "task") + "; without result: "
                                + group.missing().stream()
                                        .map(cell -> cell.task().orElse("all tasks") + " seed " + cell.seed() + " ("
                                                + cell.state().label() + ")")
                                        .collect(Collectors.joining(", "))
                                + "."))
                .distinct()
                .toList();
    }

    private Optional<Group> baseline(Panel panel, Group group) {
        return study.baseline()
                .flatMap(panel::group)
                .filter(base -> base != group && !base.commonTasks(group).isEmpty());
    }

    private String jumpstart(Panel panel, Group group, Quantity main) {
        return baseline(panel, group)
                .flatMap(base -> meanCurve(group, base, main)
                        .flatMap(own ->
                                meanCurve(base, group, main).map(from -> Words.signed(own.first() - from.first(), 2))))
                .orElse("\u2013");
    }

    /** Mean curve of a group over the tasks it has in common with another. */
    private static Optional<Curve> meanCurve(Group group, Group other, Quantity quantity) {
        List<Curve> seeds = group.seedCurves(quantity, group.commonTasks(other));
        return seeds.isEmpty() ? Optional.empty() : Band.meanOverTasks(seeds, Band.gridOf(seeds));
    }

    private Optional<Table> transfer() {
        if (study.baseline().isEmpty()) {
            return Optional.empty();
        }
        Quantity main = study.mainQuantity();
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
                Optional<Group> from = baseline(panel, group);
                Optional<Curve> own = from.flatMap(other -> meanCurve(group, other, main));
                Optional<Curve> base = from.flatMap(other -> meanCurve(other, group, main));
                if (own.isEmpty() || base.isEmpty()) {
                    continue;
                }
                double threshold = base.get().last();
                Transfer transfer = Transfer.of(own.get(), base.get(), LAST_POINTS, threshold);
                block.add(Table.Row.of(
                        name(group),
                        Words.signed(transfer.jumpstart(), 2),
                        Words.signed(transfer.asymptoticGain(), 2),
                        transfer.ratio().isPresent()
                                ? Words.signed(transfer.ratio().getAsDouble(), 2)
                                : "n/a",
                        Words.signed(transfer.adaptationGain(), 2),
                        steps(transfer.timeToThreshold()) + " / " + steps(transfer.scratchTimeToThreshold())));
                csv(
                        csv,
                        csvPlace(panel, group.method()),
                        transfer.jumpstart(),
                        transfer.asymptoticGain(),
                        transfer.ratio().orElse(Double.NaN),
                        transfer.adaptationGain(),
                        transfer.timeToThreshold().orElse(Double.NaN),
                        transfer.scratchTimeToThreshold().orElse(Double.NaN),
                        threshold);
            }
            if (!block.isEmpty()) {
                rows.add(Table.Row.heading(Figures.heading(study, panel.preset(), panel.labels())));
                rows.addAll(block);
            }
        }
        String base = study.baseline().get();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
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
                        List.of("From the mean curves (" + study.label(main)
                                + ") over the tasks both have. Jumpstart: difference before adaptation."
                                + " Asymptotic gain: difference of the means of the last " + LAST_POINTS
                                + " points. Transfer ratio: difference of the areas, divided by the area of " + base
                                + ". Adaptation gain: last value minus first. Steps: first crossing, method / " + base
                                + "; \u201cnever\u201d is censored at the budget."),
                        csv.toString()));
    }

    private static String steps(OptionalDouble steps) {
        return steps.isPresent() ? Words.steps(Math.rint(steps.getAsDouble())) : "never";
    }

    private Optional<Table> pairs() {
        Csv csv = new Csv(
                "preset",
                "place",
                "first",
                "second",
                "tasks",
                "paired",
                "iqm_difference",
                "iqm_low",
                "iqm_high",
                "probability",
                "probability_low",
                "probability_high",
                "p",
                "p_holm");
        List<Table.Row> rows = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<Comparison> pairs = study.comparisons(panel);
            if (pairs.isEmpty()) {
                continue;
            }
            rows.add(Table.Row.heading(Figures.heading(study, panel.preset(), panel.labels())));
            List<Comparison> tested =
                    pairs.stream().filter(pair -> pair.pValue().isPresent()).toList();
            double[] adjusted = Holm.adjust(tested.stream()
                    .mapToDouble(pair -> pair.pValue().orElseThrow())
                    .toArray());
            for (Comparison pair : pairs) {
                int index = tested.indexOf(pair);
                rows.add(Table.Row.of(
                        pair.first().method() + " \u2212 " + pair.second().method(),
                        Words.signed(pair.iqmDifference(), 2)
                                + pair.iqmInterval().map(Tables::brackets).orElse(""),
                        Words.decimal(pair.probability(), 2)
                                + pair.probabilityInterval()
                                        .map(Tables::brackets)
                                        .orElse(""),
                        index < 0 ? "\u2013" : p(adjusted[index]),
                        pair.paired() ? "paired" : "independent"));
                csv.row(
                        panel.preset(),
                        Labels.raw(panel.labels()),
                        pair.first().method(),
                        pair.second().method(),
                        Integer.toString(pair.tasks()),
                        pair.paired() ? "yes" : "no",
                        Csv.number(pair.iqmDifference()),
                        Csv.number(low(pair.iqmInterval())),
                        Csv.number(high(pair.iqmInterval())),
                        Csv.number(pair.probability()),
                        Csv.number(low(pair.probabilityInterval())),
                        Csv.number(high(pair.probabilityInterval())),
                        Csv.number(pair.pValue().orElse(Double.NaN)),
                        index < 0 ? "" : Csv.number(adjusted[index]));
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "pairs",
                        "Pairs of methods",
                        List.of("pair", "IQM difference", "P(first > second)", "p (Holm)", "resampling"),
                        1,
                        rows,
                        pairNotes(
                                "Final normalised scores on the tasks both methods have. Intervals are 95\u00a0%; p is"
                                        + " two-sided from the bootstrap of the IQM difference, corrected after Holm"
                                        + " within each block. Paired: both methods have the same seeds and are resampled"
                                        + " together."),
                        csv.toString()));
    }

    private List<String> pairNotes(String definition) {
        boolean few = study.groups()
                .anyMatch(group -> group.seeds().size() > 1 && group.seeds().size() < 5);
        return few
                ? List.of(
                        definition,
                        "With fewer than 5 seeds the bootstrap sees too little of the spread: intervals are too narrow"
                                + " and p is too small. Do not quote them as significance.")
                : List.of(definition);
    }

    private static String p(double value) {
        return value < 0.001 ? "< 0.001" : Words.decimal(value, 3);
    }

    private static Table claims(List<Verdict> verdicts) {
        Csv csv = new Csv("claim", "preset", "outcome", "because", "evidence", "value", "low", "high", "paired");
        List<Table.Row> rows = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            rows.add(Table.Row.of(
                    verdict.claim(), verdict.preset(), verdict.outcome().label(), verdict.because()));
            if (verdict.evidence().isEmpty()) {
                csv.row(
                        verdict.claim(),
                        verdict.preset(),
                        verdict.outcome().label(),
                        verdict.because(),
                        "",
                        "",
                        "",
                        "",
                        "");
            }
            for (Verdict.Evidence number : verdict.evidence()) {
                csv.row(
                        verdict.claim(),
                        verdict.preset(),
                        verdict.outcome().label(),
                        verdict.because(),
                        number.what(),
                        Csv.number(number.value()),
                        Csv.number(low(number.interval())),
                        Csv.number(high(number.interval())),
                        number.paired() ? "yes" : "no");
            }
        }
        return new Table(
                "claims",
                "Claims",
                List.of("claim", "preset", "verdict", "because"),
                4,
                rows,
                List.of("Rules: see the page."),
                csv.toString());
    }

    private Optional<Table> beliefs() {
        Csv csv = new Csv(
                "preset",
                "place",
                "method",
                "pretraining_variance",
                "pretraining_mean_norm",
                "adaptation_variance",
                "adaptation_mean_norm",
                "is_prior");
        List<Table.Row> rows = new ArrayList<>();
        for (Beliefs.Group group : Beliefs.of(study)) {
            Optional<Sample> learnedVariance = group.pretraining().map(Beliefs.End::variance);
            Optional<Sample> learnedNorm = group.pretraining().map(Beliefs.End::norm);
            Optional<Sample> adaptedVariance = group.adaptation().map(Beliefs.End::variance);
            Optional<Sample> adaptedNorm = group.adaptation().map(Beliefs.End::norm);
            rows.add(Table.Row.of(
                    group.method(),
                    Figures.heading(study, group.preset(), group.labels()),
                    group.isPrior() ? "the prior" : "more",
                    learnedVariance.map(s -> plusMinus(s, 2)).orElse("\u2013"),
                    learnedNorm.map(s -> plusMinus(s, 2)).orElse("\u2013"),
                    adaptedVariance.map(s -> plusMinus(s, 2)).orElse("\u2013"),
                    adaptedNorm.map(s -> plusMinus(s, 2)).orElse("\u2013")));
            csv.row(
                    group.preset(),
                    Labels.raw(group.labels()),
                    group.method(),
                    Csv.number(mean(learnedVariance)),
                    Csv.number(mean(learnedNorm)),
                    Csv.number(mean(adaptedVariance)),
                    Csv.number(mean(adaptedNorm)),
                    Boolean.toString(group.isPrior()));
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "belief",
                        "What the belief about the task says in the end",
                        List.of(
                                "method",
                                "where",
                                "it says",
                                "pre-training: variance",
                                "mean",
                                "adaptation: variance",
                                "mean"),
                        3,
                        rows,
                        List.of(
                                "Variance of the belief, mean over its coordinates, and Euclidean norm of its mean;"
                                        + " over the last tenth of what was logged while playing, \u00b1 standard error"
                                        + " over cells where there are two or more.",
                                "The prior has variance 1 and a mean of norm 0. A belief counts as the prior where its"
                                        + " variance is " + Words.shortest(Beliefs.PRIOR_VARIANCE)
                                        + " or more and the norm of its mean " + Words.shortest(Beliefs.PRIOR_NORM)
                                        + " or less (a rule of ours), in adaptation if it was logged there."),
                        csv.toString()));
    }

    private Optional<Table> pretraining() {
        Quantity main = study.mainQuantity();
        Csv csv = new Csv(
                "preset", "place", "method", "seeds", "train", "train_se", "test", "test_se", "steps", "wall_seconds");
        List<Table.Row> rows = new ArrayList<>();
        Map<String, List<Cell>> groups = study.run().pretrainings().stream()
                .filter(Cell::isDone)
                .collect(Collectors.groupingBy(
                        cell -> cell.preset() + "\u0000" + cell.labels() + "\u0000" + cell.method(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        for (List<Cell> cells : groups.values()) {
            Cell one = cells.get(0);
            Optional<Sample> train = finals(cells, "train", main);
            Optional<Sample> test = finals(cells, "test", main);
            double steps = cells.stream()
                    .flatMap(cell -> cell.result().stream())
                    .mapToLong(Cell.Result::environmentSteps)
                    .max()
                    .orElse(0);
            double wall = cells.stream()
                    .flatMap(cell -> cell.result().stream())
                    .mapToDouble(Cell.Result::wallSeconds)
                    .average()
                    .orElse(0);
            String gap = train.isPresent() && test.isPresent()
                    ? Words.signed(train.get().mean() - test.get().mean(), 2)
                    : "\u2013";
            rows.add(Table.Row.of(
                    one.method(),
                    Figures.heading(study, one.preset(), one.labels()),
                    Integer.toString(cells.size()),
                    train.map(s -> plusMinus(s, 2)).orElse("\u2013"),
                    test.map(s -> plusMinus(s, 2)).orElse("\u2013"),
                    gap,
                    Words.steps(steps),
                    Words.duration(wall)));
            csv.row(
                    one.preset(),
                    Labels.raw(one.labels()),
                    one.method(),
                    Integer.toString(cells.size()),
                    Csv.number(mean(train)),
                    Csv.number(error(train)),
                    Csv.number(mean(test)),
                    Csv.number(error(test)),
                    Csv.number(steps),
                    Csv.number(wall));
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "pretraining",
                        "After pre-training",
                        List.of(
                                "method",
                                "where",
                                "seeds",
                                "training tasks",
                                "unseen tasks",
                                "gap",
                                "steps",
                                "time per cell"),
                        2,
                        rows,
                        List.of("Last evaluation of each finished pre-training cell (" + study.label(main)
                                + "), mean \u00b1 standard error over seeds where there are two or more."),
                        csv.toString()));
    }

    private static Optional<Sample> finals(List<Cell> cells, String split, Quantity quantity) {
        double[] values = cells.stream()
                .flatMap(cell -> Figures.evaluated(cell, split, quantity).stream())
                .mapToDouble(Curve::last)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Sample.of(values));
    }

    private Table time() {
        Csv csv = new Csv("kind", "preset", "method", "planned", "done", "wall_seconds", "environment_steps");
        List<Table.Row> rows = new ArrayList<>();
        Map<String, List<Cell>> groups = study.run().cells().stream()
                .collect(Collectors.groupingBy(
                        cell -> (cell.isPretraining() ? "0" : "1") + cell.preset() + "\u0000"
                                + String.format(
                                        Locale.ROOT, "%04d", study.methods().indexOf(cell.method())),
                        TreeMap::new,
                        Collectors.toList()));
        double total = 0;
        for (List<Cell> cells : groups.values()) {
            Cell one = cells.get(0);
            List<Cell.Result> results =
                    cells.stream().flatMap(cell -> cell.result().stream()).toList();
            double wall = results.stream().mapToDouble(Cell.Result::wallSeconds).sum();
            long steps =
                    results.stream().mapToLong(Cell.Result::environmentSteps).sum();
            long done = cells.stream().filter(Cell::isDone).count();
            total += wall;
            rows.add(Table.Row.of(
                    one.isPretraining() ? "pre-train" : "adapt",
                    one.preset(),
                    one.method(),
                    done + " / " + cells.size(),
                    Words.steps((double) steps),
                    Words.duration(wall),
                    wall > 0 ? Words.count(Math.round(steps / wall)) : "\u2013"));
            csv.row(
                    one.isPretraining() ? "pretrain" : "adapt",
                    one.preset(),
                    one.method(),
                    Integer.toString(cells.size()),
                    Long.toString(done),
                    Csv.number(wall),
                    Long.toString(steps));
        }
        return new Table(
                "wall-time",
                "Wall time",
                List.of("kind", "preset", "method", "done / planned", "steps", "time", "steps per second"),
                3,
                rows,
                List.of("Times of all ended cells added up: " + Words.duration(total)
                        + " in all. Cells run beside each other, so the run itself may have been shorter."),
                csv.toString());
    }
}
