package org.adapt4j.runtime.report.statistics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Scores of one method as a full rectangle: one row per run (seed), one column per task.
 *
 * <p>A hole is refused, never filled: an aggregate over a ragged table compares different tasks without saying so.
 * Immutable; may be read by several threads.
 */
public final class Scores {
    private final int runs;
    private final int tasks;
    private final double[] flat;
    private final int[] rankOfEntry;
    private final double[] sorted;

    private Scores(int runs, int tasks, double[] flat) {
        this.runs = runs;
        this.tasks = tasks;
        this.flat = flat;
        int[] order = IntStream.range(0, flat.length)
                .boxed()
                .sorted((a, b) -> Double.compare(flat[a], flat[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        rankOfEntry = new int[flat.length];
        sorted = new double[flat.length];
        for (int rank = 0; rank < order.length; rank++) {
            rankOfEntry[order[rank]] = rank;
            sorted[rank] = flat[order[rank]];
        }
    }

    /**
     * Copies a table of scores.
     *
     * @param rows one row per run, all of the same length of at least one task
     * @throws IllegalArgumentException when the table is empty, ragged, or holds a value that is not finite
     */
    public static Scores of(double[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException("scores need at least one run and one task");
        }
        int tasks = rows[0].length;
        double[] flat = new double[rows.length * tasks];
        for (int run = 0; run < rows.length; run++) {
            if (rows[run].length != tasks) {
                throw new IllegalArgumentException("run " + run + " has " + rows[run].length + " tasks, run 0 has "
                        + tasks + ": name the missing cells instead of aggregating over a ragged table");
            }
            for (int task = 0; task < tasks; task++) {
                if (!Double.isFinite(rows[run][task])) {
                    throw new IllegalArgumentException(
                            "the score of run " + run + " on task " + task + " is " + rows[run][task]);
                }
                flat[run * tasks + task] = rows[run][task];
            }
        }
        return new Scores(rows.length, tasks, flat);
    }

    /** Number of runs (rows). */
    public int runs() {
        return runs;
    }

    /** Number of tasks (columns). */
    public int tasks() {
        return tasks;
    }

    /** Score of one run on one task. */
    public double at(int run, int task) {
        return flat[run * tasks + task];
    }

    /**
     * The weighted sum of this table and another of the same shape, entry by entry; with weights 1 and −1 the bootstrap
     * of its mean is the paired bootstrap of the difference of means.
     */
    public Scores plus(double weight, Scores other) {
        if (other.runs != runs || other.tasks != tasks) {
            throw new IllegalArgumentException("tables of " + runs + " x " + tasks + " and " + other.runs + " x "
                    + other.tasks + " cannot be added");
        }
        double[] sum = new double[flat.length];
        Arrays.setAll(sum, i -> flat[i] + weight * other.flat[i]);
        return new Scores(runs, tasks, sum);
    }

    /** The draw that takes every entry once, in order. */
    int[] everything() {
        return IntStream.range(0, flat.length).toArray();
    }

    /** The value of an entry, counted run by run. */
    double entry(int index) {
        return flat[index];
    }

    /** Position of an entry among all entries in ascending order. */
    int rank(int index) {
        return rankOfEntry[index];
    }

    /** The value at a position of the ascending order. */
    double sorted(int rank) {
        return sorted[rank];
    }

    int size() {
        return flat.length;
    }
}
