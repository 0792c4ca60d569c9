package org.adapt4j.runtime.report.statistics;

import java.util.Arrays;

/**
 * Probability that a run of one method beats a run of another on a task drawn at random, ties counting half.
 *
 * <p>Per task it is the Mann-Whitney U of the first method divided by the number of pairs; then the mean over tasks.
 * Source: Agarwal et al. 2021, section 4.3.
 */
public final class Improvement {
    private final Scores first;
    private final Scores second;

    /** Compares two methods on the same tasks in the same order; the numbers of runs may differ. */
    public Improvement(Scores first, Scores second) {
        if (first.tasks() != second.tasks()) {
            throw new IllegalArgumentException(
                    "methods measured on " + first.tasks() + " and " + second.tasks() + " tasks cannot be compared");
        }
        this.first = first;
        this.second = second;
    }

    /** Probability of improvement on each task. */
    public double[] perTask() {
        return perTask(first.everything(), second.everything());
    }

    /** Mean over the tasks. */
    public double probability() {
        return of(first.everything(), second.everything());
    }

    double of(int[] a, int[] b) {
        return Arrays.stream(perTask(a, b)).sum() / first.tasks();
    }

    private double[] perTask(int[] a, int[] b) {
        int tasks = first.tasks();
        double[] shares = new double[tasks];
        for (int task = 0; task < tasks; task++) {
            int twiceWins = 0;
            for (int i = task; i < a.length; i += tasks) {
                double x = first.entry(a[i]);
                for (int j = task; j < b.length; j += tasks) {
                    double y = second.entry(b[j]);
                    twiceWins += x > y ? 2 : x == y ? 1 : 0;
                }
            }
            shares[task] = twiceWins / (2.0 * first.runs() * second.runs());
        }
        return shares;
    }
}
