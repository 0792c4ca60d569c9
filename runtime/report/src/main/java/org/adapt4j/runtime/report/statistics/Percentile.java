package org.adapt4j.runtime.report.statistics;

/** Quantiles of a sample by linear interpolation at (n − 1)·p, type 7 of Hyndman and Fan 1996. */
public final class Percentile {
    private Percentile() {}

    /**
     * The quantile of values in ascending order.
     *
     * @param sorted at least one value, ascending
     * @param share between 0 and 1
     */
    public static double ofSorted(double[] sorted, double share) {
        if (sorted.length == 0 || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "quantile " + share + " of " + sorted.length + " values: need values and a share in [0, 1]");
        }
        double position = (sorted.length - 1) * share;
        int below = (int) Math.floor(position);
        if (below == sorted.length - 1) {
            return sorted[below];
        }
        return sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
