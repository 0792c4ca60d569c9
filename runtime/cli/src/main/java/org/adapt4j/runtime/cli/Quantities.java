package org.adapt4j.runtime.cli;

import java.util.Locale;

/** Puts numbers into words for people. */
final class Quantities {
    private Quantities() {}

    /** Such as {@code 45 s}, {@code 12 min}, {@code 3.4 h}, {@code 2.1 days}. */
    static String duration(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "unknown";
        }
        if (seconds < 90) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 90 * 60) {
            return Math.round(seconds / 60) + " min";
        }
        if (seconds < 36 * 3600) {
            return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
        }
        return String.format(Locale.ROOT, "%.1f days", seconds / 86400);
    }

    /** Such as {@code 950}, {@code 12.5 k}, {@code 3.2 M}. */
    static String count(double number) {
        if (Double.isNaN(number)) {
            return "unknown";
        }
        if (number < 1_000) {
            return String.format(Locale.ROOT, "%.0f", number);
        }
        if (number < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f k", number / 1e3);
        }
        if (number < 1e9) {
            return String.format(Locale.ROOT, "%.1f M", number / 1e6);
        }
        return String.format(Locale.ROOT, "%.1f G", number / 1e9);
    }

    /** Such as {@code 12.5 MB}. */
    static String bytes(double number) {
        return Double.isNaN(number) ? "unknown" : count(number) + (number < 1_000 ? " B" : "B");
    }
}
