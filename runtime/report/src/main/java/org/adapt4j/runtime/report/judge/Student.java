package org.adapt4j.runtime.report.judge;

import org.apache.commons.statistics.distribution.TDistribution;

/** Student's t distribution; degrees of freedom are real numbers above 0. */
public final class Student {
    /** The library's solver stops at 1e-9 in absolute terms; two steps of Newton's method make that rounding. */
    private static final int POLISH = 2;

    private Student() {}

    /** P(T &le; t). */
    public static double cumulative(double t, double freedom) {
        return TDistribution.of(freedom).cumulativeProbability(t);
    }

    /** P(T &ge; t), exact also where it is small. */
    public static double upper(double t, double freedom) {
        return TDistribution.of(freedom).survivalProbability(t);
    }

    /**
     * The t below which a share lies.
     *
     * @throws IllegalArgumentException unless the share lies in (0, 1)
     */
    public static double quantile(double share, double freedom) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must lie in (0, 1) but is " + share);
        }
        if (share < 0.5) {
            return -upperQuantile(share, freedom);
        }
        return upperQuantile(1 - share, freedom);
    }

    /** The t above which a share lies, at most one half. */
    private static double upperQuantile(double tail, double freedom) {
        TDistribution t = TDistribution.of(freedom);
        double value = t.inverseSurvivalProbability(tail);
        for (int i = 0; i < POLISH && Double.isFinite(value); i++) {
            double density = t.density(value);
            if (density > 0) {
                value += (t.survivalProbability(value) - tail) / density;
            }
        }
        return value;
    }
}
