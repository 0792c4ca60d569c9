package org.adapt4j.runtime.report.study;

import org.adapt4j.runtime.report.statistics.Curve;

/** One number of one adaptation curve. */
public enum Measure {
    /** Value at the first measuring point, before any adaptation where that is step 0. */
    START("start"),
    /** Value at the last measuring point. */
    FINAL("final"),
    /** Area under the curve divided by its length: the mean height during adaptation. */
    AUC("AUC"),
    /** Rise of the least-squares line over the whole adaptation. */
    RISE("rise");

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
            case RISE -> curve.fittedRise();
        };
    }
}
