package org.adapt4j.runtime.report.statistics;

import java.util.OptionalDouble;

/**
 * How much a nominal 95 % bootstrap interval of the IQM can be trusted with few runs.
 *
 * <p>Source: 400 simulated studies per entry, normal scores of standard deviation 0.2 (specification of the evaluation,
 * 2.6); informative only. Between entries the next smaller one is given, which errs on the cautious side.
 */
public final class Coverage {
    private static final int[] RUNS = {3, 5, 10};
    private static final int[] TASKS = {1, 5, 16};
    private static final double[][] SHARE = {{0.735, 0.8275, 0.8875}, {0.8975, 0.9, 0.9025}, {0.9325, 0.915, 0.94}};

    private Coverage() {}

    /** Real coverage of a nominal 95 % interval; empty below three runs, which were not simulated. */
    public static OptionalDouble ofIqm(int runs, int tasks) {
        int row = lastNotAbove(RUNS, runs);
        int column = lastNotAbove(TASKS, tasks);
        return row < 0 || column < 0 ? OptionalDouble.empty() : OptionalDouble.of(SHARE[row][column]);
    }

    private static int lastNotAbove(int[] ascending, int value) {
        int found = -1;
        for (int i = 0; i < ascending.length && ascending[i] <= value; i++) {
            found = i;
        }
        return found;
    }
}
