package org.adapt4j.runtime.report.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.adapt4j.runtime.report.judge.Sample;

/**
 * Several curves on a common grid, each of another seed; a point says how many of them it stands on.
 *
 * @param points in ascending order of x; steps where no curve has a value are left out
 */
public record Band(List<Point> points) {
    /** Copies the list. */
    public Band {
        points = List.copyOf(points);
    }

    /**
     * One step of a band.
     *
     * @param x step
     * @param sample what the curves say there
     */
    public record Point(double x, Sample sample) {}

    /** Aggregates curves, one per run, over a grid of steps. */
    public static Band of(List<Curve> curves, double[] grid, Curve.Reading reading) {
        List<Point> points = new ArrayList<>();
        for (double step : grid) {
            double[] values = curves.stream()
                    .map(curve -> curve.at(step, reading))
                    .filter(OptionalDouble::isPresent)
                    .mapToDouble(OptionalDouble::getAsDouble)
                    .toArray();
            if (values.length > 0) {
                points.add(new Point(step, Sample.of(values)));
            }
        }
        return new Band(points);
    }

    /** All steps that occur in any of the curves, ascending. */
    public static double[] gridOf(List<Curve> curves) {
        return curves.stream()
                .flatMapToDouble(curve -> Arrays.stream(curve.x()))
                .distinct()
                .sorted()
                .toArray();
    }

    /** Largest number of curves any step stands on. */
    public int runs() {
        return points.stream().mapToInt(point -> point.sample().count()).max().orElse(0);
    }
}
