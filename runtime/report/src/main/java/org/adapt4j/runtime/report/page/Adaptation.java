package org.adapt4j.runtime.report.page;

import j2html.TagCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.statistics.Aligned;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** Curves of adaptation to held-out tasks. */
final class Adaptation {
    private static final int WIDEST_ROW = 5;

    private final Study study;

    private Adaptation(Study study) {
        this.study = study;
    }

    static Optional<Section> of(Study study) {
        String title = "Adaptation to held-out tasks";
        if (study.groups().findAny().isEmpty()) {
            return Section.of(
                    "adaptation",
                    title,
                    Optional.of(new Part.Prose(TagCreator.p(
                            "No adaptation cell is finished yet; curves and scores appear with the first."))));
        }
        Adaptation curves = new Adaptation(study);
        return Section.of(
                "adaptation",
                title,
                Optional.of(curves.curves(study.mainQuantity())),
                curves.eachTask(),
                Leads.of(study),
                study.knowsSolved() ? Optional.of(curves.curves(Quantity.SOLVED)) : Optional.empty());
    }

    private CaptionedFigure curves(Quantity quantity) {
        List<CurveFigure.Panel> panels = study.panels().stream()
                .map(panel -> new CurveFigure.Panel(
                        Look.heading(study, panel),
                        panel.shown().stream()
                                .map(group -> Look.line(
                                        study,
                                        group.method(),
                                        group.isIncomplete(),
                                        Look.points(study, group.band(quantity))))
                                .toList()))
                .toList();
        boolean share = quantity == Quantity.SOLVED;
        String scale = Words.scale(study.run().adaptations());
        CurveFigure figure = new CurveFigure(
                "Curves of adaptation: " + study.label(quantity) + " on held-out tasks over " + scale,
                scale + " of adaptation, " + reach(),
                study.label(quantity),
                Words::steps,
                Words::shortest,
                share ? 0 : Double.NaN,
                share ? 1 : Double.NaN,
                true,
                panels,
                Look.columns(study));
        return new CaptionedFigure(
                "adaptation-" + quantity.key(),
                share ? "Solved fraction during adaptation" : "Adaptation to held-out tasks",
                Words.capital(study.label(quantity))
                        + " on the held-out tasks at the declared measuring points. " + Phrases.bands(study)
                        + Phrases.brokenLines(study),
                figure);
    }

    /** How far one cell's budget reaches. */
    private String reach() {
        List<Cell> cells = study.run().adaptations();
        List<Cell> together =
                cells.stream().filter(cell -> cell.task().isEmpty()).toList();
        if (together.size() == cells.size()) {
            return "all tasks together";
        }
        return together.isEmpty()
                ? "per task"
                : together.stream()
                        .map(Cell::method)
                        .distinct()
                        .collect(Collectors.joining(", ", "per task; ", ": all tasks together"));
    }

    /** One chart per task in its own units, where tasks are games rather than levels of one. */
    private Optional<CaptionedFigure> eachTask() {
        List<CurveFigure.Panel> charts = new ArrayList<>();
        int most = 0;
        for (Panel panel : study.panels()) {
            List<String> tasks = study.games(panel);
            most = Math.max(most, tasks.size());
            for (String task : tasks) {
                charts.add(new CurveFigure.Panel(
                        study.panels().size() > 1 && task.equals(tasks.get(0)) ? Look.heading(study, panel) : "",
                        task.substring(Look.commonFolder(tasks).length()),
                        panel.groups().stream()
                                .flatMap(group -> curveOn(group, task).stream())
                                .toList()));
            }
        }
        if (charts.isEmpty()) {
            return Optional.empty();
        }
        int rows = (most + WIDEST_ROW - 1) / WIDEST_ROW;
        return Optional.of(new CaptionedFigure(
                "adaptation-tasks",
                "Adaptation to each held-out task",
                "Mean episode return of each task by itself, in its own units, at the declared measuring points: the"
                        + " line is the mean over seeds, the band the 95\u00a0% interval "
                        + Phrases.reach(study.isSimultaneous()) + " (Student's) from 5 seeds"
                        + " on. Charts of one task share their scale. Broken lines stand on fewer seeds than planned.",
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
                : Optional.of(Look.line(
                        study,
                        group.method(),
                        seeds.size() < group.plannedSeeds().size(),
                        Look.points(study, Aligned.of(seeds).band())));
    }
}
