package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import org.adapt4j.method.selection.Choice;
import org.adapt4j.method.selection.Objective;
import org.adapt4j.method.selection.Objective.Stretch;
import org.adapt4j.method.selection.Posterior;
import org.adapt4j.method.selection.Reference;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.StepKernel;

/**
 * The criterion of AMF: the task whose demonstration tells most about the expert's actions where the expert goes on the target tasks
 * (Bagatella, Huebotter, Martius and Krause 2025, equations 2, 4 and 92).
 *
 * <p>Departures: 1. equation 4 is printed as the least explained variance; the most is meant. 2. Importance weights
 * are self-normalised by default . 3. The kernel is divided by its mean diagonal before the ridge is added.
 */
public final class InformationSelector extends KernelSelector {

    /** The part of a variance below which it counts as this, for what is known for certain would tell without end. */
    private static final double CERTAIN = 1e-12;

    private final Objective objective;

    @Inject
    public InformationSelector(Settings settings) {
        super(settings.kernel(), settings.reference());
        objective = settings.objective();
    }

    @Override
    public double[] score(Selection now) {
        Reference reference = reference(now);
        List<Stretch> targets = reference.weightedTargets(now.targets());
        double[] scores = objective.scores(reference.posterior(), reference.candidates(), targets);
        known(reference, scores);
        int chosen = Choice.of(scores).task();
        now.log(
                "information-gain",
                gain(reference.posterior(), reference.candidates().get(chosen), targets));
        return scores;
    }

    /** Expected information, in nats, that a demonstration gives about the expert at the targets, one by one: equation 1. */
    private static double gain(Posterior now, List<Stretch> candidates, List<Stretch> targets) {
        double[] weights = new double[now.size()];
        targets.forEach(target -> Arrays.stream(target.points()).forEach(point -> weights[point] += target.weight()));
        double sum = 0;
        for (Stretch candidate : candidates) {
            double[] explained = now.explained(candidate.points());
            for (int point = 0; point < weights.length; point++) {
                if (explained[point] > 0) {
                    double before = now.variance(point);
                    double after = Math.max(before - explained[point], before * CERTAIN);
                    sum += candidate.weight() * weights[point] * 0.5 * Math.log(before / after);
                }
            }
        }
        return sum;
    }

    /**
     * The criterion.
     *
     * @param objective what to sum over the targets
     * @param kernel how alike two steps are
     * @param reference which demonstrations to reckon with
     */
    public record Settings(Objective objective, StepKernel kernel, Reference.Settings reference) {}
}
