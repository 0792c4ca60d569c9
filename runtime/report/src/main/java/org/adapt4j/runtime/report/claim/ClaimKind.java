package org.adapt4j.runtime.report.claim;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The kinds of statement a plan can make, each with the rule that judges it. Every claim comes down to parts "number > margin", of which
 * {@link org.adapt4j.runtime.report.judge.Judge} tells whether they hold.
 */
public enum ClaimKind {
    /** {@code method} beats every method of {@code than} by every one of {@code measures}, at every place of the grid. */
    BETTER(
            "better",
            Set.of("method", "than", "measures"),
            Set.of("margin"),
            "The method's lead over each named method, by each named measure and at each place of the grid, must exceed the"
                    + " margin (0 unless the claim says otherwise)."),
    /** {@code method} and each of {@code than} are alike by every one of {@code measures}, within a margin. */
    SIMILAR(
            "similar",
            Set.of("method", "measures"),
            Set.of("than", "along", "margin", "each-task"),
            "Equivalence: the difference to each named method, or with \u201calong\u201d between the last and the first value of that"
                    + " coordinate, must be shown to lie within \u00b1 the margin (0.1 of the normalised score unless the claim says"
                    + " otherwise), by each measure, at each place; with \u201ceach-task\u201d on every single task. That a difference is"
                    + " not seen does not make methods alike."),
    /** {@code method} neither rises nor falls during adaptation. */
    FLAT(
            "flat",
            Set.of("method"),
            Set.of("margin"),
            "End minus start, and mean height minus start, must be shown to lie within \u00b1 the margin (0.1 of the normalised score"
                    + " unless the claim says otherwise) at each place; of a method that only plays, the mean of its last quarter of"
                    + " trials minus the first."),
    /** {@code method} gains no more than a margin during adaptation; it may fall. */
    NO_IMPROVEMENT(
            "no-improvement",
            Set.of("method"),
            Set.of("margin"),
            "As \u201cflat\u201d, but only a rise of more than the margin speaks against it."),
    /** {@code method} rises during adaptation and ends below {@code below}. */
    IMPROVES_BELOW(
            "improves-below",
            Set.of("method", "below"),
            Set.of(),
            "At each place of the grid end minus start, and the other method's final lead, must lie above 0."),
    /** {@code method} grows along a coordinate by each of {@code measures}, more than {@code less}; before adaptation, if none is named. */
    GROWS(
            "grows",
            Set.of("method", "along"),
            Set.of("measures", "less", "margin", "fall"),
            "Each named measure, or the value before adaptation where none is named, at the last value of the coordinate minus that at"
                    + " the first must exceed the margin (0 unless the claim says otherwise), and by more than the other method's where"
                    + " one is named; each single step must be shown to fall by less than \u201cfall\u201d (0.1 of the normalised score"
                    + " unless the claim says otherwise)."),
    /** {@code method} gains more along a coordinate than each method of {@code than}. */
    INTERACTION(
            "interaction",
            Set.of("method", "than", "measures", "along"),
            Set.of("margin"),
            "What the method gains from the first value of the coordinate to the last, minus what each named method gains, must exceed"
                    + " the margin (0 unless the claim says otherwise)."),
    /** The lead of {@code method} over each method of {@code than} differs from task to task. */
    VARIES(
            "varies",
            Set.of("method", "than", "measures"),
            Set.of("margin", "signs"),
            "Holds if the method's lead over each named method differs between tasks (F test with Huynh and Feldt's correction, seeds"
                    + " as blocks), and if the standard deviation of the tasks' leads is estimated at no less than the margin (0.1 of the"
                    + " normalised score unless the claim says otherwise). That it differs at all is tested, that it does by the margin is"
                    + " an estimate. It does not hold if each task's lead is shown to lie within \u00b1 the margin of their mean. With"
                    + " \u201csigns\u201d the lead must instead lie above 0 on some task and below 0 on another (Holm's correction over"
                    + " tasks); it does not hold if it is shown to lie on one side on all of them. About these tasks only, and not to"
                    + " be tested where seeds agree on how tasks differ.");

    /** What any kind may say: the tasks it is about (all where it names none), coordinates of the grid, and which question it answers. */
    private static final Set<String> COMMON = Set.of("kind", "tasks", "where", "about");

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

    /** Whether its margin is one of likeness, which only normalised scores have a default for. */
    boolean isOfLikeness() {
        return this == SIMILAR || this == VARIES;
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
