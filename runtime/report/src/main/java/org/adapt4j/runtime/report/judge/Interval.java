package org.adapt4j.runtime.report.judge;

/**
 * Two ends of a confidence interval.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
    /** Whether a value lies between the ends, the ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether the whole interval lies above a value. */
    public boolean above(double value) {
        return low > value;
    }

    /** Whether the whole interval lies below a value. */
    public boolean below(double value) {
        return high < value;
    }

    /** Whether the whole interval lies within ±margin of zero. */
    public boolean within(double margin) {
        return low >= -margin && high <= margin;
    }
}
