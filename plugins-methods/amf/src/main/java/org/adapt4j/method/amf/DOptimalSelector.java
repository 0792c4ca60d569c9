package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.Optional;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.method.Selection;
import org.adapt4j.api.method.TaskSelector;
import org.adapt4j.toolkit.selection.Objective.Stretch;
import org.adapt4j.toolkit.selection.Posterior;
import org.adapt4j.toolkit.selection.Reference;
import org.adapt4j.toolkit.selection.StepKernel;

/**
 * The task whose demonstration tells most about anything at all: undirected information, the determinant criterion of experimental
 * design (AMF specification 6.9). Diverse, not targeted.
 */
public final class DOptimalSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public DOptimalSelector(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return settings.reference().needs(settings.kernel());
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        return settings.kernel()
                .objectionToInformation()
                .or(() -> settings.reference().objection(prospect));
    }

    @Override
    public double[] score(Selection now) {
        Reference reference = Reference.of(now, settings.kernel(), settings.reference());
        Posterior posterior = reference.posterior();
        double[] scores = new double[now.tasks().size()];
        for (int task = 0; task < scores.length; task++) {
            scores[task] = reference.isUnknown(task) ? Double.NEGATIVE_INFINITY : 0;
            for (Stretch candidate : reference.candidates().get(task)) {
                scores[task] += candidate.weight() * posterior.information(candidate.points());
            }
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
