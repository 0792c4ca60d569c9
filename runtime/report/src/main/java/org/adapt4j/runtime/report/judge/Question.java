package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A number that a claim is about, and what it must be for the claim to hold.
 *
 * @param what it is, in words
 * @param key which contrast
 * @param contrast the number
 * @param about what it is to say something about
 * @param demands each of which must be met; none where only the variation is asked for
 * @param variation how it must differ from task to task, where that is asked for
 */
public record Question(
        String what,
        Judge.Key key,
        Contrast contrast,
        About about,
        List<Demand> demands,
        Optional<Variation> variation) {
    /**
     * How a lead must differ from task to task.
     *
     * @param margin least deviation of the tasks' leads
     * @param signs whether instead it must lie above 0 on some task and below on another
     */
    public record Variation(double margin, boolean signs) {}

    /** Copies the list. */
    public Question {
        demands = List.copyOf(demands);
    }

    /** Whether it asks for likeness: no more than a margin either way. */
    public boolean isEquivalence() {
        return demands.size() == 2 && demands.get(0).sign() != demands.get(1).sign();
    }

    /** Why it cannot be decided, in words; empty if it can. */
    public Optional<String> lacks(boolean outstanding) {
        Optional<String> seeds = contrast.lacks();
        if (seeds.isPresent() && (!outstanding || contrast.seedCount() < Judge.FEWEST)) {
            return seeds;
        }
        if (about == About.SUCH && contrast.taskCount() < Judge.FEWEST_TASKS) {
            return Optional.of(contrast.taskCount() + (contrast.taskCount() == 1 ? " task" : " tasks")
                    + ": a statement about other tasks needs " + Judge.FEWEST_TASKS);
        }
        if (variation.isPresent() && !contrast.isPaired()) {
            return Optional.of("methods with different seeds have no test of whether tasks differ");
        }
        if (variation.isPresent() && contrast.taskCount() < 2) {
            return Optional.of("only one task");
        }
        if (variation.isPresent()
                && !Double.isFinite(MeanSquares.of(contrast.sides().get(0)).residual())) {
            return Optional.of(Contrast.TOO_LARGE);
        }
        return variation.isEmpty() && contrast.estimate(about) instanceof Estimate.Bare bare
                ? Optional.of(bare.reason())
                : Optional.empty();
    }

    /** The same of another contrast. */
    Question of(Contrast other) {
        return new Question(what, key, other, about, demands, variation);
    }

    /** Its parts, judged by an estimate. */
    List<Judge.Part> parts(Estimate estimate) {
        List<Judge.Part> parts = new ArrayList<>();
        demands.forEach(demand -> parts.add(new Judge.Part(key, demand.sign(), demand.margin(), estimate)));
        return parts;
    }

    /** What it must be, in words. */
    public String demand() {
        if (variation.isPresent()) {
            return variation.get().signs()
                    ? "above 0 on some task, below 0 on another"
                    : "varies by " + Numerals.number(variation.get().margin());
        }
        if (isEquivalence()) {
            return "within \u00b1" + Numerals.number(-demands.get(0).margin());
        }
        Demand one = demands.get(0);
        return one.sign() > 0 ? "above " + Numerals.number(one.margin()) : "below " + Numerals.number(-one.margin());
    }
}
