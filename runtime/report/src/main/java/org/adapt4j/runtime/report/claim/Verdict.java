package org.adapt4j.runtime.report.claim;

import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.Interval;

/**
 * What the numbers say about one claim under one preset.
 *
 * @param claim id of the claim
 * @param text in the words of the plan
 * @param kinds of its parts, as written in the plan
 * @param preset it was judged for
 * @param outcome of the rule
 * @param because why, in a sentence
 * @param evidence the numbers the rule looked at
 */
public record Verdict(
        String claim,
        String text,
        List<String> kinds,
        String preset,
        Outcome outcome,
        String because,
        List<Evidence> evidence) {
    /** Copies the lists. */
    public Verdict {
        kinds = List.copyOf(kinds);
        evidence = List.copyOf(evidence);
    }

    /** What a rule can say. */
    public enum Outcome {
        /** Every part of the claim is supported. */
        HOLDS("holds"),
        /** Some part is contradicted. */
        DOES_NOT_HOLD("does not hold"),
        /** Neither, or something is missing. */
        UNDECIDED("undecided");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /** Words for people. */
        public String label() {
            return label;
        }
    }

    /**
     * One number a rule looked at, a normalised score.
     *
     * @param what it is
     * @param value point estimate
     * @param interval 95 %, empty with fewer than two seeds
     * @param paired whether rows were resampled together
     */
    public record Evidence(String what, double value, Optional<Interval> interval, boolean paired) {}
}
