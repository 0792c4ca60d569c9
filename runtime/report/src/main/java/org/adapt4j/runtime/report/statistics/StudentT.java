package org.adapt4j.runtime.report.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/** Student's t distribution; degrees of freedom need not be whole. */
final class StudentT {
    private StudentT() {}

    /** P(T &le; t). */
    static double cumulative(double t, double freedom) {
        return TDistribution.of(freedom).cumulativeProbability(t);
    }

    /** The t below which a share in (0, 1) lies. */
    static double quantile(double share, double freedom) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must lie in (0, 1) but is " + share);
        }
        return TDistribution.of(freedom).inverseCumulativeProbability(share);
    }
}
