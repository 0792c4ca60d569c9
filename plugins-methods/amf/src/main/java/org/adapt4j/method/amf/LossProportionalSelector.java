package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.settings.Check;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.TaskScores;
import org.adapt4j.method.selection.TaskSelector;

/**
 * Draws a task by the imitation loss on its demonstrations, to the power {@code 1 / temperature}; at temperature 0 takes the largest.
 * Ignores what tasks share.
 */
public final class LossProportionalSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public LossProportionalSelector(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return new Needs(
                EnumSet.allOf(Regime.class),
                Set.of(LastLayer.class),
                true,
                "the strategy compares what a policy answers with what was shown");
    }

    @Override
    public double[] score(Selection now) {
        double[] losses = TaskScores.losses(now, settings.steps());
        return settings.temperature() == 0 ? losses : Draws.byWeight(losses, 1 / settings.temperature(), now.random());
    }

    /**
     * How to draw.
     *
     * @param temperature not negative
     * @param steps most steps of a demonstration; 0 for all
     */
    public record Settings(double temperature, int steps) {

        /** Checks the numbers. */
        public Settings {
            Check.notNegative("temperature", temperature);
            Check.notNegative("steps", steps);
        }
    }
}
