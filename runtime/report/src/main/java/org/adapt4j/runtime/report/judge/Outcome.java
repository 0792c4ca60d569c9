package org.adapt4j.runtime.report.judge;

/** What a rule can say of a claim. */
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
