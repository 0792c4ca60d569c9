package org.adapt4j.runtime.report.study;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.runtime.report.folder.Cell;

/**
 * What a learner that diverged scores from where it stopped: score 0, that of a trivial policy by the benchmark's constants, or what was
 * measured of it last where that is less, for to diverge is no gain. A result of the method, so it is counted; leaving it out would reward it.
 */
final class Failure {
    private final Map<String, TreeSet<Long>> points = new HashMap<>();
    private final TreeSet<Long> anyPoints = new TreeSet<>();
    private final Map<String, Double> returns = new HashMap<>();
    private boolean solvedIsKnown;

    private Failure() {}

    /**
     * What finished cells tell: those of the group, where is measured; all of the run, which return scores 0, and whether there is such a
     * thing as a solved episode.
     */
    static Failure of(List<Cell> ofTheGroup, List<Cell> ofTheRun) {
        Failure failure = new Failure();
        for (Cell cell : ofTheGroup) {
            for (Cell.Evaluation evaluation : cell.evaluations()) {
                failure.points
                        .computeIfAbsent(evaluation.task(), name -> new TreeSet<>())
                        .add(evaluation.declared());
                failure.anyPoints.add(evaluation.declared());
            }
        }
        if (failure.anyPoints.isEmpty()) {
            failure.anyPoints.add(0L); // where nothing tells of the way, the end is all there is
        }
        Map<String, Cell.Evaluation> one = new HashMap<>();
        for (Cell cell : ofTheRun) {
            for (Cell.Evaluation evaluation : cell.evaluations()) {
                failure.solvedIsKnown |= Quantity.SOLVED.of(evaluation).isPresent();
                String task = evaluation.task();
                Cell.Evaluation other = one.putIfAbsent(task, evaluation);
                if (other != null && other.normalised() != evaluation.normalised()) {
                    double scale = (evaluation.meanReturn() - other.meanReturn())
                            / (evaluation.normalised() - other.normalised());
                    failure.returns.putIfAbsent(task, other.meanReturn() - scale * other.normalised());
                }
            }
        }
        return failure;
    }

    /** What was measured before it stopped, and what failure scores after; nothing where failure has no number of that quantity. */
    SortedMap<Long, Double> complete(SortedMap<Long, Double> measured, String task, Quantity quantity) {
        SortedMap<Long, Double> all = new TreeMap<>(measured);
        Optional<Double> value = switch (quantity) {
            case SCORE -> Optional.of(0.0);
            case SOLVED -> solvedIsKnown ? Optional.of(0.0) : Optional.empty();
            case RETURN -> Optional.ofNullable(returns.get(task));
            case ACTION_LOSS -> Optional.empty();
        };
        if (value.isEmpty()) {
            return new TreeMap<>();
        }
        long last = measured.isEmpty() ? Long.MIN_VALUE : measured.lastKey();
        double fallen = Math.min(value.get(), measured.getOrDefault(last, value.get()));
        points.getOrDefault(task, anyPoints).stream()
                .filter(point -> point > last)
                .forEach(point -> all.put(point, fallen));
        return all;
    }
}
