package org.adapt4j.runtime.report.claim;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Measure;
import org.adapt4j.runtime.report.study.Quantity;

/** What a claim measures methods by: one number of one curve, more of which is better. */
enum Yardstick {
    START("start", "start", Measure.START, Quantity.SCORE, 1),
    FINAL("final", "final", Measure.FINAL, Quantity.SCORE, 1),
    AUC("auc", "AUC", Measure.AUC, Quantity.SCORE, 1),
    GAIN("gain", "end \u2212 start", Measure.GAIN, Quantity.SCORE, 1),
    GAIN_ON_THE_WAY("gain-on-the-way", "AUC \u2212 start", Measure.GAIN_ON_THE_WAY, Quantity.SCORE, 1),
    LATE("late", "late \u2212 first", Measure.LATE, Quantity.SCORE, 1),
    ACTION_LOSS("action-loss", "action loss with the sign changed", Measure.FINAL, Quantity.ACTION_LOSS, -1);

    /** How claims of kinds with {@code measures} name them; gains have kinds of their own. */
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

    String key() {
        return key;
    }

    /** Word for people. */
    String label() {
        return label;
    }

    /** Whether it is a normalised score, so that margins have a default. */
    boolean isNormalised() {
        return quantity == Quantity.SCORE;
    }

    /** The numbers of a group, its sign in the weight. */
    Contrast.Term term(double weight, Group group, List<String> tasks) {
        return group.term(weight * sign, measure, quantity, tasks);
    }
}
