package org.adapt4j.runtime.report.judge;

/**
 * Mean squares of a table of seeds and tasks, each pair once.
 *
 * @param seeds of the rows, with S &minus; 1 degrees of freedom
 * @param tasks of the columns, with T &minus; 1; NaN for one task
 * @param residual with (S &minus; 1)(T &minus; 1); NaN for one task
 * @param seedCount S
 * @param taskCount T
 */
public record MeanSquares(double seeds, double tasks, double residual, int seedCount, int taskCount) {

    /** Of a table with two seeds or more. */
    public static MeanSquares of(Grid grid) {
        int s = grid.seedCount();
        int t = grid.taskCount();
        double mean = grid.mean();
        double[] rows = grid.seedMeans();
        double[] columns = grid.taskMeans();
        double ofSeeds = 0;
        double ofTasks = 0;
        double rest = 0;
        for (double row : rows) {
            ofSeeds += (row - mean) * (row - mean);
        }
        for (double column : columns) {
            ofTasks += (column - mean) * (column - mean);
        }
        for (int i = 0; i < s; i++) {
            for (int j = 0; j < t; j++) {
                double left = grid.at(i, j) - rows[i] - columns[j] + mean;
                rest += left * left;
            }
        }
        return new MeanSquares(t * ofSeeds / (s - 1), s * ofTasks / (t - 1), rest / ((s - 1) * (t - 1)), s, t);
    }

    /** What varies with the seed, with the task, and with neither alone. */
    public Components components() {
        return new Components(
                Math.max(0, (seeds - residual) / taskCount), Math.max(0, (tasks - residual) / seedCount), residual);
    }

    /**
     * Variances of the parts of a number.
     *
     * @param seed common to a seed's tasks
     * @param task common to a task's seeds
     * @param residual the rest
     */
    public record Components(double seed, double task, double residual) {}
}
