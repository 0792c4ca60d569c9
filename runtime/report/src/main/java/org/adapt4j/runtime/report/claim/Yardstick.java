package org.adapt4j.runtime.report.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.runtime.report.statistics.Scores;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Measure;
import org.adapt4j.runtime.report.study.Quantity;

/** What a claim measures methods by: one number of one curve, more of which is better. */
enum Yardstick {
    START("start", "start", Measure.START, Quantity.SCORE, 1),
    FINAL("final", "final", Measure.FINAL, Quantity.SCORE, 1),
    AUC("auc", "AUC", Measure.AUC, Quantity.SCORE, 1),
    RISE("rise", "rise", Measure.RISE, Quantity.SCORE, 1),
    ACTION_LOSS("action-loss", "action loss with the sign changed", Measure.FINAL, Quantity.ACTION_LOSS, -1);

    /** How claims of kinds with {@code measures} name them; the rise has kinds of its own. */
    static final Set<String> NAMED = new TreeSet<>(Set.of("start", "final", "auc", "action-loss"));

    private final String key;
    private final String label;
    private final Measure measure;
    private final Quantity quantity;
    private final int sign;

    Yardstick(String key, String label, Measure measure, Quantity quantity, int sign) {
        this.key = key;
        this.label = label;
        this.measure = measure;
        this.quantity = quantity;
        this.sign = sign;
    }

    static Yardstick named(String key) {
        return Arrays.stream(values())
                .filter(yardstick -> yardstick.key.equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** Word for people. */
    String label() {
        return label;
    }

    /** Whether every seed of a group has it on every one of its tasks. */
    boolean knows(Group group) {
        return group.knows(quantity);
    }

    /** 1, or −1 for a quantity less of which is better. */
    int sign() {
        return sign;
    }

    /** The numbers themselves, without the sign. */
    Scores scores(Group group, List<String> tasks) {
        return group.scores(measure, quantity, tasks);
    }
}
