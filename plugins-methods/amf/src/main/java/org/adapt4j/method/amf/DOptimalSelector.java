package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.Optional;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.method.selection.Objective.Stretch;
import org.adapt4j.method.selection.Posterior;
import org.adapt4j.method.selection.Reference;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.StepKernel;

/**
 * The task whose demonstration tells most about anything at all: undirected information, the determinant criterion of experimental
 * design. Diverse, not targeted.
 */
public final class DOptimalSelector extends KernelSelector {

    @Inject
    public DOptimalSelector(Settings settings) {
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
        double[] scores = new double[now.tasks().size()];
        for (int task = 0; task < scores.length; task++) {
            for (Stretch candidate : reference.candidates().get(task)) {
                scores[task] += candidate.weight() * posterior.information(candidate.points());
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
