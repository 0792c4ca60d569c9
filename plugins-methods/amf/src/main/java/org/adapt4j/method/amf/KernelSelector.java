package org.adapt4j.method.amf;

import java.util.Optional;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.method.selection.Reference;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.StepKernel;
import org.adapt4j.method.selection.TaskSelector;

/** What strategies have in common that compare steps of demonstrations by a kernel. */
abstract class KernelSelector implements TaskSelector {

    private final StepKernel kernel;
    private final Reference.Settings reference;

    KernelSelector(StepKernel kernel, Reference.Settings reference) {
        this.kernel = kernel;
        this.reference = reference;
    }

    @Override
    public Needs needs() {
        return reference.needs(kernel);
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        return reference.objection(prospect);
    }

    /** The demonstrations to reckon with, compared. */
    Reference reference(Selection now) {
        return Reference.of(now, kernel, reference);
    }

    /** The same scores, where a task of which nothing is known must not be chosen; changes them. */
    static double[] known(Reference reference, double[] scores) {
        for (int task = 0; task < scores.length; task++) {
            scores[task] = reference.isUnknown(task) ? Double.NEGATIVE_INFINITY : scores[task];
        }
        return scores;
    }

    /** Why information cannot be measured with the kernel; empty if it can. */
    Optional<String> objectionToInformation() {
        return kernel.objectionToInformation();
    }
}
