package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.figure.Figure;
import org.adapt4j.runtime.report.figure.Ink;
import org.adapt4j.runtime.report.figure.IntervalFigure;
import org.adapt4j.runtime.report.figure.Rescaled;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.figure.TileFigure;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.statistics.Aggregate;
import org.adapt4j.runtime.report.statistics.Band;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.statistics.Interval;
import org.adapt4j.runtime.report.statistics.Profile;
import org.adapt4j.runtime.report.statistics.Sample;
import org.adapt4j.runtime.report.statistics.Scores;
import org.adapt4j.runtime.report.study.Comparison;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Measure;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Shots;
import org.adapt4j.runtime.report.study.Study;

/** Builds the figures of a study, each with the caption that makes it readable by itself. */
public final class Figures {
    private static final int TRAINING_POINTS = 120;
    private static final int WIDEST_ROW = 5;

    private final Study study;

    private Figures(Study study) {
        this.study = study;
    }

    /**
     * A figure and its words.
     *
     * @param id name of its files
     * @param title what it shows
     * @param caption how it was made and how to read it
     * @param figure itself
     */
    public record Captioned(String id, String title, String caption, Figure figure) {}

    /** All figures there are numbers for, in the order of the page. */
    public static List<Captioned> of(Study study) {
        Figures figures = new Figures(study);
        List<Captioned> all = new ArrayList<>();
        if (study.groups().findAny().isPresent()) {
            all.add(figures.adaptation(study.mainQuantity()));
            figures.eachTask().ifPresent(all::add);
            if (study.knowsSolved()) {
                all.add(figures.adaptation(Quantity.SOLVED));
            }
            figures.shots(Quantity.ACTION_LOSS).ifPresent(all::add);
            figures.shots(Quantity.RETURN).ifPresent(all::add);
            all.add(figures.intervals());
            all.add(figures.profile());
            figures.improvement().ifPresent(all::add);
            all.add(figures.levels());
            all.addAll(Choices.of(study));
        }
        figures.belief(false).ifPresent(all::add);
        figures.training().ifPresent(all::add);
        figures.pretraining().ifPresent(all::add);
        figures.belief(true).ifPresent(all::add);
        return all;
    }

    /** The colour of a method, the same in every figure. */
    static Ink ink(Study study, String method) {
        return study.baseline().filter(method::equals).isPresent()
                ? Ink.BASELINE
                : Ink.series(study.methods().indexOf(method));
    }

    private Ink ink(String method) {
        return ink(study, method);
    }

    private int form(String method) {
        return study.methods().indexOf(method);
    }

    /** Heading of a panel: what tells it from the others. */
    static String heading(Study study, String preset, Map<String, String> labels) {
        boolean manyPresets = study.presets().size() > 1;
        String place = labels.isEmpty() ? "" : Labels.describe(labels);
        return manyPresets || place.isEmpty() ? preset + (place.isEmpty() ? "" : " \u00b7 " + place) : place;
    }

    private int columns() {
        int places = study.places().size();
        return places == 1 ? Math.min(3, study.panels().size()) : Math.min(4, places);
    }

    private static List<Series.Point> points(Band band) {
        return band.points().stream()
                .map(point -> {
                    double mean = point.sample().mean();
                    double error = point.sample().standardError().orElse(Double.NaN);
                    return new Series.Point(
                            point.x(),
                            mean,
                            mean - error,
                            mean + error,
                            point.sample().count());
                })
                .toList();
    }

    private Captioned adaptation(Quantity quantity) {
        List<CurveFigure.Panel> panels = study.panels().stream()
                .map(panel -> new CurveFigure.Panel(
                        heading(study, panel.preset(), panel.labels()),
                        panel.shown().stream()
                                .map(group -> new Series(
                                        group.method(),
                                        ink(group.method()),
                                        form(group.method()),
                                        group.isIncomplete(),
                                        points(group.band(quantity))))
                                .toList()))
                .toList();
        boolean share = quantity == Quantity.SOLVED;
        CurveFigure figure = new CurveFigure(
                "Curves of adaptation: " + study.label(quantity) + " on held-out tasks over "
                        + Words.scale(study.run().adaptations()),
                Words.scale(study.run().adaptations()) + " of adaptation, " + reach(),
                study.label(quantity),
                Words::steps,
                Words::shortest,
                share ? 0 : Double.NaN,
                share ? 1 : Double.NaN,
                true,
                panels,
                columns());
        return new Captioned(
                "adaptation-" + quantity.key(),
                share ? "Solved fraction during adaptation" : "Adaptation to held-out tasks",
                Words.capital(study.label(quantity))
                        + " on the held-out tasks at the declared measuring points. " + bandWords()
                        + incompleteWords(),
                figure);
    }

    /** How far one cell's budget reaches. */
    private String reach() {
        return study.run().adaptations().stream().allMatch(cell -> cell.task().isEmpty())
                ? "all tasks together"
                : "per task";
    }

    /** What methods make of more and more demonstrations. */
    private Optional<Captioned> shots(Quantity quantity) {
        List<Integer> numbers = Shots.numbers(study.shots());
        boolean loss = quantity == Quantity.ACTION_LOSS;
        // A loss falls by orders of magnitude, and so the numbers of demonstrations rise.
        CurveFigure drawn = shots(
                quantity,
                numbers::indexOf,
                place -> place == Math.rint(place) ? Integer.toString(numbers.get((int) place)) : "",
                loss ? Math::log10 : DoubleUnaryOperator.identity(),
                loss ? power -> Words.twoDigits(Math.pow(10, power)) : Words::shortest);
        CurveFigure told =
                shots(quantity, number -> number, Words::steps, DoubleUnaryOperator.identity(), Words::shortest);
        return drawn.panels().isEmpty()
                ? Optional.empty()
                : Optional.of(new Captioned(
                        "shots-" + quantity.key(),
                        Words.capital(study.label(quantity)) + " over numbers of demonstrations",
                        Words.capital(study.label(quantity)) + " at the end of adaptation"
                                + (loss
                                        ? ", on a logarithmic scale: the mean squared difference from the expert's"
                                                + " actions on demonstrations that were not shown; less is better"
                                        : " on the held-out tasks")
                                + ". 0 is before any adaptation. The numbers of demonstrations stand evenly apart. "
                                + bandWords() + incompleteWords(),
                        new Rescaled(drawn, told)));
    }

    private CurveFigure shots(
            Quantity quantity,
            IntUnaryOperator x,
            DoubleFunction<String> xFormat,
            DoubleUnaryOperator y,
            DoubleFunction<String> yFormat) {
        List<CurveFigure.Panel> panels = study.shots().stream()
                .map(series -> new CurveFigure.Panel(
                        heading(study, series.preset(), series.labels()),
                        series.methods().stream()
                                .map(method -> overShots(series.groups(method, quantity), method, quantity, x, y))
                                .filter(line -> !line.points().isEmpty())
                                .toList()))
                .filter(panel -> !panel.series().isEmpty())
                .toList();
        return new CurveFigure(
                Words.capital(study.label(quantity)) + " over numbers of demonstrations",
                "demonstrations of the task",
                study.label(quantity),
                xFormat,
                yFormat,
                Double.NaN,
                Double.NaN,
                true,
                panels,
                Math.min(3, panels.size()));
    }

    private Series overShots(
            Map<Integer, Group> groups, String method, Quantity quantity, IntUnaryOperator x, DoubleUnaryOperator y) {
        List<Series.Point> points = new ArrayList<>();
        groups.forEach((number, group) -> group.sample(Measure.FINAL, quantity).ifPresent(sample -> {
            double mean = sample.mean();
            double error = sample.standardError().orElse(Double.NaN);
            points.add(new Series.Point(
                    x.applyAsInt(number),
                    y.applyAsDouble(mean),
                    y.applyAsDouble(mean - error),
                    y.applyAsDouble(mean + error),
                    sample.count()));
        }));
        boolean incomplete = groups.values().stream().anyMatch(Group::isIncomplete);
        return new Series(method, ink(method), form(method), incomplete, points);
    }

    /** One chart per task in its own units, where tasks are games rather than levels of one. */
    private Optional<Captioned> eachTask() {
        List<CurveFigure.Panel> charts = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<String> tasks = study.games(panel);
            for (String task : tasks) {
                charts.add(new CurveFigure.Panel(
                        study.panels().size() > 1 && task.equals(tasks.get(0))
                                ? heading(study, panel.preset(), panel.labels())
                                : "",
                        task.substring(commonFolder(tasks).length()),
                        panel.groups().stream()
                                .flatMap(group -> curveOn(group, task).stream())
                                .toList()));
            }
        }
        int most = study.panels().stream()
                .mapToInt(panel -> study.games(panel).size())
                .max()
                .orElse(0);
        int rows = (most + WIDEST_ROW - 1) / WIDEST_ROW;
        return charts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Captioned(
                        "adaptation-tasks",
                        "Adaptation to each held-out task",
                        "Mean episode return of each task by itself, in its own units, at the declared measuring"
                                + " points: the line is the mean over seeds, the band \u00b1 one standard error where"
                                + " there are two seeds or more. Charts of one task share their scale. Broken lines stand"
                                + " on fewer seeds than planned.",
                        new CurveFigure(
                                "Curves of adaptation, one chart per held-out task",
                                Words.scale(study.run().adaptations()),
                                study.label(Quantity.RETURN),
                                Words::steps,
                                Words::steps,
                                Double.NaN,
                                Double.NaN,
                                true,
                                true,
                                charts,
                                (most + rows - 1) / rows)));
    }

    private Optional<Series> curveOn(Group group, String task) {
        List<Curve> seeds = group.finished(task, Quantity.RETURN);
        return seeds.isEmpty()
                ? Optional.empty()
                : Optional.of(new Series(
                        group.method(),
                        ink(group.method()),
                        form(group.method()),
                        seeds.size() < group.plannedSeeds().size(),
                        points(Band.of(seeds, Band.gridOf(seeds), Curve.Reading.LINEAR))));
    }

    /** What lines and bands mean, once more in every caption. */
    private String bandWords() {
        Map<Integer, Long> seeds = new TreeMap<>(study.groups()
                .collect(Collectors.groupingBy(group -> group.seeds().size(), Collectors.counting())));
        if (seeds.isEmpty()) {
            return "";
        }
        String lines = "Each seed is averaged over its tasks first; the line is the mean over seeds";
        if (seeds.size() == 1 && seeds.containsKey(1)) {
            return lines + ". There is one seed, so there is no band: nothing here tells chance from merit.";
        }
        String cover = seeds.keySet().stream()
                .filter(count -> count > 1)
                .map(count -> Words.decimal(100 * Sample.coverageOfOneStandardError(count), 1) + "\u00a0% with "
                        + Words.plural(count, "seed"))
                .collect(Collectors.joining(", "));
        return lines + ", the band is \u00b1 one standard error over seeds (n \u2212 1 in the denominator). Such a band"
                + " is no 95\u00a0% interval: were the seeds normal, it would hold the true mean in " + cover + ".";
    }

    private String incompleteWords() {
        return study.groups().anyMatch(Group::isIncomplete)
                ? " Broken lines stand on an incomplete set of cells; see the list of cells."
                : "";
    }

    private Captioned intervals() {
        List<IntervalFigure.Block> blocks = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<IntervalFigure.Row> rows = new ArrayList<>();
            for (Group group : panel.shown()) {
                double value = study.summary(group).point(Aggregate.IQM);
                Optional<Interval> interval = study.summary(group).interval(Aggregate.IQM);
                rows.add(new IntervalFigure.Row(
                        group.method(),
                        ink(group.method()),
                        form(group.method()),
                        value,
                        interval.map(Interval::low).orElse(Double.NaN),
                        interval.map(Interval::high).orElse(Double.NaN),
                        Words.decimal(value, 2) + interval.map(Tables::brackets).orElse("")));
            }
            if (!rows.isEmpty()) {
                blocks.add(new IntervalFigure.Block(heading(study, panel.preset(), panel.labels()), rows));
            }
        }
        boolean some = study.groups().anyMatch(group -> group.seeds().size() > 1);
        return new Captioned(
                "iqm",
                "Interquartile mean of the final scores",
                "Interquartile mean of the normalised scores at the last measuring point, over seeds and held-out"
                        + " tasks. "
                        + (some
                                ? "Bars are 95\u00a0% stratified bootstrap intervals ("
                                        + Words.count(study.bootstrap().replicates()) + " resamples). "
                                : "With one seed there is no interval. ")
                        + "Score 0 and 1 are the benchmark's own constants, not the range of the methods compared.",
                new IntervalFigure(
                        "Interquartile means with intervals",
                        "IQM of the normalised score",
                        Words::shortest,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        blocks));
    }

    private Captioned profile() {
        double[] all = study.groups()
                .flatMapToDouble(group -> Arrays.stream(all(group.scores(Measure.FINAL, Quantity.SCORE))))
                .toArray();
        double low = Math.min(0, DoubleStream.of(all).min().orElse(0));
        double high = Math.max(1, DoubleStream.of(all).max().orElse(1));
        List<CurveFigure.Panel> panels = study.panels().stream()
                .map(panel -> new CurveFigure.Panel(
                        heading(study, panel.preset(), panel.labels()),
                        panel.shown().stream()
                                .map(group -> profile(group, low, high))
                                .toList()))
                .toList();
        return new Captioned(
                "performance-profile",
                "Performance profile",
                "Share of all seeds and held-out tasks whose final normalised score is strictly above a threshold; a"
                        + " higher line is better at every threshold where it is higher.",
                new CurveFigure(
                        "Performance profiles: share of scores above each threshold",
                        "threshold \u03c4 of the normalised score",
                        "share of scores above \u03c4",
                        Words::shortest,
                        Words::shortest,
                        0,
                        1,
                        false,
                        panels,
                        columns()));
    }

    /** The exact steps: the share falls at each score, from what lies at or above it to what lies above it. */
    private Series profile(Group group, double low, double high) {
        Scores scores = group.scores(Measure.FINAL, Quantity.SCORE);
        double[] thresholds = DoubleStream.concat(
                        DoubleStream.of(low, high), Arrays.stream(all(scores)).filter(score -> score > low))
                .sorted()
                .distinct()
                .toArray();
        double[] shares = Profile.ofRuns(scores, thresholds);
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            if (i > 0 && shares[i] != shares[i - 1]) {
                points.add(new Series.Point(thresholds[i], shares[i - 1], Double.NaN, Double.NaN, 0));
            }
            points.add(new Series.Point(thresholds[i], shares[i], Double.NaN, Double.NaN, 0));
        }
        return new Series(group.method(), ink(group.method()), form(group.method()), group.isIncomplete(), points);
    }

    private static double[] all(Scores scores) {
        double[] values = new double[scores.runs() * scores.tasks()];
        for (int i = 0; i < values.length; i++) {
            values[i] = scores.at(i / scores.tasks(), i % scores.tasks());
        }
        return values;
    }

    private Optional<Captioned> improvement() {
        List<IntervalFigure.Block> blocks = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<IntervalFigure.Row> rows = new ArrayList<>();
            for (Comparison pair : study.comparisons(panel)) {
                Optional<Interval> interval = pair.probabilityInterval();
                rows.add(new IntervalFigure.Row(
                        pair.first().method() + " > " + pair.second().method(),
                        ink(pair.first().method()),
                        form(pair.first().method()),
                        pair.probability(),
                        interval.map(Interval::low).orElse(Double.NaN),
                        interval.map(Interval::high).orElse(Double.NaN),
                        Words.decimal(pair.probability(), 2)
                                + interval.map(Tables::brackets).orElse("")));
            }
            if (!rows.isEmpty()) {
                blocks.add(new IntervalFigure.Block(heading(study, panel.preset(), panel.labels()), rows));
            }
        }
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Captioned(
                        "probability-of-improvement",
                        "Probability of improvement",
                        "Probability that a seed of the first method scores higher than a seed of the second on a"
                                + " held-out task drawn at random, ties counting half; 0.5 means neither. Bars are"
                                + " 95\u00a0% stratified bootstrap intervals where both methods have two seeds or more.",
                        new IntervalFigure(
                                "Probabilities of improvement between methods",
                                "P(first > second)",
                                Words::shortest,
                                0,
                                1,
                                0.5,
                                blocks)));
    }

    private Captioned levels() {
        boolean solved = study.knowsSolved() && study.mainQuantity() == Quantity.RETURN;
        Quantity quantity = solved ? Quantity.SOLVED : Quantity.SCORE;
        List<String> tasks = study.tasks();
        String prefix = commonFolder(tasks);
        List<TileFigure.Block> blocks = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<TileFigure.Row> rows = new ArrayList<>();
            for (Group group : panel.groups()) {
                rows.add(new TileFigure.Row(
                        group.method(),
                        tasks.stream()
                                .map(task -> group.finished(task, quantity).stream()
                                        .mapToDouble(Curve::last)
                                        .average()
                                        .orElse(Double.NaN))
                                .toList()));
            }
            blocks.add(new TileFigure.Block(heading(study, panel.preset(), panel.labels()), rows));
        }
        return new Captioned(
                "tasks",
                "Task by task",
                "Final " + study.label(quantity) + " on each held-out task, mean over the finished seeds"
                        + (solved ? "" : " (shade from 0 to 1, numbers unclipped)")
                        + ". A dash: nothing finished there.",
                new TileFigure(
                        "Final " + study.label(quantity) + " by method and task",
                        prefix.isEmpty() ? "held-out task" : "held-out task, " + prefix + "\u2026",
                        tasks.stream()
                                .map(task -> task.substring(prefix.length()))
                                .toList(),
                        value -> Words.decimal(value, 2),
                        blocks));
    }

    static String commonFolder(List<String> tasks) {
        if (tasks.isEmpty() || tasks.get(0).indexOf('/') < 0) {
            return "";
        }
        String folder = tasks.get(0).substring(0, tasks.get(0).indexOf('/') + 1);
        return tasks.stream().allMatch(task -> task.startsWith(folder)) ? folder : "";
    }

    /** One line per method and split from some curve of each pre-training cell. */
    private List<CurveFigure.Panel> pretrainingPanels(
            List<String> splits, Curve.Reading reading, Function<Cell, Map<String, Curve>> curvesOf) {
        return trainingPanels(study.run().pretrainings(), splits, reading, curvesOf);
    }

    private List<CurveFigure.Panel> trainingPanels(
            List<Cell> cells, List<String> splits, Curve.Reading reading, Function<Cell, Map<String, Curve>> curvesOf) {
        Map<String, List<Series>> panels = new LinkedHashMap<>();
        for (String preset : study.presets()) {
            List<Cell> own =
                    cells.stream().filter(cell -> cell.preset().equals(preset)).toList();
            List<Map<String, String>> places = own.stream()
                    .map(Cell::labels)
                    .distinct()
                    .sorted(Labels.order())
                    .toList();
            for (Map<String, String> place : places) {
                List<Series> lines = new ArrayList<>();
                for (String method : study.methods()) {
                    List<Map<String, Curve>> seeds = own.stream()
                            .filter(cell -> cell.method().equals(method)
                                    && cell.labels().equals(place)
                                    && cell.state() != Cell.State.DAMAGED)
                            .map(curvesOf)
                            .toList();
                    for (String split : splits) {
                        List<Curve> curves = seeds.stream()
                                .filter(seed -> seed.containsKey(split))
                                .map(seed -> seed.get(split))
                                .toList();
                        if (!curves.isEmpty()) {
                            lines.add(new Series(
                                    splits.size() == 1 ? method : method + ", " + words(split),
                                    ink(method),
                                    form(method),
                                    splits.size() == 2 && split.equals("test"),
                                    points(Band.of(curves, grid(curves), reading))));
                        }
                    }
                }
                if (!lines.isEmpty()) {
                    String heading = heading(study, preset, place);
                    panels.put(panels.containsKey(heading) ? heading + " " + Labels.raw(place) : heading, lines);
                }
            }
        }
        return panels.entrySet().stream()
                .map(entry -> new CurveFigure.Panel(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String words(String split) {
        return split.equals("train") ? "training tasks" : "unseen tasks";
    }

    private static double[] grid(List<Curve> curves) {
        double[] all = Band.gridOf(curves);
        if (all.length <= TRAINING_POINTS) {
            return all;
        }
        double[] thinned = new double[TRAINING_POINTS];
        for (int i = 0; i < thinned.length; i++) {
            thinned[i] = all[0] + (all[all.length - 1] - all[0]) * i / (thinned.length - 1);
        }
        return thinned;
    }

    private Optional<Captioned> training() {
        List<CurveFigure.Panel> panels = pretrainingPanels(
                List.of("train"),
                Curve.Reading.HOLD,
                cell -> loggedReturn(cell).map(curve -> Map.of("train", curve)).orElse(Map.of()));
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Captioned(
                        "pretraining-logged",
                        "Pre-training as logged",
                        "Return of the training episodes while they were collected, so with exploration and with the"
                                + " policy of the moment. Between two log lines the last value is held"
                                + " (at most " + TRAINING_POINTS
                                + " points are drawn); the band is \u00b1 one standard error where there are two seeds"
                                + " or more. Cells that still run are drawn as far as they are."
                                + (study.mainQuantity() == Quantity.SCORE
                                        ? " Returns of different games have different units: read the trend, not the"
                                                + " height."
                                        : ""),
                        new CurveFigure(
                                "Logged training return over environment steps",
                                "environment steps of pre-training",
                                "return of training episodes",
                                Words::steps,
                                Words::shortest,
                                Double.NaN,
                                Double.NaN,
                                false,
                                panels,
                                columns())));
    }

    /** How the variance of beliefs went. */
    private Optional<Captioned> belief(boolean pretraining) {
        List<CurveFigure.Panel> panels = trainingPanels(
                pretraining ? study.run().pretrainings() : study.run().adaptations(),
                List.of(Beliefs.VARIANCE),
                Curve.Reading.HOLD,
                cell -> Beliefs.curve(cell, Beliefs.VARIANCE)
                        .map(curve -> Map.of(Beliefs.VARIANCE, curve))
                        .orElse(Map.of()));
        double largest = panels.stream()
                .flatMap(panel -> panel.series().stream())
                .flatMap(line -> line.points().stream())
                .mapToDouble(Series.Point::y)
                .max()
                .orElse(0);
        String phase = pretraining ? "pre-training" : "adaptation";
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Captioned(
                        "belief-" + (pretraining ? "pretraining" : "adaptation"),
                        "How sure the belief about the task is during " + phase,
                        "Variance of the belief on which the policy acts, mean over its coordinates, as logged while"
                                + " playing. The prior has 1; what experience tells makes it less. A line that stays at 1"
                                + " while the belief's mean stays near 0 (see the table) is a dead context: nothing is"
                                + " inferred, so nothing adapts. The line is the mean over "
                                + (pretraining ? "seeds" : "seeds and tasks")
                                + ", the band \u00b1 one standard error where there are two or more; between two log"
                                + " lines the last value is held.",
                        new CurveFigure(
                                "Variance of the belief about the task over environment steps",
                                "environment steps of " + phase,
                                "variance of the belief",
                                Words::steps,
                                Words::shortest,
                                0,
                                largest < 1.05 ? 1.05 : Double.NaN,
                                false,
                                panels,
                                columns())));
    }

    private static Optional<Curve> loggedReturn(Cell cell) {
        TreeMap<Long, Double> points = new TreeMap<>();
        for (Cell.TrainingPoint point : cell.training()) {
            point.values().entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith("episode-return"))
                    .findFirst()
                    .ifPresent(entry -> points.put(point.environmentSteps(), entry.getValue()));
        }
        return curve(points);
    }

    private static Optional<Curve> curve(SortedMap<Long, Double> points) {
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(Curve.of(
                        points.keySet().stream().mapToDouble(Long::doubleValue).toArray(),
                        points.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
    }

    private Optional<Captioned> pretraining() {
        Quantity quantity = study.mainQuantity();
        List<String> splits = Stream.of("train", "test")
                .filter(split -> study.run().pretrainings().stream()
                        .anyMatch(cell -> evaluated(cell, split, quantity).isPresent()))
                .toList();
        List<CurveFigure.Panel> panels = pretrainingPanels(splits, Curve.Reading.LINEAR, cell -> {
            Map<String, Curve> bySplit = new TreeMap<>();
            for (String split : splits) {
                evaluated(cell, split, quantity).ifPresent(curve -> bySplit.put(split, curve));
            }
            return bySplit;
        });
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Captioned(
                        "pretraining-evaluated",
                        "Pre-training as measured",
                        "Evaluation during pre-training, never charged to the budget, "
                                + (splits.size() == 2
                                        ? "on training tasks (solid) and unseen tasks (broken); the distance of the"
                                                + " two lines is the generalisation gap. "
                                        : "on " + words(splits.get(0)) + ". ")
                                + "Mean over tasks, then over seeds, \u00b1 one standard error where there are two"
                                + " seeds or more.",
                        new CurveFigure(
                                "Evaluation during pre-training",
                                Words.scale(study.run().pretrainings()) + " of pre-training",
                                study.label(quantity),
                                Words::steps,
                                Words::shortest,
                                Double.NaN,
                                Double.NaN,
                                true,
                                panels,
                                columns())));
    }

    /** Mean over the tasks of a split at each declared step. */
    static Optional<Curve> evaluated(Cell cell, String split, Quantity quantity) {
        TreeMap<Long, Map<String, Double>> points = new TreeMap<>();
        for (Cell.Evaluation evaluation : cell.evaluations()) {
            if (evaluation.split().equals(split)) {
                points.computeIfAbsent(evaluation.declared(), step -> new TreeMap<>())
                        .put(
                                evaluation.task(),
                                quantity == Quantity.RETURN ? evaluation.meanReturn() : evaluation.normalised());
            }
        }
        TreeMap<Long, Double> means = new TreeMap<>();
        points.forEach((step, tasks) -> means.put(
                step,
                tasks.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow()));
        return curve(means);
    }
}
