package org.adapt4j.runtime.report.judge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.folder.Words;

/** Numbers in the sentences of verdicts. */
final class Numerals {
    /** Differences that come to nothing leave less than this behind, by rounding; no score is as small. */
    private static final double ROUNDING = 1e-12;

    private Numerals() {}

    /** Three decimals at most, two digits of what is smaller than that; 0 for what rounding left. */
    static String number(double value) {
        double size = Math.abs(value);
        return size < 0.01 && size >= ROUNDING
                ? (value < 0 ? "\u2212" : "") + Words.twoDigits(size)
                : Words.shortest(value);
    }

    /** The same with its sign. */
    static String signed(double value) {
        return Words.withSign(number(value));
    }

    /** " [0.01, 0.2]"; nothing where there is none. */
    static String interval(Optional<Interval> interval) {
        return interval.map(ends -> " [" + number(ends.low()) + ", " + number(ends.high()) + "]")
                .orElse("");
    }

    static String p(double p) {
        return p < 0.0001 ? "p < 0.0001" : "p = " + String.format(Locale.ROOT, p < 0.01 ? "%.4f" : "%.3f", p);
    }

    /** "seed 3", "seeds 1, 3". */
    static String seeds(List<Integer> seeds) {
        return (seeds.size() == 1 ? "seed " : "seeds ")
                + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
