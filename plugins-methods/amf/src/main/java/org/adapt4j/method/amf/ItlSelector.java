package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.method.Selection;
import org.adapt4j.api.method.TaskSelector;
import org.adapt4j.toolkit.selection.Objective.Stretch;
import org.adapt4j.toolkit.selection.Posterior;
import org.adapt4j.toolkit.selection.Reference;
import org.adapt4j.toolkit.selection.StepKernel;

/**
 * Targeted information: the task whose demonstration tells most about noisy actions at all targets together (Huebotter et al. 2024,
 * equation 44; AMF specification 6.11). A target counts or does not; how much is of no effect.
 */
public final class ItlSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public ItlSelector(Settings settings) {
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
        Set<Integer> points = new TreeSet<>();
        reference
                .weightedTargets(now.targets())
                .forEach(target -> Arrays.stream(target.points()).forEach(points::add));
        int[] targets = points.stream().mapToInt(Integer::intValue).toArray();
        Posterior known = posterior.given(targets);
        double[] scores = new double[now.tasks().size()];
        for (int task = 0; task < scores.length; task++) {
            scores[task] = reference.isUnknown(task) ? Double.NEGATIVE_INFINITY : 0;
            for (Stretch candidate : reference.candidates().get(task)) {
                double alone = posterior.information(candidate.points());
                scores[task] += candidate.weight() * Math.max(0, alone - known.information(candidate.points()));
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
