package org.adapt4j.runtime.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Study;
import org.jspecify.annotations.Nullable;

/**
 * What methods logged that infer a belief about the task at hand, such as PEARL. A belief that stays the standard normal
 * distribution, whatever was experienced, is a dead context, and must be seen.
 */
final class Beliefs {
    /** Metric: variance of the belief, mean over its coordinates. */
    static final String VARIANCE = "posterior-variance";

    /** Metric: Euclidean norm of the belief's mean. */
    static final String NORM = "posterior-mean-norm";

    /** A belief is taken for the prior from this variance on, if also its mean is near 0 (ours). */
    static final double PRIOR_VARIANCE = 0.9;

    /** A belief is taken for the prior up to this norm of the mean, half the prior's spread, if its variance is near 1 (ours). */
    static final double PRIOR_NORM = 0.5;

    /** The last tenth of what was logged counts as the end. */
    private static final int PARTS = 10;

    private Beliefs() {}

    /**
     * What a method believed in the end, in one place of the grid.
     *
     * @param pretraining seed by seed; empty where nothing was logged
     * @param adaptation mean over the tasks of each seed; empty where nothing was logged
     */
    record Group(
            String preset,
            Map<String, String> labels,
            String method,
            Optional<End> pretraining,
            Optional<End> adaptation) {
        /** Whether nothing is inferred. What adaptation says goes before what pre-training says. */
        boolean isPrior() {
            return adaptation.or(() -> pretraining).filter(End::isPrior).isPresent();
        }
    }

    /** The last of what some cells logged. */
    record End(Sample variance, Sample norm) {
        boolean isPrior() {
            return variance.mean() >= PRIOR_VARIANCE && norm.mean() <= PRIOR_NORM;
        }
    }

    /** All places and methods in which a belief was logged, in the order of the page. */
    static List<Group> of(Study study) {
        List<Group> groups = new ArrayList<>();
        List<Cell> logged = study.run().cells().stream()
                .filter(cell -> curve(cell, VARIANCE).isPresent())
                .toList();
        for (String preset : study.presets()) {
            List<Map<String, String>> places = logged.stream()
                    .filter(cell -> cell.preset().equals(preset))
                    .map(Cell::labels)
                    .distinct()
                    .sorted(Labels.order())
                    .toList();
            for (Map<String, String> place : places) {
                for (String method : study.methods()) {
                    Map<Boolean, List<Cell>> own = new LinkedHashMap<>();
                    logged.stream()
                            .filter(cell -> cell.preset().equals(preset)
                                    && cell.labels().equals(place)
                                    && cell.method().equals(method))
                            .forEach(cell -> own.computeIfAbsent(cell.isPretraining(), unused -> new ArrayList<>())
                                    .add(cell));
                    if (!own.isEmpty()) {
                        groups.add(new Group(preset, place, method, end(own.get(true)), end(own.get(false))));
                    }
                }
            }
        }
        return groups;
    }

    private static Optional<End> end(@Nullable List<Cell> cells) {
        return cells == null ? Optional.empty() : Optional.of(new End(last(cells, VARIANCE), last(cells, NORM)));
    }

    /** Seed by seed: the tasks of one agent are no more of them. */
    private static Sample last(List<Cell> cells, String metric) {
        return Sample.of(cells.stream()
                .filter(cell -> curve(cell, metric).isPresent())
                .collect(Collectors.groupingBy(
                        Cell::seed,
                        TreeMap::new,
                        Collectors.averagingDouble(cell -> curve(cell, metric)
                                .map(curve -> curve.meanOfLast(1 + curve.x().length / PARTS))
                                .orElse(0.0))))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }

    /** A metric over environment steps; empty for a damaged cell, or one that did not log both numbers of a belief. */
    static Optional<Curve> curve(Cell cell, String metric) {
        SortedMap<Long, Double> points = new TreeMap<>();
        if (cell.state() != Cell.State.DAMAGED) {
            for (Cell.TrainingPoint point : cell.training()) {
                Double value = point.values().get(metric);
                if (value != null
                        && point.values().containsKey(VARIANCE)
                        && point.values().containsKey(NORM)) {
                    points.put(point.environmentSteps(), value);
                }
            }
        }
        return Curve.of(points);
    }
}
