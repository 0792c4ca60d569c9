package org.adapt4j.method.amf;

import jakarta.inject.Inject;
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

/** Takes the task on whose demonstrations the policy is least decided: the mean entropy of its choices. */
public final class EntropySelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public EntropySelector(Settings settings) {
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
                        "the selector entropy looks at the probabilities of choices, and these actions are continuous;"
                                + " use d-optimal or vtl");
    }

    @Override
    public double[] score(Selection now) {
        return TaskScores.ofAnswers(now, settings.steps(), (logits, action) -> entropy(logits));
    }

    /** Entropy of a choice, in nats. */
    static double entropy(double[] logits) {
        double sum = 0;
        for (double share : Imitation.softmax(logits)) {
            sum -= share > 0 ? share * Math.log(share) : 0;
        }
        return sum;
    }

    /** @param steps most steps of a demonstration; 0 for all */
    public record Settings(int steps) {

        /** Checks the number. */
        public Settings {
            Check.notNegative("steps", steps);
        }
    }
}
