package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Published;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** How pre-training went, and where it ended. */
final class Pretraining {
    private final Study study;
    private final Quantity main;

    private Pretraining(Study study) {
        this.study = study;
        main = study.mainQuantity();
    }

    static Optional<Section> of(Study study) {
        Pretraining pretraining = new Pretraining(study);
        return Section.of(
                "pretraining", "Pre-training", pretraining.measured(), pretraining.logged(), pretraining.table());
    }

    private Optional<CaptionedFigure> measured() {
        List<String> splits = Stream.of("train", "test")
                .filter(split -> study.run().pretrainings().stream()
                        .anyMatch(cell -> evaluated(cell, split).isPresent()))
                .toList();
        List<CurveFigure.Panel> panels = new TrainingLines(study, study.run().pretrainings(), Curve.Reading.LINEAR)
                .panels(splits, this::evaluated);
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaptionedFigure(
                        "pretraining-evaluated",
                        "Pre-training as measured",
                        "Evaluation during pre-training, never charged to the budget, "
                                + (splits.size() == 2
                                        ? "on training tasks (solid) and unseen tasks (broken); the distance of the"
                                                + " two lines is the generalisation gap. "
                                        : "on " + TrainingLines.words(splits.get(0)) + ". ")
                                + "Mean over tasks, then over seeds; band: 95\u00a0% "
                                + Phrases.reach(study.isSimultaneous()) + ", Student over seeds,"
                                + " from 5 seeds on.",
                        new CurveFigure(
                                "Evaluation during pre-training",
                                Words.scale(study.run().pretrainings()) + " of pre-training",
                                study.label(main),
                                Words::steps,
                                Words::shortest,
                                Double.NaN,
                                Double.NaN,
                                true,
                                panels,
                                Look.columns(study))));
    }

    private Optional<CaptionedFigure> logged() {
        List<CurveFigure.Panel> panels = new TrainingLines(study, study.run().pretrainings(), Curve.Reading.HOLD)
                .panels(List.of("train"), (cell, split) -> loggedReturn(cell));
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaptionedFigure(
                        "pretraining-logged",
                        "Pre-training as logged",
                        "Return of the training episodes while they were collected, so with exploration and with the"
                                + " policy of the moment. Between two log lines the last value is held"
                                + " (at most " + TrainingLines.MOST_POINTS
                                + " points are drawn); band: 95\u00a0% " + Phrases.reach(study.isSimultaneous())
                                + ", Student over seeds, from 5 seeds"
                                + " on. Cells that still run are drawn as far as they are."
                                + (main == Quantity.SCORE
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
                                Look.columns(study))));
    }

    private static Optional<Curve> loggedReturn(Cell cell) {
        SortedMap<Long, Double> points = new TreeMap<>();
        for (Cell.TrainingPoint point : cell.training()) {
            point.values().entrySet().stream()
                    .filter(entry -> entry.getKey().endsWith("episode-return"))
                    .findFirst()
                    .ifPresent(entry -> points.put(point.environmentSteps(), entry.getValue()));
        }
        return Curve.of(points);
    }

    /** Mean over the tasks of a split at each declared step. */
    private Optional<Curve> evaluated(Cell cell, String split) {
        SortedMap<Long, Map<String, Double>> points = new TreeMap<>();
        for (Cell.Evaluation evaluation : cell.evaluations()) {
            if (evaluation.split().equals(split)) {
                points.computeIfAbsent(evaluation.declared(), step -> new TreeMap<>())
                        .put(
                                evaluation.task(),
                                main == Quantity.RETURN ? evaluation.meanReturn() : evaluation.normalised());
            }
        }
        SortedMap<Long, Double> means = new TreeMap<>();
        points.forEach((step, tasks) -> means.put(
                step,
                tasks.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow()));
        return Curve.of(means);
    }

    private Optional<Table> table() {
        Csv csv = new Csv(
                "preset",
                "place",
                "method",
                "seeds",
                "train",
                "train_low",
                "train_high",
                "test",
                "test_low",
                "test_high",
                "steps",
                "wall_seconds");
        Map<List<Object>, List<Cell>> groups = study.run().pretrainings().stream()
                .filter(Cell::isDone)
                .collect(Collectors.groupingBy(
                        cell -> List.of(cell.preset(), cell.labels(), cell.method()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<Table.Row> rows = new ArrayList<>();
        Set<String> sources = new LinkedHashSet<>();
        groups.values().forEach(cells -> {
            rows.add(row(cells, csv));
            rows.addAll(published(cells, sources));
        });
        List<String> notes = new ArrayList<>();
        notes.add("Last evaluation of each finished pre-training cell (" + study.label(main) + "), mean over seeds."
                + Phrases.spreads(study));
        sources.forEach(source -> notes.add("Published: " + source + "."));
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
                        notes,
                        csv.toString()));
    }

    private Table.Row row(List<Cell> cells, Csv csv) {
        Cell one = cells.get(0);
        Optional<Sample> train = last(cells, "train");
        Optional<Sample> test = last(cells, "test");
        List<Cell.Result> results =
                cells.stream().flatMap(cell -> cell.result().stream()).toList();
        double steps =
                results.stream().mapToLong(Cell.Result::environmentSteps).max().orElse(0);
        double wall =
                results.stream().mapToDouble(Cell.Result::wallSeconds).average().orElse(0);
        csv.row(
                one.preset(),
                Labels.raw(one.labels()),
                one.method(),
                Integer.toString(cells.size()),
                Csv.number(Phrases.mean(train)),
                Csv.number(Phrases.lowOf(train)),
                Csv.number(Phrases.highOf(train)),
                Csv.number(Phrases.mean(test)),
                Csv.number(Phrases.lowOf(test)),
                Csv.number(Phrases.highOf(test)),
                Csv.number(steps),
                Csv.number(wall));
        return Table.Row.of(
                one.method(),
                Look.heading(study, one.preset(), one.labels()),
                Integer.toString(cells.size()),
                Phrases.spread(train),
                Phrases.spread(test),
                train.isPresent() && test.isPresent()
                        ? Words.signed(train.get().mean() - test.get().mean(), 2)
                        : Phrases.NONE,
                Words.steps(steps),
                Words.duration(wall));
    }

    /** What others have measured beside some cells: after as many steps at most as these spent, and in the end. */
    private List<Table.Row> published(List<Cell> cells, Set<String> sources) {
        Map<String, Map<String, SortedMap<Long, Double>>> bySource = new LinkedHashMap<>();
        for (Published published : main == Quantity.RETURN ? study.run().published() : List.<Published>of()) {
            if (!published.learned().isEmpty() && cells.stream().anyMatch(published::isOf)) {
                bySource.computeIfAbsent(published.source(), unused -> new TreeMap<>())
                        .put(published.split(), published.learned());
            }
        }
        long spent = cells.stream()
                .flatMap(cell -> cell.result().stream())
                .mapToLong(Cell.Result::environmentSteps)
                .max()
                .orElse(0);
        List<Table.Row> rows = new ArrayList<>();
        bySource.forEach((source, splits) -> {
            sources.add(source);
            TreeSet<Long> steps = new TreeSet<>();
            splits.values().forEach(curve -> steps.addAll(curve.keySet()));
            TreeSet<Long> shown = new TreeSet<>(Set.of(steps.last()));
            Optional.ofNullable(steps.floor(spent)).ifPresent(shown::add);
            for (long step : shown) {
                Optional<Double> train = at(splits, "train", step);
                Optional<Double> test = at(splits, "test", step);
                rows.add(Table.Row.of(
                        "\u00a0\u00a0published",
                        "",
                        "",
                        train.map(value -> Words.decimal(value, 2)).orElse(Phrases.NONE),
                        test.map(value -> Words.decimal(value, 2)).orElse(Phrases.NONE),
                        train.isPresent() && test.isPresent()
                                ? Words.signed(train.get() - test.get(), 2)
                                : Phrases.NONE,
                        Words.steps(step),
                        ""));
            }
        });
        return rows;
    }

    private static Optional<Double> at(Map<String, SortedMap<Long, Double>> splits, String split, long step) {
        return Optional.ofNullable(splits.get(split)).map(curve -> curve.get(step));
    }

    private Optional<Sample> last(List<Cell> cells, String split) {
        double[] values = cells.stream()
                .flatMap(cell -> evaluated(cell, split).stream())
                .mapToDouble(Curve::last)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Sample.of(values));
    }
}
