package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.claim.Claims;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.figure.Ink;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.study.Lead;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** What bands of two methods cannot show: their difference at each point, by the same numbers as the verdicts. */
final class Leads {
    private Leads() {}

    static Optional<CaptionedFigure> of(Study study) {
        List<CurveFigure.Panel> charts = new ArrayList<>();
        List<List<String>> pairs = pairs(study);
        for (Panel panel : study.panels()) {
            boolean first = true;
            for (List<String> pair : pairs) {
                Optional<Series> line = line(study, panel, pair.get(0), pair.get(1));
                if (line.isPresent()) {
                    charts.add(new CurveFigure.Panel(
                            first && study.panels().size() > 1 ? Look.heading(study, panel) : "",
                            pair.get(0) + " \u2212 " + pair.get(1),
                            List.of(line.get(), none(line.get()))));
                    first = false;
                }
            }
        }
        if (charts.isEmpty()) {
            return Optional.empty();
        }
        String scale = Words.scale(study.run().adaptations());
        return Optional.of(new CaptionedFigure(
                "adaptation-leads",
                "Leads during adaptation",
                "Difference of the normalised scores of two methods at each measuring point, mean over tasks and seeds. Band: 95\u00a0% "
                        + Phrases.reach(study.isSimultaneous())
                        + ", Student over the seeds (Welch's where seeds differ), these tasks, from 5 seeds on. The first"
                        + " and the last point are the numbers that verdicts on start and end look at, but for methods with different"
                        + " budgets: these are compared at the steps that both have spent, and by verdicts at the end of each. Grey: \u00b1 "
                        + Words.shortest(Judge.MARGIN)
                        + ", within which methods count as alike unless a claim says otherwise.",
                new CurveFigure(
                        "Differences between methods over " + scale,
                        scale + " of adaptation",
                        "lead in normalised score",
                        Words::steps,
                        Words::shortest,
                        Double.NaN,
                        Double.NaN,
                        true,
                        charts,
                        Math.min(4, Math.max(1, pairs.size())))));
    }

    /** What claims compare; without claims every method with the one that starts from nothing. */
    private static List<List<String>> pairs(Study study) {
        List<List<String>> claimed = Claims.pairs(study);
        return claimed.isEmpty()
                ? study.baseline()
                        .map(base -> study.methods().stream()
                                .filter(method -> !method.equals(base))
                                .map(method -> List.of(method, base))
                                .toList())
                        .orElse(List.of())
                : claimed;
    }

    private static Optional<Series> line(Study study, Panel panel, String method, String rival) {
        List<Lead> leads = panel.group(method)
                .flatMap(own -> panel.group(rival).map(other -> Lead.over(own, other, Quantity.SCORE)))
                .orElse(List.of());
        double tail = study.tail(Math.max(1, leads.size()));
        List<Series.Point> points = leads.stream()
                .map(point -> new Series.Point(
                        point.x(),
                        point.contrast().value(),
                        Phrases.low(point.interval(tail)),
                        Phrases.high(point.interval(tail)),
                        point.contrast().seedCount()))
                .toList();
        return points.size() < 2
                ? Optional.empty()
                : Optional.of(new Series("lead", Look.ink(study, method), Look.form(study, method), false, points));
    }

    private static Series none(Series line) {
        Series.Point from = line.points().get(0);
        Series.Point to = line.points().get(line.points().size() - 1);
        return new Series(
                "no difference",
                Ink.BASELINE,
                0,
                true,
                List.of(
                        new Series.Point(from.x(), 0, -Judge.MARGIN, Judge.MARGIN, 0),
                        new Series.Point(to.x(), 0, -Judge.MARGIN, Judge.MARGIN, 0)));
    }
}
