package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Numbers of one method, or a weighted sum of several, as a full rectangle: a row for each seed, a column for each task. Immutable.
 */
public final class Grid {
    private final List<Integer> seeds;
    private final double[][] rows;

    private Grid(List<Integer> seeds, double[][] rows) {
        this.seeds = seeds;
        this.rows = rows;
    }

    /**
     * Copies a table.
     *
     * @param seeds one for each row, none twice
     * @param rows one for each seed, all of the same length of at least one task
     * @throws IllegalArgumentException when it is empty or ragged, a seed stands in it twice, or a value is not finite
     */
    public static Grid of(List<Integer> seeds, double[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException("scores need at least one seed and one task");
        }
        if (seeds.size() != rows.length || new HashSet<>(seeds).size() != seeds.size()) {
            throw new IllegalArgumentException(
                    "each of " + rows.length + " rows needs a seed of its own, but the seeds are " + seeds);
        }
        double[][] copy = new double[rows.length][];
        for (int s = 0; s < rows.length; s++) {
            if (rows[s].length != rows[0].length) {
                throw new IllegalArgumentException("seed " + seeds.get(s) + " has " + rows[s].length
                        + " tasks, the first has " + rows[0].length + ": leave out seeds with holes, never tasks");
            }
            for (int t = 0; t < rows[s].length; t++) {
                if (!Double.isFinite(rows[s][t])) {
                    throw new IllegalArgumentException(
                            "the score of seed " + seeds.get(s) + " on task " + t + " is " + rows[s][t]);
                }
            }
            copy[s] = rows[s].clone();
        }
        return new Grid(List.copyOf(seeds), copy);
    }

    /** The same with seeds 0, 1, 2, ... */
    public static Grid of(double[][] rows) {
        return of(IntStream.range(0, rows.length).boxed().toList(), rows);
    }

    /** One number for each seed. */
    public static Grid ofSeedMeans(List<Integer> seeds, double[] means) {
        return of(
                seeds,
                Arrays.stream(means).mapToObj(mean -> new double[] {mean}).toArray(double[][]::new));
    }

    /** Seeds, one a row. */
    public List<Integer> seeds() {
        return seeds;
    }

    /** Number of rows. */
    public int seedCount() {
        return rows.length;
    }

    /** Number of columns. */
    public int taskCount() {
        return rows[0].length;
    }

    /** Number of a seed on a task. */
    public double at(int seed, int task) {
        return rows[seed][task];
    }

    /** Mean of everything. */
    public double mean() {
        return Arrays.stream(seedMeans()).sum() / rows.length;
    }

    /** Mean of each seed over the tasks. */
    public double[] seedMeans() {
        double[] means = new double[rows.length];
        for (int s = 0; s < means.length; s++) {
            for (double value : rows[s]) {
                means[s] += value;
            }
            means[s] /= rows[s].length;
        }
        return means;
    }

    /** Mean of each task over the seeds. */
    public double[] taskMeans() {
        double[] means = new double[taskCount()];
        for (double[] row : rows) {
            for (int t = 0; t < means.length; t++) {
                means[t] += row[t];
            }
        }
        for (int t = 0; t < means.length; t++) {
            means[t] /= rows.length;
        }
        return means;
    }

    /** All numbers, seed after seed; a copy. */
    public double[] values() {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    /** Each number multiplied. */
    public Grid times(double weight) {
        double[][] product = new double[rows.length][taskCount()];
        for (int s = 0; s < rows.length; s++) {
            for (int t = 0; t < product[s].length; t++) {
                product[s][t] = weight * rows[s][t];
            }
        }
        return new Grid(seeds, product);
    }

    /** Sum, entry by entry, with a grid of the same seeds and as many tasks. */
    public Grid plus(Grid other) {
        requireTasks(other);
        if (!seeds.equals(other.seeds)) {
            throw new IllegalArgumentException("seeds " + seeds + " cannot be paired with " + other.seeds);
        }
        double[][] sum = new double[rows.length][taskCount()];
        for (int s = 0; s < rows.length; s++) {
            for (int t = 0; t < sum[s].length; t++) {
                sum[s][t] = rows[s][t] + other.rows[s][t];
            }
        }
        return new Grid(seeds, sum);
    }

    void requireTasks(Grid other) {
        if (other.taskCount() != taskCount()) {
            throw new IllegalArgumentException(
                    "methods measured on " + taskCount() + " and " + other.taskCount() + " tasks cannot be compared");
        }
    }

    /** The same without one of its seeds. */
    public Grid without(int row) {
        return keep(s -> s != row);
    }

    /** The rows of some seeds, in the order of these. */
    public Grid only(List<Integer> some) {
        List<double[]> kept = new ArrayList<>();
        for (int seed : some) {
            kept.add(rows[seeds.indexOf(seed)]);
        }
        return of(some, kept.toArray(double[][]::new));
    }

    /** One of the tasks. */
    public Grid task(int column) {
        double[][] one = new double[rows.length][1];
        for (int s = 0; s < rows.length; s++) {
            one[s][0] = rows[s][column];
        }
        return new Grid(seeds, one);
    }

    private Grid keep(IntPredicate row) {
        int[] kept = IntStream.range(0, rows.length).filter(row).toArray();
        return of(
                Arrays.stream(kept).mapToObj(seeds::get).toList(),
                Arrays.stream(kept).mapToObj(s -> rows[s]).toArray(double[][]::new));
    }
}
