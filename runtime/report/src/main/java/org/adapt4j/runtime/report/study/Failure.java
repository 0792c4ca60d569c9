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
 * What a learner that diverged scores from where it stopped: score 0, that of a trivial policy by the benchmark's constants. A result of the
 * method, so it is counted; leaving it out would reward it.
 */
final class Failure {
    private final Map<String, TreeSet<Long>> points = new HashMap<>();
    private final Map<String, Double> returns = new HashMap<>();

    private Failure() {}

    /** What the finished cells of a group tell: where is measured, and which return scores 0. */
    static Failure of(List<Cell> finished) {
        Failure failure = new Failure();
        Map<String, Cell.Evaluation> one = new HashMap<>();
        for (Cell cell : finished) {
            for (Cell.Evaluation evaluation : cell.evaluations()) {
                String task = evaluation.task();
                failure.points.computeIfAbsent(task, name -> new TreeSet<>()).add(evaluation.declared());
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
            case SCORE, SOLVED -> Optional.of(0.0);
            case RETURN -> Optional.ofNullable(returns.get(task));
            case ACTION_LOSS -> Optional.empty();
        };
        if (value.isEmpty()) {
            return new TreeMap<>();
        }
        long last = measured.isEmpty() ? Long.MIN_VALUE : measured.lastKey();
        points.getOrDefault(task, new TreeSet<>()).stream()
                .filter(point -> point > last)
                .forEach(point -> all.put(point, value.get()));
        return all;
    }
}
