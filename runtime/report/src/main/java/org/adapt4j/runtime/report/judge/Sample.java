package org.adapt4j.runtime.report.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One number of each seed.
 *
 * @param values seed after seed
 */
public record Sample(List<Double> values) {
    /** Copies the list. */
    public Sample {
        values = List.copyOf(values);
    }

    /** At least one value, each of another seed. */
    public static Sample of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a sample needs at least one value");
        }
        return new Sample(Arrays.stream(values).boxed().toList());
    }

    /** How many seeds. */
    public int count() {
        return values.size();
    }

    /** Their mean. */
    public double mean() {
        return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
    }

    /** Student's 95 % interval of the mean; empty below five seeds, or where all agree. */
    public Optional<Interval> interval() {
        return interval(Judge.ALPHA);
    }

    /** The interval that leaves a share on each side; empty below five seeds, or where all agree. */
    public Optional<Interval> interval(double tail) {
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        return count() < Judge.FEWEST || !Arrays.stream(numbers).allMatch(Double::isFinite)
                ? Optional.empty()
                : Contrast.of(Grid.ofSeedMeans(
                                IntStream.range(0, numbers.length).boxed().toList(), numbers))
                        .estimate(About.THESE)
                        .interval(tail);
    }
}
