package org.adapt4j.runtime.report.judge;

/**
 * What a number must be: {@code sign × number > margin}.
 *
 * @param sign 1 or &minus;1
 * @param margin to exceed
 */
public record Demand(int sign, double margin) {
    /** A lead above a margin. */
    public static Demand above(double margin) {
        return new Demand(1, margin);
    }

    /** No lower than the other way round. */
    public static Demand below(double margin) {
        return new Demand(-1, margin);
    }
}
