package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.TaskSelector;

/**
 * Takes the task shown least in pre-training and since, for what it counts. Privileged: nobody else sees what was pre-trained on
 * (Bagatella et al. 2025, appendix I).
 */
public final class RebalancingSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public RebalancingSelector(Settings settings) {
        this.settings = settings;
    }

    @Override
    public double[] score(Selection now) {
        int[] before = now.pretrained();
        double[] scores = new double[before.length];
        for (int task = 0; task < scores.length; task++) {
            scores[task] = -before[task];
        }
        now.shown().forEach(shown -> scores[shown.task()]--);
        return settings.byTarget() ? RoundRobinSelector.perTarget(scores, now.targets()) : scores;
    }

    /** @param byTarget whether a task that counts more is due more often */
    public record Settings(boolean byTarget) {}
}
