package org.adapt4j.runtime.report.judge;

import java.util.OptionalDouble;

/**
 * Intervals that stay valid when one looks after every seed and stops when one likes.
 *
 * <p>They invert a likelihood ratio of Student's statistic in which the standardised mean is drawn from a normal distribution of
 * variance 1: a test martingale, so that it ever exceeds 1/&alpha; with probability &alpha; at most (Ville's inequality). Source: Lai
 * 1976, "On confidence sequences", section 3 (RECALLED); the variance of 1 is ours.
 */
public final class Sequence {
    private Sequence() {}

    /**
     * How many standard errors the interval of so many seeds reaches on each side.
     *
     * @param seeds in all
     * @param share of studies in which the truth is ever outside
     * @return empty while the interval is unbounded
     */
    public static OptionalDouble critical(int seeds, double share) {
        double a = Math.pow((1.0 + seeds) / (share * share), 1.0 / seeds);
        return a >= 1.0 + seeds
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt((seeds - 1) * (a - 1) / (1 - a / (1.0 + seeds))));
    }

    /** The likelihood ratio against "the truth is 0" at a t statistic. */
    public static double likelihoodRatio(int seeds, double t) {
        double square = t * t / (seeds - 1);
        return Math.exp((seeds * (Math.log1p(square) - Math.log1p(square / (1 + seeds))) - Math.log1p(seeds)) / 2);
    }
}
