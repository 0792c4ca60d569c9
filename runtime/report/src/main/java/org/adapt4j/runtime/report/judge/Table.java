package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Numbers of one method as planned: a row for each seed of the plan, a column for each task, NaN where there is none. Nothing is filled.
 *
 * @param seeds of the plan
 * @param rows one for each seed
 */
public record Table(List<Integer> seeds, double[][] rows) {
    /** Copies the list. */
    public Table {
        seeds = List.copyOf(seeds);
    }

    /** A table without holes. */
    public static Table of(Grid grid) {
        double[][] rows = new double[grid.seedCount()][grid.taskCount()];
        for (int s = 0; s < rows.length; s++) {
            for (int t = 0; t < rows[s].length; t++) {
                rows[s][t] = grid.at(s, t);
            }
        }
        return new Table(grid.seeds(), rows);
    }

    /** The seeds that lack no task. */
    public List<Integer> whole() {
        List<Integer> whole = new ArrayList<>();
        for (int s = 0; s < rows.length; s++) {
            boolean finite = rows[s].length > 0;
            for (double value : rows[s]) {
                finite &= Double.isFinite(value);
            }
            if (finite) {
                whole.add(seeds.get(s));
            }
        }
        return whole;
    }

    /** Numbers that are missing. */
    public int holes() {
        int holes = 0;
        for (double[] row : rows) {
            for (double value : row) {
                holes += Double.isFinite(value) ? 0 : 1;
            }
        }
        return holes;
    }

    /** The same with some of its seeds alone. */
    public Table of(List<Integer> some) {
        return new Table(
                some, some.stream().map(seed -> rows[seeds.indexOf(seed)]).toArray(double[][]::new));
    }

    /** The rows of some whole seeds, at least one. */
    public Grid only(List<Integer> some) {
        return grid(some).orElseThrow();
    }

    /** The rows of some whole seeds; empty for none. */
    Optional<Grid> grid(List<Integer> some) {
        return some.isEmpty()
                ? Optional.empty()
                : Optional.of(Grid.of(
                        some,
                        some.stream().map(seed -> rows[seeds.indexOf(seed)]).toArray(double[][]::new)));
    }
}
