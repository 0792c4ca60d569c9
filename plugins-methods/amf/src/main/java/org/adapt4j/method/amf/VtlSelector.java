package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import org.adapt4j.method.selection.Objective;
import org.adapt4j.method.selection.Reference;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.StepKernel;

/**
 * Targeted variance: the task whose demonstration leaves the least variance at the targets (Huebotter et al. 2024). AMF without
 * importance weights.
 */
public final class VtlSelector extends KernelSelector {

    @Inject
    public VtlSelector(Settings settings) {
        super(settings.kernel(), settings.reference());
    }

    @Override
    public double[] score(Selection now) {
        Reference reference = reference(now);
        return known(
                reference,
                Objective.VARIANCE.scores(
                        reference.posterior(), reference.candidates(), reference.weightedTargets(now.targets())));
    }

    /**
     * What to reckon with.
     *
     * @param kernel how alike two steps are
     * @param reference which demonstrations
     */
    public record Settings(StepKernel kernel, Reference.Settings reference) {}
}
