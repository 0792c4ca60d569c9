package org.adapt4j.runtime.report.study;

import org.adapt4j.runtime.report.statistics.Curve;

/** One number of one adaptation curve, linear in its values. */
public enum Measure {
    /** Value at the first measuring point, before any adaptation where that is step 0. */
    START("start"),
    /** Value at the last measuring point. */
    FINAL("final"),
    /** Area under the curve divided by its length: the mean height during adaptation. */
    AUC("AUC"),
    /** What adaptation gained: the end minus the start. */
    GAIN("end \u2212 start"),
    /** What was gained on the way, a rise that is gone by the end too: the mean height minus the start. */
    GAIN_ON_THE_WAY("AUC \u2212 start"),
    /** Of a method that only plays: the mean of the last quarter of its trials minus the first. */
    LATE("late \u2212 first");

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    /** Word for people. */
    public String label() {
        return label;
    }

    /** The number of a curve. */
    public double of(Curve curve) {
        return switch (this) {
            case START -> curve.first();
            case FINAL -> curve.last();
            case AUC -> curve.meanHeight();
            case GAIN -> curve.last() - curve.first();
            case GAIN_ON_THE_WAY -> curve.meanHeight() - curve.first();
            case LATE -> curve.lateMinusFirst();
        };
    }
}
