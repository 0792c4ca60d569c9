package org.adapt4j.runtime.report.statistics;

import java.util.OptionalDouble;

/**
 * What starting from something learned gains over starting from nothing, for two curves over the same budget.
 *
 * <p>Source: the quantities of Taylor and Stone 2009 (RECALLED).
 *
 * @param jumpstart difference of the first values; empty where a curve begins after step 0
 * @param asymptoticGain difference of the means of the last k values
 * @param ratio (area − area of scratch) / area of scratch; empty when the latter is not positive, or the curves cover other steps
 * @param adaptationGain last value − first value of the adapted curve; empty where it begins after step 0
 * @param timeToThreshold steps of the adapted curve to the threshold, empty if never reached
 * @param scratchTimeToThreshold the same for scratch
 */
public record Transfer(
        OptionalDouble jumpstart,
        double asymptoticGain,
        OptionalDouble ratio,
        OptionalDouble adaptationGain,
        OptionalDouble timeToThreshold,
        OptionalDouble scratchTimeToThreshold) {
    /**
     * Compares an adapted curve with the one from scratch.
     *
     * @param last how many values the asymptotic gain averages
     * @param threshold the value whose first crossing is timed
     */
    public static Transfer of(Curve adapted, Curve scratch, int last, double threshold) {
        double area = scratch.area();
        return new Transfer(
                jumpstart(adapted, scratch),
                adapted.meanOfLast(last) - scratch.meanOfLast(last),
                area > 0 && adapted.covers(scratch) && scratch.covers(adapted)
                        ? OptionalDouble.of((adapted.area() - area) / area)
                        : OptionalDouble.empty(),
                adapted.beginsAtZero() ? OptionalDouble.of(adapted.last() - adapted.first()) : OptionalDouble.empty(),
                adapted.timeTo(threshold),
                scratch.timeTo(threshold));
    }

    /** How much higher one begins than the other; empty where one begins after step 0. */
    public static OptionalDouble jumpstart(Curve adapted, Curve scratch) {
        return adapted.beginsAtZero() && scratch.beginsAtZero()
                ? OptionalDouble.of(adapted.first() - scratch.first())
                : OptionalDouble.empty();
    }
}
