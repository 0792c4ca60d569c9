package org.adapt4j.runtime.report.statistics;

import java.util.Arrays;
import org.adapt4j.runtime.report.judge.Grid;

/**
 * Performance profile: the share of scores strictly above each threshold.
 *
 * <p>Source: Agarwal et al. 2021, section 4.2.
 */
public final class Profile {
    private Profile() {}

    /** Share of all seeds times tasks whose score is above each threshold. */
    public static double[] of(Grid grid, double[] thresholds) {
        double[] shares = new double[thresholds.length];
        for (int t = 0; t < thresholds.length; t++) {
            double threshold = thresholds[t];
            shares[t] = Arrays.stream(grid.values())
                            .filter(score -> score > threshold)
                            .count()
                    / (double) grid.values().length;
        }
        return shares;
    }
}
