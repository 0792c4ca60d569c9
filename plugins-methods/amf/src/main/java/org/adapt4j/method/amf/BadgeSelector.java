package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.List;
import org.adapt4j.method.selection.Objective.Stretch;
import org.adapt4j.method.selection.Posterior;
import org.adapt4j.method.selection.Reference;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.StepKernel;

/**
 * Draws a task by the squared distance of its steps from those of demonstrations since the last update, as k-means++ draws centres; by the
 * length of its steps where there are none (Ash et al. 2020, BADGE). Distances are of the kernel, with loss
 * gradients by default.
 */
public final class BadgeSelector extends KernelSelector {

    @Inject
    public BadgeSelector(Settings settings) {
        super(settings.kernel(), settings.reference());
    }

    @Override
    public double[] score(Selection now) {
        Reference reference = reference(now);
        List<int[]> centres =
                reference.known().stream().map(reference.views()::points).toList();
        double[] squares = new double[now.tasks().size()];
        for (int task = 0; task < squares.length; task++) {
            squares[task] = reference.isUnknown(task) ? Double.NaN : 0;
            for (Stretch candidate : reference.candidates().get(task)) {
                for (int point : candidate.points()) {
                    squares[task] += candidate.weight()
                            * squaredDistance(reference.prior(), point, centres)
                            / candidate.points().length;
                }
            }
        }
        return Draws.byWeight(squares, 1, now.random());
    }

    private static double squaredDistance(Posterior kernel, int point, List<int[]> centres) {
        double least = centres.isEmpty() ? kernel.variance(point) : Double.POSITIVE_INFINITY;
        for (int[] centre : centres) {
            for (int other : centre) {
                least = Math.min(
                        least, kernel.variance(point) + kernel.variance(other) - 2 * kernel.covariance(point, other));
            }
        }
        return Math.max(0, least);
    }

    /**
     * What to reckon with.
     *
     * @param kernel how alike two steps are
     * @param reference which demonstrations
     */
    public record Settings(StepKernel kernel, Reference.Settings reference) {}
}
