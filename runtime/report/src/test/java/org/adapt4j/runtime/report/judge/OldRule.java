package org.adapt4j.runtime.report.judge;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The rule that this package replaced, kept as a control: a bootstrap that draws every cell from the seeds of its own task, as if a
 * seed's tasks had nothing in common.
 */
final class OldRule {
    private OldRule() {}

    /** 95 % interval of the mean from the percentiles of resamples. */
    static Interval interval(Grid grid, int replicates, SplittableRandom random) {
        double[] means = new double[replicates];
        for (int b = 0; b < replicates; b++) {
            double sum = 0;
            for (int s = 0; s < grid.seedCount(); s++) {
                for (int t = 0; t < grid.taskCount(); t++) {
                    sum += grid.at(random.nextInt(grid.seedCount()), t);
                }
            }
            means[b] = sum / grid.seedCount() / grid.taskCount();
        }
        Arrays.sort(means);
        return new Interval(means[(int) (0.025 * (replicates - 1))], means[(int) Math.ceil(0.975 * (replicates - 1))]);
    }
}
