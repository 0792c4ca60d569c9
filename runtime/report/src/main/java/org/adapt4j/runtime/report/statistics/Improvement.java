package org.adapt4j.runtime.report.statistics;

import java.util.stream.IntStream;

/**
 * Probability that a run of one method beats a run of another on a task drawn at random, ties counting half.
 *
 * <p>Per task it is the Mann-Whitney U of the first method divided by the number of pairs; then the mean over tasks.
 * Source: Agarwal et al. 2021, section 4.3.
 */
public final class Improvement {
    private final Scores first;
    private final Scores second;
    private final byte[] outcome;
    private final int[] runOf;

    /** Compares two methods on the same tasks in the same order; the numbers of runs may differ. */
    public Improvement(Scores first, Scores second) {
        if (first.tasks() != second.tasks()) {
            throw new IllegalArgumentException(
                    "methods measured on " + first.tasks() + " and " + second.tasks() + " tasks cannot be compared");
        }
        this.first = first;
        this.second = second;
        outcome = outcomes(first, second);
        runOf = IntStream.range(0, second.size()).map(i -> i / second.tasks()).toArray();
    }

    /** Probability of improvement on each task. */
    public double[] perTask() {
        return perTask(first.everything(), second.everything());
    }

    /** Mean over the tasks. */
    public double probability() {
        return of(first.everything(), second.everything());
    }

    private double[] perTask(int[] a, int[] b) {
        int tasks = first.tasks();
        double[] shares = new double[tasks];
        for (int task = 0; task < tasks; task++) {
            shares[task] = twiceWins(a, b, task) / (2.0 * first.runs() * second.runs());
        }
        return shares;
    }

    double of(int[] a, int[] b) {
        double sum = 0;
        for (int task = 0; task < first.tasks(); task++) {
            sum += twiceWins(a, b, task) / (2.0 * first.runs() * second.runs());
        }
        return sum / first.tasks();
    }

    private int twiceWins(int[] a, int[] b, int task) {
        int tasks = first.tasks();
        int sum = 0;
        for (int i = task; i < a.length; i += tasks) {
            int row = a[i] * second.runs();
            for (int j = task; j < b.length; j += tasks) {
                sum += outcome[row + runOf[b[j]]];
            }
        }
        return sum;
    }

    /** Twice the outcome of each entry of the first against each run of the second on the same task. */
    private static byte[] outcomes(Scores first, Scores second) {
        byte[] table = new byte[first.size() * second.runs()];
        for (int entry = 0; entry < first.size(); entry++) {
            for (int run = 0; run < second.runs(); run++) {
                double x = first.entry(entry);
                double y = second.at(run, entry % first.tasks());
                table[entry * second.runs() + run] = (byte) (x > y ? 2 : x == y ? 1 : 0);
            }
        }
        return table;
    }
}
