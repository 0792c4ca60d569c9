package org.adapt4j.runtime.report.claim;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The kinds of statement a plan can make, each with the rule that judges it.
 *
 * <p>All rules look at means of normalised scores (or of the action loss, less of which is better) over held-out tasks and seeds, with 95 % stratified bootstrap
 * intervals (paired where both sides have the same seeds). A claim of several parts needs each part, so the parts are
 * not corrected for their number; the rules themselves are ours.
 */
public enum ClaimKind {
    /** {@code method} beats every method of {@code than} by every one of {@code measures}, at every place of the grid. */
    BETTER(
            "better",
            Set.of("method", "than", "measures"),
            Set.of(),
            "Holds if the method's lead over each named method, by each named measure and at each place of the grid,"
                    + " has a 95 % interval above 0; does not hold if any of these intervals lies below 0; undecided"
                    + " otherwise."),
    /** {@code method} rises during adaptation and ends below {@code below}. */
    IMPROVES_BELOW(
            "improves-below",
            Set.of("method", "below"),
            Set.of(),
            "Holds if at each place of the grid the 95 % interval of the rise (least-squares slope times the length of"
                    + " the adaptation) lies above 0 and that of the other method's final lead lies above 0; does not hold"
                    + " if any of these intervals lies below 0; undecided otherwise."),
    /** The first value of {@code method} grows along a coordinate, more than that of {@code less}. */
    GROWS(
            "grows",
            Set.of("method", "along"),
            Set.of("less"),
            "Holds if the value at step 0 rises from each value of the coordinate to the next, the 95 % interval of"
                    + " the rise from the first to the last lies above 0, and so does that of its excess over the other"
                    + " method's rise, where one is named; does not hold if an interval of the whole rise, of a single"
                    + " step, or of the excess lies below 0; undecided otherwise."),
    /** {@code method} neither rises nor falls during adaptation. */
    FLAT(
            "flat",
            Set.of("method"),
            Set.of("margin"),
            "Holds if at each place of the grid the 95 % interval of the rise (least-squares slope times the length of"
                    + " the adaptation) lies within ± the margin (0.05 of the normalised score unless the claim says"
                    + " otherwise); does not hold if an interval excludes 0 and its rise is larger than the margin;"
                    + " undecided otherwise."),
    /** {@code method} and each method of {@code than} are alike by every one of {@code measures} on most tasks. */
    SIMILAR(
            "similar",
            Set.of("method", "than", "measures"),
            Set.of("margin"),
            "Looks at each task by itself. A task speaks for likeness if the 95 % interval of the difference contains"
                    + " 0, against it if the interval excludes 0. Holds if at each place of the grid, for each named"
                    + " method and measure, more than half of the tasks speak for it; does not hold if somewhere at least"
                    + " half speak against it; undecided otherwise. That an interval contains 0 shows no difference, but"
                    + " not that there is none: look at its width. If the claim names a margin, a task speaks for likeness"
                    + " only if the whole interval lies within ± the margin, and against it only if the interval excludes"
                    + " 0 and the difference is larger than the margin."),
    /** The lead of {@code method} over each method of {@code than} changes its sign from task to task. */
    VARIES(
            "varies",
            Set.of("method", "than", "measures"),
            Set.of("margin"),
            "Looks at each task by itself. Holds if at each place of the grid, for each named method and measure, the"
                    + " 95 % interval of the method's lead lies above 0 on some task and below 0 on another; does not hold"
                    + " if somewhere the intervals of all tasks lie on one side of 0, or all within ± the margin (0.05 of"
                    + " the normalised score unless the claim says otherwise); undecided otherwise.");

    /** What any kind may say: the tasks it is about (all where it names none), and coordinates of the grid it holds at. */
    private static final Set<String> COMMON = Set.of("kind", "tasks", "where");

    private final String key;
    private final Set<String> needs;
    private final Set<String> may;
    private final String rule;

    ClaimKind(String key, Set<String> needs, Set<String> may, String rule) {
        this.key = key;
        this.needs = needs;
        this.may = may;
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

    /** What a claim of this kind must say beside its kind. */
    Set<String> needs() {
        return new TreeSet<>(needs);
    }

    /** All that a claim of this kind may say. */
    Set<String> fields() {
        Set<String> fields = new TreeSet<>(COMMON);
        fields.addAll(needs);
        fields.addAll(may);
        return fields;
    }

    /** The kind of a name. */
    public static Optional<ClaimKind> of(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst();
    }

    static Set<String> known() {
        return Arrays.stream(values()).map(ClaimKind::key).collect(Collectors.toCollection(TreeSet::new));
    }
}
