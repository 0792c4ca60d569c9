package org.adapt4j.method.amf;

import jakarta.inject.Inject;
import java.util.List;
import org.adapt4j.api.settings.Check;
import org.adapt4j.method.selection.Selection;
import org.adapt4j.method.selection.Selection.Round;
import org.adapt4j.method.selection.TaskSelector;

/**
 * A bandit over tasks whose reward is learning progress: by how much the imitation loss on a task fell after its last demonstration.
 * Discounted upper confidence bounds (Garivier and Moulines 2011). A task not chosen yet comes first.
 */
public final class BanditSelector implements TaskSelector {

    private final Settings settings;

    @Inject
    public BanditSelector(Settings settings) {
        this.settings = settings;
    }

    @Override
    public double[] score(Selection now) {
        double[] scores = new double[now.tasks().size()];
        double[] counts = new double[scores.length];
        double total = 0;
        List<Round> rounds = now.rounds();
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            double weight = Math.pow(settings.discount(), rounds.size() - 1.0 - i);
            counts[round.task()] += weight;
            scores[round.task()] += weight * (round.lossBefore() - round.lossAfter());
            total += weight;
        }
        for (int task = 0; task < scores.length; task++) {
            scores[task] = counts[task] == 0
                    ? Double.POSITIVE_INFINITY
                    : scores[task] / counts[task]
                            + settings.exploration() * Math.sqrt(Math.max(0, Math.log(total)) / counts[task]);
        }
        return scores;
    }

    /**
     * How to weigh progress against what is little known.
     *
     * @param exploration width of the confidence bounds, in units of the loss
     * @param discount of what a round counts one round later, in (0, 1]
     */
    public record Settings(double exploration, double discount) {

        /** Checks the numbers. */
        public Settings {
            Check.notNegative("exploration", exploration);
            Check.fraction("discount", discount);
        }
    }
}
