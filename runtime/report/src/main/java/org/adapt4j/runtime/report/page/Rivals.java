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
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Grid;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.statistics.Profile;
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
                .flatMapToDouble(group -> Arrays.stream(
                        group.scores(Measure.FINAL, Quantity.SCORE).values()))
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
                        + " higher line is better at every threshold where it is higher. Bands: 95\u00a0% at each threshold, Student over the"
                        + " seeds' own profiles, from 5 seeds on.",
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
        Grid scores = group.scores(Measure.FINAL, Quantity.SCORE);
        double[] thresholds = DoubleStream.concat(
                        DoubleStream.of(low, high),
                        Arrays.stream(scores.values()).filter(score -> score > low))
                .sorted()
                .distinct()
                .toArray();
        double[] shares = Profile.of(scores, thresholds);
        List<Interval> bands = bands(scores, thresholds);
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            if (i > 0 && shares[i] != shares[i - 1]) {
                points.add(point(thresholds[i], shares[i - 1], bands.get(i - 1)));
            }
            points.add(point(thresholds[i], shares[i], bands.get(i)));
        }
        return Look.line(study, group.method(), group.isIncomplete(), points);
    }

    private static Series.Point point(double threshold, double share, Interval band) {
        return new Series.Point(threshold, share, band.low(), band.high(), 0);
    }

    /** Of the seeds' own profiles at each threshold, cut to [0, 1]. */
    private static List<Interval> bands(Grid scores, double[] thresholds) {
        List<double[]> own = new ArrayList<>();
        for (int seed : scores.seeds()) {
            own.add(Profile.of(scores.only(List.of(seed)), thresholds));
        }
        List<Interval> bands = new ArrayList<>();
        for (int i = 0; i < thresholds.length; i++) {
            int at = i;
            bands.add(Sample.of(own.stream().mapToDouble(shares -> shares[at]).toArray())
                    .interval()
                    .map(ends -> new Interval(Math.max(0, ends.low()), Math.min(1, ends.high())))
                    .orElse(new Interval(Double.NaN, Double.NaN)));
        }
        return bands;
    }

    private Optional<CaptionedFigure> improvement() {
        List<IntervalFigure.Block> blocks = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<IntervalFigure.Row> rows = new ArrayList<>();
            for (Comparison pair : study.comparisons(panel)) {
                Optional<Interval> interval = pair.improvementInterval();
                String first = pair.first().method();
                rows.add(new IntervalFigure.Row(
                        first + " > " + pair.second().method(),
                        Look.ink(study, first),
                        Look.form(study, first),
                        pair.improvement().value(),
                        Phrases.low(interval),
                        Phrases.high(interval),
                        Words.decimal(pair.improvement().value(), 2) + Phrases.brackets(interval)));
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
                                + " 95\u00a0% intervals for these tasks, from leaving out one seed at a time, where both methods have 5"
                                + " seeds or more.",
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
                "difference",
                "these_low",
                "these_high",
                "such_low",
                "such_high",
                "iqm_difference",
                "iqm_low",
                "iqm_high",
                "probability",
                "probability_low",
                "probability_high");
        List<Table.Row> rows = new ArrayList<>();
        for (Panel panel : study.panels()) {
            List<Comparison> pairs = study.comparisons(panel);
            if (!pairs.isEmpty()) {
                rows.add(Table.Row.heading(Look.heading(study, panel)));
            }
            for (Comparison pair : pairs) {
                rows.add(row(pair));
                csv(csv, panel, pair);
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "pairs",
                        "Pairs of methods",
                        List.of(
                                "pair",
                                "difference",
                                "these tasks",
                                "tasks like these",
                                "IQM difference",
                                "P(first > second)",
                                "seeds"),
                        1,
                        rows,
                        notes(),
                        csv.toString()));
    }

    private static Table.Row row(Comparison pair) {
        return Table.Row.of(
                pair.first().method() + " \u2212 " + pair.second().method(),
                Words.signed(pair.lead().value(), 2),
                interval(pair, About.THESE),
                interval(pair, About.SUCH),
                Words.signed(pair.iqm().value(), 2) + Phrases.brackets(pair.iqmInterval()),
                Words.decimal(pair.improvement().value(), 2) + Phrases.brackets(pair.improvementInterval()),
                pair.lead().seedCount() + (pair.paired() ? " paired" : " apart"));
    }

    private static String interval(Comparison pair, About about) {
        String text = Phrases.brackets(pair.leadInterval(about)).strip();
        return text.isEmpty() ? Phrases.NONE : text;
    }

    private static void csv(Csv csv, Panel panel, Comparison pair) {
        List<String> fields = new ArrayList<>(List.of(
                panel.preset(),
                Labels.raw(panel.labels()),
                pair.first().method(),
                pair.second().method(),
                Integer.toString(pair.tasks()),
                pair.paired() ? "yes" : "no"));
        Optional<Interval> these = pair.leadInterval(About.THESE);
        Optional<Interval> such = pair.leadInterval(About.SUCH);
        DoubleStream.of(
                        pair.lead().value(),
                        Phrases.low(these),
                        Phrases.high(these),
                        Phrases.low(such),
                        Phrases.high(such),
                        pair.iqm().value(),
                        Phrases.low(pair.iqmInterval()),
                        Phrases.high(pair.iqmInterval()),
                        pair.improvement().value(),
                        Phrases.low(pair.improvementInterval()),
                        Phrases.high(pair.improvementInterval()))
                .mapToObj(Csv::number)
                .forEach(fields::add);
        csv.row(fields);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(List.of(
                "Final normalised scores on the tasks both methods have. Intervals are of 95\u00a0%: of the difference of means for"
                        + " these tasks and for tasks like these, of the IQM and of the probability for these tasks. Paired: on the"
                        + " seeds that both methods have. These pairs are looked at one by one; what is claimed is judged under"
                        + " the claims."));
        if (study.groups().anyMatch(group -> group.seeds().size() < Judge.FEWEST)) {
            notes.add("Fewer than 5 seeds have no interval.");
        }
        return notes;
    }
}
