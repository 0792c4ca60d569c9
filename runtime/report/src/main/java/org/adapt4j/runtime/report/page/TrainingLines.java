package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.adapt4j.runtime.report.figure.CurveFigure;
import org.adapt4j.runtime.report.figure.Series;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.statistics.Band;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Study;

/**
 * Panels of what cells went through while they trained, a line per method.
 *
 * @param study that they belong to
 * @param cells drawn, those that are damaged left out
 * @param reading between two points
 */
record TrainingLines(Study study, List<Cell> cells, Curve.Reading reading) {
    /** So many points are drawn at most. */
    static final int MOST_POINTS = 120;

    /** A panel for each preset and place, in it a line for each method and split of which there is a curve. */
    List<CurveFigure.Panel> panels(List<String> splits, BiFunction<Cell, String, Optional<Curve>> curveOf) {
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
                List<Cell> here = own.stream()
                        .filter(cell -> cell.labels().equals(place) && cell.state() != Cell.State.DAMAGED)
                        .toList();
                List<Series> lines = lines(here, splits, curveOf);
                if (!lines.isEmpty()) {
                    String heading = Look.heading(study, preset, place);
                    panels.put(panels.containsKey(heading) ? heading + " " + Labels.raw(place) : heading, lines);
                }
            }
        }
        return panels.entrySet().stream()
                .map(entry -> new CurveFigure.Panel(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<Series> lines(
            List<Cell> here, List<String> splits, BiFunction<Cell, String, Optional<Curve>> curveOf) {
        List<Series> lines = new ArrayList<>();
        for (String method : study.methods()) {
            for (String split : splits) {
                Map<Integer, List<Curve>> curves = new TreeMap<>();
                here.stream()
                        .filter(cell -> cell.method().equals(method))
                        .forEach(cell -> curveOf.apply(cell, split)
                                .ifPresent(curve -> curves.computeIfAbsent(cell.seed(), seed -> new ArrayList<>())
                                        .add(curve)));
                if (!curves.isEmpty()) {
                    double[] grid =
                            grid(curves.values().stream().flatMap(List::stream).toList());
                    List<Curve> seeds = curves.values().stream()
                            .map(own -> meanOf(own, grid))
                            .toList();
                    lines.add(new Series(
                            splits.size() == 1 ? method : method + ", " + words(split),
                            Look.ink(study, method),
                            Look.form(study, method),
                            splits.size() == 2 && split.equals("test"),
                            Look.points(study, Band.of(seeds, grid, reading))));
                }
            }
        }
        return lines;
    }

    /** What the cells of one seed have in common; of one cell its curve. */
    private Curve meanOf(List<Curve> own, double[] grid) {
        if (own.size() == 1) {
            return own.get(0);
        }
        List<Band.Point> points = Band.of(own, grid, reading).points();
        return Curve.of(
                points.stream().mapToDouble(Band.Point::x).toArray(),
                points.stream().mapToDouble(point -> point.sample().mean()).toArray());
    }

    static String words(String split) {
        return split.equals("train") ? "training tasks" : "unseen tasks";
    }

    private static double[] grid(List<Curve> curves) {
        double[] all = Band.gridOf(curves);
        if (all.length <= MOST_POINTS) {
            return all;
        }
        double[] thinned = new double[MOST_POINTS];
        for (int i = 0; i < thinned.length; i++) {
            thinned[i] = all[0] + (all[all.length - 1] - all[0]) * i / (thinned.length - 1);
        }
        return thinned;
    }
}
