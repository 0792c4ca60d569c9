package org.adapt4j.runtime.report.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.adapt4j.runtime.report.judge.Interval;

/**
 * Stratified bootstrap: every entry of a replicate is drawn from the runs of its own task.
 *
 * <p>Portable rule, so that any language gives the same interval: numbers come from SplitMix64 seeded once per call
 * ({@link SplittableRandom#nextLong()}), the index among n runs is {@code ((x >>> 32) * n) >>> 32}, and draws are made
 * replicate by replicate, run by run, task by task. Two independent tables are drawn one after the other within each
 * replicate. Source: Agarwal et al. 2021, section 4.1; the portable rule is ours.
 *
 * @param replicates how many resamples
 * @param seed of the generator
 */
public record Bootstrap(int replicates, long seed) {
    /** Differences as small as this come from rounding, not from the scores. */
    private static final double TIE = 1e-12;

    /** Checks that there is something to draw. */
    public Bootstrap {
        if (replicates < 1) {
            throw new IllegalArgumentException("replicates must be at least 1 but is " + replicates);
        }
    }

    /** A number computed from one resample. */
    @FunctionalInterface
    interface Statistic {
        double of(int[] draw);
    }

    /** A number computed from a resample of each of two tables. */
    @FunctionalInterface
    interface PairStatistic {
        double of(int[] first, int[] second);
    }

    /** The aggregate of each replicate, in the order of drawing. */
    public double[] replicates(Scores scores, Aggregate aggregate) {
        return one(scores.runs(), scores.tasks(), draw -> aggregate.of(scores, draw));
    }

    /** Several aggregates of the same replicates: one array per aggregate. */
    public double[][] replicates(Scores scores, List<Aggregate> aggregates) {
        double[][] values = new double[aggregates.size()][replicates];
        SplittableRandom random = new SplittableRandom(seed);
        int[] draw = new int[scores.size()];
        for (int b = 0; b < replicates; b++) {
            fill(draw, scores.runs(), scores.tasks(), random);
            for (int i = 0; i < values.length; i++) {
                values[i][b] = aggregates.get(i).of(scores, draw);
            }
        }
        return values;
    }

    /** Share of wins of the first method in each replicate, ties counting half; see {@link Improvement}. */
    public double[] probabilityOfImprovement(Scores first, Scores second) {
        Improvement improvement = new Improvement(first, second);
        return two(first, second, improvement::of);
    }

    /**
     * Difference of an aggregate in each replicate, one index table used for both methods.
     *
     * <p>Valid only where row i of both was made with the same seed and the same tasks.
     */
    public double[] pairedDifference(Scores first, Scores second, Aggregate aggregate) {
        return pairedDifferences(first, second, List.of(aggregate))[0];
    }

    private static void requireOneShape(Scores first, Scores second) {
        if (first.runs() != second.runs() || first.tasks() != second.tasks()) {
            throw new IllegalArgumentException("paired tables must have one shape, not " + first.runs() + " x "
                    + first.tasks() + " and " + second.runs() + " x " + second.tasks());
        }
    }

    /** Differences of several aggregates of the same replicates: one array per aggregate. */
    public double[][] pairedDifferences(Scores first, Scores second, List<Aggregate> aggregates) {
        double[][] values = new double[aggregates.size()][replicates];
        requireOneShape(first, second);
        SplittableRandom random = new SplittableRandom(seed);
        int[] draw = new int[first.size()];
        for (int b = 0; b < replicates; b++) {
            fill(draw, first.runs(), first.tasks(), random);
            for (int i = 0; i < values.length; i++) {
                values[i][b] =
                        aggregates.get(i).of(first, draw) - aggregates.get(i).of(second, draw);
            }
        }
        return values;
    }

    /** Difference of an aggregate in each replicate, the two methods drawn one after the other. */
    public double[] independentDifference(Scores first, Scores second, Aggregate aggregate) {
        return two(first, second, (a, b) -> aggregate.of(first, a) - aggregate.of(second, b));
    }

    /** The central interval of replicates, for example {@code interval(values, 0.95)}. */
    public static Interval interval(double[] values, double confidence) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Interval(
                Percentile.ofSorted(sorted, (1 - confidence) / 2), Percentile.ofSorted(sorted, (1 + confidence) / 2));
    }

    /**
     * Two-sided bootstrap p value of "the difference is 0": twice the smaller tail, counting the observed sample as one
     * more replicate so that it is never 0.
     */
    public static double pValue(double[] differences) {
        int notAbove = 0;
        int notBelow = 0;
        for (double difference : differences) {
            notAbove += difference <= TIE ? 1 : 0;
            notBelow += difference >= -TIE ? 1 : 0;
        }
        return Math.min(1, 2.0 * (Math.min(notAbove, notBelow) + 1) / (differences.length + 1));
    }

    private double[] one(int runs, int tasks, Statistic statistic) {
        double[] values = new double[replicates];
        SplittableRandom random = new SplittableRandom(seed);
        int[] draw = new int[runs * tasks];
        for (int b = 0; b < replicates; b++) {
            fill(draw, runs, tasks, random);
            values[b] = statistic.of(draw);
        }
        return values;
    }

    private double[] two(Scores first, Scores second, PairStatistic statistic) {
        double[] values = new double[replicates];
        SplittableRandom random = new SplittableRandom(seed);
        int[] a = new int[first.size()];
        int[] b = new int[second.size()];
        for (int i = 0; i < replicates; i++) {
            fill(a, first.runs(), first.tasks(), random);
            fill(b, second.runs(), second.tasks(), random);
            values[i] = statistic.of(a, b);
        }
        return values;
    }

    private static void fill(int[] draw, int runs, int tasks, SplittableRandom random) {
        int at = 0;
        for (int run = 0; run < runs; run++) {
            for (int task = 0; task < tasks; task++) {
                draw[at++] = index(random.nextLong(), runs) * tasks + task;
            }
        }
    }

    /** The portable index rule. */
    static int index(long raw, int bound) {
        return (int) (((raw >>> 32) * bound) >>> 32);
    }
}
