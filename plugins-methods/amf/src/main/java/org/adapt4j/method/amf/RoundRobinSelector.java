package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.TaskSelector;

/** Takes the task shown least so far, for what it counts. */
public final class RoundRobinSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public RoundRobinSelector(Settings settings) {
        this.settings = settings;
    }

    @Override
    public double[] score(Selection now) {
        double[] scores = new double[now.tasks().size()];
        now.shown().forEach(shown -> scores[shown.task()]--);
        return settings.byTarget() ? perTarget(scores, now.targets()) : scores;
    }

    /** Counts over weights; a task that does not count is not asked for. */
    static double[] perTarget(double[] scores, double[] targets) {
        for (int task = 0; task < scores.length; task++) {
            scores[task] = targets[task] == 0 ? Double.NEGATIVE_INFINITY : scores[task] / targets[task];
        }
        return scores;
    }

    /** @param byTarget whether a task that counts more is due more often */
    public record Settings(boolean byTarget) {}
}
