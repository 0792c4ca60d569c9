package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.Optional;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.method.Selection;
import org.adapt4j.api.method.TaskSelector;
import org.adapt4j.toolkit.selection.Objective;
import org.adapt4j.toolkit.selection.Reference;
import org.adapt4j.toolkit.selection.StepKernel;

/**
 * Targeted variance: the task whose demonstration leaves the least variance at the targets (Huebotter et al. 2024; AMF specification
 * 6.11). AMF without importance weights.
 */
public final class VtlSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public VtlSelector(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return settings.reference().needs(settings.kernel());
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        return settings.reference().objection(prospect);
    }

    @Override
    public double[] score(Selection now) {
        Reference reference = Reference.of(now, settings.kernel(), settings.reference());
        double[] scores = Objective.VARIANCE.scores(
                reference.posterior(), reference.candidates(), reference.weightedTargets(now.targets()));
        for (int task = 0; task < scores.length; task++) {
            scores[task] = reference.isUnknown(task) ? Double.NEGATIVE_INFINITY : scores[task];
        }
        return scores;
    }

    /**
     * What to reckon with.
     *
     * @param kernel how alike two steps are
     * @param reference which demonstrations
     */
    public record Settings(StepKernel kernel, Reference.Settings reference) {}
}
