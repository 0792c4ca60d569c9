package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.figure.Rescaled;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Published;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Measure;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Shots;
import org.adapt4j.runtime.report.study.Study;

/** What methods make of more and more demonstrations, beside what was published of them. */
final class Demonstrations {
    private final Study study;
    private final Quantity quantity;
    private final List<Shots> series;
    private final List<Integer> numbers;

    private Demonstrations(Study study, Quantity quantity) {
        this.study = study;
        this.quantity = quantity;
        series = study.shots();
        numbers = Shots.numbers(series);
    }

    static Optional<Section> of(Study study) {
        Demonstrations loss = new Demonstrations(study, Quantity.ACTION_LOSS);
        Demonstrations score = new Demonstrations(study, Quantity.RETURN);
        return Section.of(
                "shots", "More and more demonstrations", loss.figure(), loss.table(), score.figure(), score.table());
    }

    private boolean isLoss() {
        return quantity == Quantity.ACTION_LOSS;
    }

    private String title() {
        return Words.capital(study.label(quantity)) + " over numbers of demonstrations";
    }

    // A loss falls by orders of magnitude, and so the numbers of demonstrations rise.
    private Optional<CaptionedFigure> figure() {
        CurveFigure drawn = figure(
                numbers::indexOf,
                place -> place == Math.rint(place) ? Integer.toString(numbers.get((int) place)) : "",
                isLoss() ? Math::log10 : DoubleUnaryOperator.identity(),
                isLoss() ? power -> Words.twoDigits(Math.pow(10, power)) : Words::shortest);
        CurveFigure told = figure(number -> number, Words::steps, DoubleUnaryOperator.identity(), Words::shortest);
        return drawn.panels().isEmpty()
                ? Optional.empty()
                : Optional.of(new CaptionedFigure(
                        "shots-" + quantity.key(),
                        title(),
                        Words.capital(study.label(quantity)) + " at the end of adaptation"
                                + (isLoss()
                                        ? ", on a logarithmic scale: the mean squared difference from the expert's"
                                                + " actions on demonstrations that were not shown; less is better"
                                        : " on the held-out tasks")
                                + ". 0 is before any adaptation. The numbers of demonstrations stand evenly apart. "
                                + Phrases.bands(study) + Phrases.brokenLines(study),
                        new Rescaled(drawn, told)));
    }

    private CurveFigure figure(
            IntUnaryOperator x, DoubleFunction<String> xFormat, DoubleUnaryOperator y, DoubleFunction<String> yFormat) {
        List<CurveFigure.Panel> panels = series.stream()
                .map(shots -> new CurveFigure.Panel(
                        Look.heading(study, shots.preset(), shots.labels()),
                        shots.methods().stream()
                                .map(method -> line(shots.groups(method, quantity), method, x, y))
                                .filter(line -> !line.points().isEmpty())
                                .toList()))
                .filter(panel -> !panel.series().isEmpty())
                .toList();
        return new CurveFigure(
                title(),
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

    private Series line(Map<Integer, Group> groups, String method, IntUnaryOperator x, DoubleUnaryOperator y) {
        List<Series.Point> points = new ArrayList<>();
        groups.forEach((number, group) -> group.sample(Measure.FINAL, quantity).ifPresent(sample -> {
            double mean = sample.mean();
            points.add(new Series.Point(
                    x.applyAsInt(number),
                    y.applyAsDouble(mean),
                    low(sample, y),
                    y.applyAsDouble(Phrases.high(sample.interval())),
                    sample.count()));
        }));
        return Look.line(study, method, groups.values().stream().anyMatch(Group::isIncomplete), points);
    }

    /** Where the logarithm of a lower end does not exist, the band is cut at a tenth of the mean. */
    private static double low(Sample sample, DoubleUnaryOperator y) {
        double low = Phrases.low(sample.interval());
        double drawn = y.applyAsDouble(low);
        return Double.isNaN(low) || Double.isFinite(drawn) ? drawn : y.applyAsDouble(sample.mean() / 10);
    }

    private Optional<Table> table() {
        Csv csv = new Csv(
                "preset", "place", "method", "demonstrations", "seeds", "tasks", "value", "value_low", "value_high");
        List<Table.Row> rows = new ArrayList<>();
        Set<String> sources = new LinkedHashSet<>();
        boolean any = false;
        for (Shots shots : series) {
            rows.add(Table.Row.heading(Look.heading(study, shots.preset(), shots.labels())));
            for (String method : shots.methods()) {
                Map<Integer, Group> groups = shots.groups(method, quantity);
                any |= !groups.isEmpty();
                rows.add(measured(method, groups));
                groups.forEach((number, group) -> csv(csv, shots, group, number));
                for (Published published : study.run().published()) {
                    Map<Integer, Double> values = isLoss() ? published.actionLoss() : published.returns();
                    if (published.method().equals(method) && !values.isEmpty()) {
                        sources.add(published.source());
                        rows.add(published(values));
                    }
                }
            }
        }
        if (!any) {
            return Optional.empty();
        }
        List<String> head = new ArrayList<>(List.of("demonstrations"));
        numbers.forEach(number -> head.add(Integer.toString(number)));
        return Optional.of(
                new Table("shots-" + quantity.key(), title(), head, 1, rows, notes(sources), csv.toString()));
    }

    private Table.Row measured(String method, Map<Integer, Group> groups) {
        List<String> texts = new ArrayList<>(
                List.of(method + (groups.values().stream().anyMatch(Group::isIncomplete) ? " \u2020" : "")));
        for (int number : numbers) {
            texts.add(Optional.ofNullable(groups.get(number))
                    .flatMap(group -> group.sample(Measure.FINAL, quantity))
                    .map(sample -> Phrases.spread(sample, decimals()))
                    .orElse(Phrases.NONE));
        }
        return Table.Row.of(texts);
    }

    private Table.Row published(Map<Integer, Double> values) {
        List<String> texts = new ArrayList<>(List.of("\u00a0\u00a0published"));
        for (int number : numbers) {
            texts.add(values.containsKey(number) ? Words.decimal(values.get(number), decimals()) : Phrases.NONE);
        }
        return Table.Row.of(texts);
    }

    private void csv(Csv csv, Shots shots, Group group, int number) {
        Optional<Sample> sample = group.sample(Measure.FINAL, quantity);
        sample.ifPresent(found -> csv.row(
                shots.preset(),
                Labels.raw(shots.labels()),
                group.method(),
                Integer.toString(number),
                Integer.toString(group.seeds().size()),
                Integer.toString(group.tasks().size()),
                Csv.number(found.mean()),
                Csv.number(Phrases.lowOf(sample)),
                Csv.number(Phrases.highOf(sample))));
    }

    private List<String> notes(Set<String> sources) {
        List<String> notes = new ArrayList<>();
        notes.add(Words.capital(study.label(quantity))
                + " at the end of adaptation, mean over tasks and seeds"
                + (isLoss() ? "; on demonstrations that were not shown, less is better." : ".")
                + Phrases.spreads(study));
        sources.forEach(source -> notes.add("Published: " + source + "."));
        notes.addAll(Phrases.daggers(study));
        return notes;
    }

    private int decimals() {
        return isLoss() ? 4 : 1;
    }
}
