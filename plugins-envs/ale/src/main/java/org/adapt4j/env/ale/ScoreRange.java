package org.adapt4j.env.ale;

import org.adapt4j.api.settings.Check;

/**
 * The returns that count as 0 and 1.
 *
 * @param low return of random play
 * @param high return of a good player
 */
public record ScoreRange(double low, double high) {

    /** Checks the order. */
    public ScoreRange {
        Check.that(low < high, "high", "must be above low = " + low + " but is " + high);
    }

    double normalise(double episodeReturn) {
        return (episodeReturn - low) / (high - low);
    }
}
