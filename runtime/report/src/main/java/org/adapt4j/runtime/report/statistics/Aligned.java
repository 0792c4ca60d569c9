package org.adapt4j.runtime.report.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.adapt4j.runtime.report.judge.Sample;

/**
 * Curves on common steps, so that each step has a value of every curve: the first point of each, the last of each, and what lies between.
 *
 * <p>Curves that are {@linkplain #areAlike alike} but for what updates spend beyond a point are taken point by point, at the mean of what they
 * had spent by then. Others are read linearly at all steps that every curve covers; their ends stay their own, at the mean of where these lie. So
 * the ends of a mean curve are the means of ends.
 *
 * @param x steps, ascending
 * @param y values, curve after curve
 */
public record Aligned(double[] x, double[][] y) {

    /** Aligns at least one curve. */
    public static Aligned of(List<Curve> curves) {
        double[][] x = curves.stream().map(Curve::x).toArray(double[][]::new);
        double[][] y = curves.stream().map(Curve::y).toArray(double[][]::new);
        if (areAlike(curves)) {
            double[] mean = new double[x[0].length];
            for (int i = 0; i < mean.length; i++) {
                for (double[] steps : x) {
                    mean[i] += steps[i] / x.length;
                }
            }
            return new Aligned(Arrays.stream(x).allMatch(steps -> Arrays.equals(steps, x[0])) ? x[0] : mean, y);
        }
        double[] between = between(x);
        double first = Arrays.stream(x).mapToDouble(steps -> steps[0]).average().orElseThrow();
        double last = Arrays.stream(x)
                .mapToDouble(steps -> steps[steps.length - 1])
                .average()
                .orElseThrow();
        double[] steps = framed(first, between, last);
        return new Aligned(
                steps,
                curves.stream()
                        .map(curve -> framed(curve.first(), read(curve, between), curve.last()))
                        .toArray(double[][]::new));
    }

    /** The same at those steps alone that every curve covers, so that all are read at one step; there may be none. */
    public static Aligned common(List<Curve> curves) {
        double[][] x = curves.stream().map(Curve::x).toArray(double[][]::new);
        double from = from(x);
        double to = to(x);
        double[] steps = from > to
                ? new double[0]
                : DoubleStream.of(framed(from, between(x), to)).distinct().toArray();
        return new Aligned(
                steps, curves.stream().map(curve -> read(curve, steps)).toArray(double[][]::new));
    }

    private static double[] framed(double first, double[] between, double last) {
        return DoubleStream.concat(
                        DoubleStream.concat(DoubleStream.of(first), Arrays.stream(between)), DoubleStream.of(last))
                .toArray();
    }

    private static double[] read(Curve curve, double[] steps) {
        return Arrays.stream(steps)
                .map(step -> curve.at(step, Curve.Reading.LINEAR).orElseThrow())
                .toArray();
    }

    /** Whether curves have as many points, each of them nearer to its like than half the way to the next one. */
    public static boolean areAlike(List<Curve> curves) {
        double[] first = curves.get(0).x();
        return curves.stream().map(Curve::x).allMatch(steps -> steps.length == first.length && isNear(steps, first));
    }

    private static boolean isNear(double[] steps, double[] others) {
        double gap = Double.POSITIVE_INFINITY;
        for (int i = 1; i < steps.length; i++) {
            gap = Math.min(gap, Math.min(steps[i] - steps[i - 1], others[i] - others[i - 1]));
        }
        double half = gap / 2;
        return IntStream.range(0, steps.length).allMatch(i -> Math.abs(steps[i] - others[i]) < half);
    }

    private static double from(double[][] x) {
        return Arrays.stream(x).mapToDouble(steps -> steps[0]).max().orElseThrow();
    }

    private static double to(double[][] x) {
        return Arrays.stream(x)
                .mapToDouble(steps -> steps[steps.length - 1])
                .min()
                .orElseThrow();
    }

    /** All steps between the last first and the first last one. */
    private static double[] between(double[][] x) {
        double from = from(x);
        double to = to(x);
        return Arrays.stream(x)
                .flatMapToDouble(Arrays::stream)
                .filter(step -> from < step && step < to)
                .distinct()
                .sorted()
                .toArray();
    }

    /** Their mean. */
    public Curve mean() {
        double[] mean = new double[x.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = Arrays.stream(at(i)).sum() / y.length;
        }
        return Curve.of(x, mean);
    }

    /** The values at a step, curve after curve. */
    public double[] at(int step) {
        return Arrays.stream(y).mapToDouble(values -> values[step]).toArray();
    }

    /** The band of curves that are each of another seed. */
    public Band band() {
        return new Band(IntStream.range(0, x.length)
                .mapToObj(i -> new Band.Point(x[i], Sample.of(at(i))))
                .toList());
    }
}
