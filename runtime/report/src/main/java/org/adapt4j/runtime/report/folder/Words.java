package org.adapt4j.runtime.report.folder;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as people read them; independent of the machine's language. */
public final class Words {
    private Words() {}

    /** Whole number with thousands apart by narrow spaces from five digits on. */
    public static String count(long value) {
        if (Math.abs(value) < 10_000) {
            return Long.toString(value);
        }
        return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
    }

    /** Rounded with so many decimals, with a real minus sign. */
    public static String decimal(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return "n/a";
        }
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        if (text.startsWith("-")) {
            return text.matches("-0(\\.0*)?") ? text.substring(1) : "\u2212" + text.substring(1);
        }
        return text;
    }

    /** Decimal with its sign always shown. */
    public static String signed(double value, int decimals) {
        return withSign(decimal(value, decimals));
    }

    /** A number in words with a plus before it, if it is above 0. */
    public static String withSign(String text) {
        return text.startsWith("\u2212") || text.equals("n/a") || text.matches("0(\\.0*)?") ? text : "+" + text;
    }

    /** Seconds as 42 s, 3 min 20 s or 5 h 12 min. */
    public static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (seconds < 10) {
            return decimal(seconds, 1) + "\u00a0s";
        }
        if (whole < 60) {
            return whole + "\u00a0s";
        }
        if (whole < 3600) {
            return whole / 60 + "\u00a0min" + (whole % 60 == 0 ? "" : " " + whole % 60 + "\u00a0s");
        }
        return Words.count(whole / 3600) + "\u00a0h " + whole % 3600 / 60 + "\u00a0min";
    }

    /** Steps as 500, 20 k or 1.5 M, rounded to three digits where there is a unit. */
    public static String steps(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return significant(value / 1e9) + "\u00a0G";
        }
        if (size >= 1e6) {
            return significant(value / 1e6) + "\u00a0M";
        }
        if (size >= 10_000) {
            return significant(value / 1e3) + "\u00a0k";
        }
        return shortest(value);
    }

    private static String significant(double value) {
        double size = Math.abs(value);
        return shortest(Double.parseDouble(
                String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value)));
    }

    /** What the measuring points of some cells count: environment steps, updates, epochs, or both of two. */
    public static String scale(List<Cell> cells) {
        String scales = cells.stream()
                .flatMap(cell -> cell.evaluations().stream())
                .map(Cell.Evaluation::scale)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" or "));
        return scales.isEmpty() ? "environment steps" : scales;
    }

    /** As many decimals as needed, three at most. */
    public static String shortest(double value) {
        String text = decimal(value, 3);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }

    /** "1 seed", "3 seeds". */
    public static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Two significant digits, however small the value: 0.00013. */
    public static String twoDigits(double value) {
        return new BigDecimal(value)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The same words with a capital at the beginning. */
    public static String capital(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
