package org.adapt4j.runtime.report.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * A measured quantity over steps, x strictly ascending.
 *
 * <p>Between two points it may be interpolated; outside its own range it says nothing, and nothing is invented.
 */
public final class Curve {
    /** A share of the budget. */
    private static final double OVERSHOOT = 0.05;

    private final double[] x;
    private final double[] y;

    private Curve(double[] x, double[] y) {
        this.x = x;
        this.y = y;
    }

    /**
     * Copies the points.
     *
     * @throws IllegalArgumentException when there is none, the lengths differ, or x does not ascend
     */
    public static Curve of(double[] x, double[] y) {
        if (x.length != y.length || x.length == 0) {
            throw new IllegalArgumentException(
                    "a curve needs as many x as y, at least one, not " + x.length + " and " + y.length);
        }
        for (int i = 1; i < x.length; i++) {
            if (!(x[i] > x[i - 1])) {
                throw new IllegalArgumentException("x must ascend, but " + x[i] + " follows " + x[i - 1]);
            }
        }
        return new Curve(x.clone(), y.clone());
    }

    /** The curve of points by step; empty where there is none. */
    public static Optional<Curve> of(SortedMap<Long, Double> points) {
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(of(
                        points.keySet().stream().mapToDouble(Long::doubleValue).toArray(),
                        points.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
    }

    /** How a curve is read between its points. */
    public enum Reading {
        /** Straight lines between points; nothing before the first and after the last. */
        LINEAR,
        /** The last value seen, also after the last point; nothing before the first. */
        HOLD
    }

    /** The steps, ascending; a copy. */
    public double[] x() {
        return x.clone();
    }

    /** The values; a copy. */
    public double[] y() {
        return y.clone();
    }

    /** Value at a step, empty where the reading does not allow one. */
    public OptionalDouble at(double step, Reading reading) {
        int found = Arrays.binarySearch(x, step);
        if (found >= 0) {
            return OptionalDouble.of(y[found]);
        }
        int next = -found - 1;
        if (next == 0) {
            return OptionalDouble.empty();
        }
        if (reading == Reading.HOLD) {
            return OptionalDouble.of(y[next - 1]);
        }
        if (next == x.length) {
            return OptionalDouble.empty();
        }
        double share = (step - x[next - 1]) / (x[next] - x[next - 1]);
        return OptionalDouble.of(y[next - 1] + share * (y[next] - y[next - 1]));
    }

    /** First value. */
    public double first() {
        return y[0];
    }

    /** Last value. */
    public double last() {
        return y[y.length - 1];
    }

    /** Whether it tells where adaptation began. */
    public boolean beginsAtZero() {
        return x[0] == 0;
    }

    /** Whether it reaches as far as another to either side, but for what an update may spend beyond a point. */
    public boolean covers(Curve other) {
        double allowed = OVERSHOOT * other.x[other.x.length - 1];
        return x[0] <= other.x[0] + allowed && x[x.length - 1] >= other.x[other.x.length - 1] - allowed;
    }

    /** Steps between the first point and the last. */
    public double range() {
        return x[x.length - 1] - x[0];
    }

    /** Of trials one after the other: mean of the last quarter of them, rounded up, minus the first. */
    public double lateMinusFirst() {
        return meanOfLast((y.length + 3) / 4) - y[0];
    }

    /** Mean of the last k values (all, if there are fewer). */
    public double meanOfLast(int k) {
        int from = Math.max(0, y.length - k);
        return Arrays.stream(y, from, y.length).sum() / (y.length - from);
    }

    /** Area under the curve by the trapezoid rule. */
    public double area() {
        double area = 0;
        for (int i = 1; i < x.length; i++) {
            area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        }
        return area;
    }

    /** Area divided by the range: the mean height; of a single point its value. */
    public double meanHeight() {
        return x.length == 1 ? y[0] : area() / range();
    }

    /** First step at which the curve, read linearly, reaches a threshold; empty (censored) if it never does. */
    public OptionalDouble timeTo(double threshold) {
        if (y[0] >= threshold) {
            return OptionalDouble.of(x[0]);
        }
        for (int i = 1; i < x.length; i++) {
            if (y[i] >= threshold) {
                return OptionalDouble.of(x[i - 1] + (threshold - y[i - 1]) / (y[i] - y[i - 1]) * (x[i] - x[i - 1]));
            }
        }
        return OptionalDouble.empty();
    }
}
