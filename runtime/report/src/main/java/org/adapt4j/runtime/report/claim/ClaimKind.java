package org.adapt4j.runtime.report.claim;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of statement a plan can make, each with the rule that judges it.
 *
 * <p>All rules look at means of normalised scores over held-out tasks and seeds, with 95 % stratified bootstrap
 * intervals (paired where both sides have the same seeds). A claim of several parts needs each part, so the parts are
 * not corrected for their number; the rules themselves are ours.
 */
public enum ClaimKind {
    /** {@code method} beats every method of {@code than} by every one of {@code measures}, at every place of the grid. */
    BETTER(
            "better",
            "Holds if the method's lead over each named method, by each named measure and at each place of the grid, has a 95 % interval above 0;"
                    + " does not hold if any of these intervals lies below 0; undecided otherwise."),
    /** {@code method} rises during adaptation and ends below {@code below}. */
    IMPROVES_BELOW(
            "improves-below",
            "Holds if at each place of the grid the 95 % interval of the rise (least-squares slope times the length of the adaptation) lies above 0"
                    + " and that of the other method's final lead lies above 0; does not hold if any of these intervals lies below 0; undecided otherwise."),
    /** The first value of {@code method} grows along a coordinate, more than that of {@code less}. */
    GROWS(
            "grows",
            "Holds if the value at step 0 rises from each value of the coordinate to the next, the 95 % interval of the rise from the first to the last"
                    + " lies above 0, and so does that of its excess over the other method's rise; does not hold if an interval of the whole rise, of a single"
                    + " step, or of the excess lies below 0; undecided otherwise."),
    /** {@code method} neither rises nor falls during adaptation. */
    FLAT(
            "flat",
            "Holds if at each place of the grid the 95 % interval of the rise (least-squares slope times the length of the adaptation) lies within ± the"
                    + " margin (0.05 of the normalised score unless the claim says otherwise); does not hold if an interval excludes 0 and its rise is larger than the"
                    + " margin; undecided otherwise.");

    private final String key;
    private final String rule;

    ClaimKind(String key, String rule) {
        this.key = key;
        this.rule = rule;
    }

    /** As written in a plan. */
    public String key() {
        return key;
    }

    /** The rule in words. */
    public String rule() {
        return rule;
    }

    /** The kind of a name. */
    public static Optional<ClaimKind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }

    static String known() {
        return Arrays.stream(values())
                .map(ClaimKind::key)
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
    }
}
