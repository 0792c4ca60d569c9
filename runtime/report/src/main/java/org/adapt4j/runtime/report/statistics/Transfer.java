package org.adapt4j.runtime.report.statistics;

import java.util.OptionalDouble;

/**
 * What starting from something learned gains over starting from nothing, for two curves over the same budget.
 *
 * <p>Source: the quantities of Taylor and Stone 2009 (RECALLED).
 *
 * @param jumpstart difference of the first values
 * @param asymptoticGain difference of the means of the last k values
 * @param ratio (area − area of scratch) / area of scratch; empty when the latter is not positive
 * @param adaptationGain last value − first value of the adapted curve
 * @param timeToThreshold steps of the adapted curve to the threshold, empty if never reached
 * @param scratchTimeToThreshold the same for scratch
 */
public record Transfer(
        double jumpstart,
        double asymptoticGain,
        OptionalDouble ratio,
        double adaptationGain,
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
                adapted.first() - scratch.first(),
                adapted.meanOfLast(last) - scratch.meanOfLast(last),
                area > 0 ? OptionalDouble.of((adapted.area() - area) / area) : OptionalDouble.empty(),
                adapted.last() - adapted.first(),
                adapted.timeTo(threshold),
                scratch.timeTo(threshold));
    }
}
