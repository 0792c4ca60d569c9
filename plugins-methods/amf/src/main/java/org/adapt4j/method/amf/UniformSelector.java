package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.TaskSelector;

/** Draws a task, each round anew: the baseline of AMF. */
public final class UniformSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public UniformSelector(Settings settings) {
        this.settings = settings;
    }

    @Override
    public double[] score(Selection now) {
        double[] scores = now.targets();
        for (int task = 0; task < scores.length; task++) {
            scores[task] = Draws.perturbed(settings.byTarget() ? Math.log(scores[task]) : 0, now.random());
        }
        return scores;
    }

    /** @param byTarget whether a task is drawn as often as it counts, instead of all alike */
    public record Settings(boolean byTarget) {}
}
