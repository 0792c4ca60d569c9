package org.adapt4j.runtime.report.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.adapt4j.runtime.report.judge.Interval;

/**
 * Mean and spread of independent runs; the standard error divides by n − 1 and is absent for a single run.
 *
 * @param count number of values
 * @param mean their mean
 * @param deviation sample standard deviation, NaN for one value
 */
public record Sample(int count, double mean, double deviation) {
    /** Summarises at least one value. */
    public static Sample of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a sample needs at least one value");
        }
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Sample(
                values.length, mean, values.length == 1 ? Double.NaN : Math.sqrt(squares / (values.length - 1)));
    }

    /** Standard error of the mean; empty for one value. */
    public OptionalDouble standardError() {
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(deviation / Math.sqrt(count));
    }

    /**
     * Student's interval of the mean.
     *
     * @throws IllegalStateException for a single value, of which no interval can be told
     */
    public Interval studentInterval(double confidence) {
        double half = StudentT.quantile((1 + confidence) / 2, count - 1)
                * standardError().orElseThrow(() -> new IllegalStateException("one run has no interval"));
        return new Interval(mean - half, mean + half);
    }

    /** How often mean ± 1 SE holds the true mean, were the values normal: 0.626 for 5 runs. */
    public static double coverageOfOneStandardError(int count) {
        return 2 * StudentT.cumulative(1, count - 1) - 1;
    }
}
