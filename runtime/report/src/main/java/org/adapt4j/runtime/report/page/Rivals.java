package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.figure.IntervalFigure;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Holm;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.statistics.Profile;
import org.adapt4j.runtime.report.statistics.Scores;
import org.adapt4j.runtime.report.study.Comparison;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Measure;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** Method against method, by final scores. */
final class Rivals {
    private final Study study;

    private Rivals(Study study) {
        this.study = study;
    }

    static Optional<Section> of(Study study) {
        if (study.groups().findAny().isEmpty()) {
            return Optional.empty();
        }
        Rivals rivals = new Rivals(study);
        return Section.of(
                "comparison",
                "Method against method",
                Optional.of(rivals.profile()),
                rivals.improvement(),
                rivals.pairs());
    }

    private CaptionedFigure profile() {
        double[] all = study.groups()
                .flatMapToDouble(group -> Arrays.stream(all(group.scores(Measure.FINAL, Quantity.SCORE))))
                .toArray();
        double low = Math.min(0, DoubleStream.of(all).min().orElse(0));
        double high = Math.max(1, DoubleStream.of(all).max().orElse(1));
        List<CurveFigure.Panel> panels = study.panels().stream()
                .map(panel -> new CurveFigure.Panel(
                        Look.heading(study, panel),
                        panel.shown().stream()
                                .map(group -> profile(group, low, high))
                                .toList()))
                .toList();
        return new CaptionedFigure(
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
                        Look.columns(study)));
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
        return Look.line(study, group.method(), group.isIncomplete(), points);
    }

    private static double[] all(Scores scores) {
        double[] values = new double[scores.runs() * scores.tasks()];
        for (int i = 0; i < values.length; i++) {
            values[i] = scores.at(i / scores.tasks(), i % scores.tasks());
        }
        return values;
    }

    private Optional<CaptionedFigure> improvement() {
        List<IntervalFigure.Block> blocks = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<IntervalFigure.Row> rows = new ArrayList<>();
            for (Comparison pair : study.comparisons(panel)) {
                Optional<Interval> interval = pair.probabilityInterval();
                String first = pair.first().method();
                rows.add(new IntervalFigure.Row(
                        first + " > " + pair.second().method(),
                        Look.ink(study, first),
                        Look.form(study, first),
                        pair.probability(),
                        Phrases.low(interval),
                        Phrases.high(interval),
                        Words.decimal(pair.probability(), 2) + Phrases.brackets(interval)));
            }
            if (!rows.isEmpty()) {
                blocks.add(new IntervalFigure.Block(Look.heading(study, panel), rows));
            }
        }
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaptionedFigure(
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
            rows.add(Table.Row.heading(Look.heading(study, panel)));
            List<Comparison> tested =
                    pairs.stream().filter(pair -> pair.pValue().isPresent()).toList();
            double[] adjusted = Holm.adjust(tested.stream()
                    .mapToDouble(pair -> pair.pValue().orElseThrow())
                    .toArray());
            for (Comparison pair : pairs) {
                int index = tested.indexOf(pair);
                double holm = index < 0 ? Double.NaN : adjusted[index];
                rows.add(row(pair, holm));
                csv(csv, panel, pair, holm);
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
                        notes(),
                        csv.toString()));
    }

    private static Table.Row row(Comparison pair, double holm) {
        return Table.Row.of(
                pair.first().method() + " \u2212 " + pair.second().method(),
                Words.signed(pair.iqmDifference(), 2) + Phrases.brackets(pair.iqmInterval()),
                Words.decimal(pair.probability(), 2) + Phrases.brackets(pair.probabilityInterval()),
                Double.isNaN(holm) ? Phrases.NONE : holm < 0.001 ? "< 0.001" : Words.decimal(holm, 3),
                pair.paired() ? "paired" : "independent");
    }

    private static void csv(Csv csv, Panel panel, Comparison pair, double holm) {
        csv.row(
                panel.preset(),
                Labels.raw(panel.labels()),
                pair.first().method(),
                pair.second().method(),
                Integer.toString(pair.tasks()),
                pair.paired() ? "yes" : "no",
                Csv.number(pair.iqmDifference()),
                Csv.number(Phrases.low(pair.iqmInterval())),
                Csv.number(Phrases.high(pair.iqmInterval())),
                Csv.number(pair.probability()),
                Csv.number(Phrases.low(pair.probabilityInterval())),
                Csv.number(Phrases.high(pair.probabilityInterval())),
                Csv.number(pair.pValue().orElse(Double.NaN)),
                Csv.number(holm));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(List.of(
                "Final normalised scores on the tasks both methods have. Intervals are 95\u00a0%; p is two-sided from the"
                        + " bootstrap of the IQM difference, corrected after Holm within each block. Paired: both methods"
                        + " have the same seeds and are resampled together."));
        if (study.groups()
                .anyMatch(group -> group.seeds().size() > 1 && group.seeds().size() < 5)) {
            notes.add(
                    "With fewer than 5 seeds the bootstrap sees too little of the spread: intervals are too narrow and"
                            + " p is too small. Do not quote them as significance.");
        }
        return notes;
    }
}
