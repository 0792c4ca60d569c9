package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Study;

/** What methods believe about the task at hand, where they logged it. */
final class Belief {
    private final Study study;

    private Belief(Study study) {
        this.study = study;
    }

    static Optional<Section> of(Study study) {
        Belief belief = new Belief(study);
        return Section.of(
                "belief", "What is believed about the task", belief.figure(false), belief.figure(true), belief.table());
    }

    /** How the variance of beliefs went. */
    private Optional<CaptionedFigure> figure(boolean pretraining) {
        List<CurveFigure.Panel> panels = new TrainingLines(
                        study,
                        pretraining ? study.run().pretrainings() : study.run().adaptations(),
                        Curve.Reading.HOLD)
                .panels(List.of(Beliefs.VARIANCE), Beliefs::curve);
        double largest = panels.stream()
                .flatMap(panel -> panel.series().stream())
                .flatMap(line -> line.points().stream())
                .mapToDouble(Series.Point::y)
                .max()
                .orElse(0);
        String phase = pretraining ? "pre-training" : "adaptation";
        return panels.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaptionedFigure(
                        "belief-" + (pretraining ? "pretraining" : "adaptation"),
                        "How sure the belief about the task is during " + phase,
                        "Variance of the belief on which the policy acts, mean over its coordinates, as logged while"
                                + " playing. The prior has 1; what experience tells makes it less. A line that stays at 1"
                                + " while the belief's mean stays near 0 (see the table) is a dead context: nothing is"
                                + " inferred, so nothing adapts. The line is the mean over "
                                + (pretraining ? "seeds" : "tasks, then over seeds")
                                + ", the band 95\u00a0% " + Phrases.reach(study.isSimultaneous())
                                + ", Student over seeds, from 5 seeds on; between two log"
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
                                Look.columns(study))));
    }

    private Optional<Table> table() {
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
        Beliefs.of(study).forEach(group -> rows.add(row(group, csv)));
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
                                        + " over the last tenth of what was logged while playing, mean over tasks and"
                                        + " seeds." + Phrases.spreads(study),
                                "The prior has variance 1 and a mean of norm 0. A belief counts as the prior where its"
                                        + " variance is " + Words.shortest(Beliefs.PRIOR_VARIANCE)
                                        + " or more and the norm of its mean " + Words.shortest(Beliefs.PRIOR_NORM)
                                        + " or less (a rule of ours), in adaptation if it was logged there."),
                        csv.toString()));
    }

    private Table.Row row(Beliefs.Group group, Csv csv) {
        Optional<Sample> learnedVariance = group.pretraining().map(Beliefs.End::variance);
        Optional<Sample> learnedNorm = group.pretraining().map(Beliefs.End::norm);
        Optional<Sample> adaptedVariance = group.adaptation().map(Beliefs.End::variance);
        Optional<Sample> adaptedNorm = group.adaptation().map(Beliefs.End::norm);
        csv.row(
                group.preset(),
                Labels.raw(group.labels()),
                group.method(),
                Csv.number(Phrases.mean(learnedVariance)),
                Csv.number(Phrases.mean(learnedNorm)),
                Csv.number(Phrases.mean(adaptedVariance)),
                Csv.number(Phrases.mean(adaptedNorm)),
                Boolean.toString(group.isPrior()));
        return Table.Row.of(
                group.method(),
                Look.heading(study, group.preset(), group.labels()),
                group.isPrior() ? "the prior" : "more",
                Phrases.spread(learnedVariance),
                Phrases.spread(learnedNorm),
                Phrases.spread(adaptedVariance),
                Phrases.spread(adaptedNorm));
    }
}
