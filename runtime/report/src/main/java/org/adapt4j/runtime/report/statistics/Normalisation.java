package org.adapt4j.runtime.report.statistics;

/**
 * The fixed constants that turn an episode return into a score; the benchmark owns them, never the compared methods.
 *
 * @param low return of score 0
 * @param high return of score 1
 */
public record Normalisation(double low, double high) {
    /** Refuses constants that cannot scale. */
    public Normalisation {
        if (!(high > low)) {
            throw new IllegalArgumentException("high must exceed low, but they are " + high + " and " + low);
        }
    }

    /** (raw − low) / (high − low), never clipped. */
    public double score(double raw) {
        return (raw - low) / (high - low);
    }
}
