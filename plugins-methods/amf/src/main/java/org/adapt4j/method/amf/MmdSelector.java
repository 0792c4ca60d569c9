package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.method.selection.Objective.Stretch;
import org.adapt4j.method.selection.Posterior;
import org.adapt4j.method.selection.Reference;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.StepKernel;

/**
 * Kernel herding: the task whose demonstration, with those seen, has steps most like the targets in the mean of their embedding (maximum
 * mean discrepancy). With a linear kernel it matches means only, and keeps choosing a task in the middle.
 */
public final class MmdSelector extends KernelSelector {

    @Inject
    public MmdSelector(Settings settings) {
        super(settings.kernel(), settings.reference());
    }

    @Override
    public double[] score(Selection now) {
        Reference reference = reference(now);
        Posterior kernel = reference.prior();
        Map<Integer, Double> targets = new TreeMap<>();
        reference.weightedTargets(now.targets()).forEach(target -> add(targets, target.points(), target.weight()));
        List<int[]> seen =
                reference.known().stream().map(reference.views()::points).toList();
        double[] scores = new double[now.tasks().size()];
        for (int task = 0; task < scores.length; task++) {
            for (Stretch candidate : reference.candidates().get(task)) {
                Map<Integer, Double> with = new TreeMap<>();
                seen.forEach(points -> add(with, points, 1));
                add(with, candidate.points(), 1);
                scores[task] -= candidate.weight()
                        * (mean(kernel, with, with) - 2 * mean(kernel, with, targets) + mean(kernel, targets, targets));
            }
        }
        return known(reference, scores);
    }

    private static void add(Map<Integer, Double> measure, int[] points, double weight) {
        for (int point : points) {
            measure.merge(point, weight, Double::sum);
        }
    }

    private static double mean(Posterior kernel, Map<Integer, Double> one, Map<Integer, Double> other) {
        double sum = 0;
        double weights = 0;
        for (Map.Entry<Integer, Double> a : one.entrySet()) {
            for (Map.Entry<Integer, Double> b : other.entrySet()) {
                sum += a.getValue() * b.getValue() * kernel.covariance(a.getKey(), b.getKey());
                weights += a.getValue() * b.getValue();
            }
        }
        return sum / weights;
    }

    /**
     * What to reckon with.
     *
     * @param kernel how alike two steps are
     * @param reference which demonstrations
     */
    public record Settings(StepKernel kernel, Reference.Settings reference) {}
}
