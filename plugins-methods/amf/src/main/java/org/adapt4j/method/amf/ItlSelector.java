package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.method.selection.Objective.Stretch;
import org.adapt4j.method.selection.Posterior;
import org.adapt4j.method.selection.Reference;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.StepKernel;

/**
 * Targeted information: the task whose demonstration tells most about noisy actions at all targets together (Huebotter et al. 2024,
 * equation 44). A target counts or does not; how much is of no effect.
 */
public final class ItlSelector extends KernelSelector {

    @Inject
    public ItlSelector(Settings settings) {
        super(settings.kernel(), settings.reference());
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        return objectionToInformation().or(() -> super.objection(prospect));
    }

    @Override
    public double[] score(Selection now) {
        Reference reference = reference(now);
        Posterior posterior = reference.posterior();
        Set<Integer> points = new TreeSet<>();
        reference
                .weightedTargets(now.targets())
                .forEach(target -> Arrays.stream(target.points()).forEach(points::add));
        int[] targets = points.stream().mapToInt(Integer::intValue).toArray();
        Posterior known = posterior.given(targets);
        double[] scores = new double[now.tasks().size()];
        for (int task = 0; task < scores.length; task++) {
            for (Stretch candidate : reference.candidates().get(task)) {
                double alone = posterior.information(candidate.points());
                scores[task] += candidate.weight() * Math.max(0, alone - known.information(candidate.points()));
            }
        }
        return known(reference, scores);
    }

    /**
     * What to reckon with.
     *
     * @param kernel how alike two steps are
     * @param reference which demonstrations
     */
    public record Settings(StepKernel kernel, Reference.Settings reference) {}
}
