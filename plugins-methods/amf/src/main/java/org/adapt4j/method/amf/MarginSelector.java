package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.method.Needs;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.method.selection.Imitation;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.TaskScores;
import org.adapt4j.method.selection.TaskSelector;

/** Takes the task on whose demonstrations the policy's two likeliest choices are nearest. */
public final class MarginSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public MarginSelector(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Needs needs() {
        return new Needs(
                EnumSet.allOf(Regime.class),
                Set.of(LastLayer.class),
                true,
                "the strategy looks at the probabilities of choices");
    }

    @Override
    public Optional<String> objection(Prospect prospect) {
        return prospect.spec().action() instanceof Discrete
                ? Optional.empty()
                : Optional.of(
                        "the selector margin looks at the probabilities of choices, and these actions are continuous;"
                                + " use d-optimal or vtl");
    }

    @Override
    public double[] score(Selection now) {
        return TaskScores.ofAnswers(now, settings.steps(), (logits, action) -> margin(logits));
    }

    /** Minus the distance of the likeliest choice from the second. */
    static double margin(double[] logits) {
        double[] shares = Imitation.softmax(logits);
        Arrays.sort(shares);
        return shares.length < 2 ? -1 : shares[shares.length - 2] - shares[shares.length - 1];
    }

    /** @param steps most steps of a demonstration; 0 for all */
    public record Settings(int steps) {

        /** Checks the number. */
        public Settings {
            Check.notNegative("steps", steps);
        }
    }
}
