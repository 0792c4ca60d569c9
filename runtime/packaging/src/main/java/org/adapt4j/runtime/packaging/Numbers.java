package org.adapt4j.runtime.packaging;

import java.util.List;
import java.util.Optional;

/** Compares tables: numbers to a relative error, everything else letter by letter. */
final class Numbers {
    /** Sums in another order differ by less. */
    static final double TOLERANCE = 1e-12;

    private Numbers() {}

    /** The first place where two texts of comma-separated values differ: line, column and both values; empty if none. */
    static Optional<String> difference(String packed, String computed) {
        List<List<String>> one = CsvFile.rows(packed);
        List<List<String>> other = CsvFile.rows(computed);
        for (int row = 0; row < Math.min(one.size(), other.size()); row++) {
            List<String> left = one.get(row);
            List<String> right = other.get(row);
            for (int column = 0; column < Math.min(left.size(), right.size()); column++) {
                if (!same(left.get(column), right.get(column))) {
                    return Optional.of("line " + (row + 1) + ", " + name(one, column) + ": " + left.get(column)
                            + " was packed, " + right.get(column) + " follows from the results");
                }
            }
            if (left.size() != right.size()) {
                return Optional.of("line " + (row + 1) + ": has " + left.size() + " columns, not " + right.size());
            }
        }
        return one.size() == other.size()
                ? Optional.empty()
                : Optional.of("has " + one.size() + " lines, not " + other.size());
    }

    /** The same of texts for people: word by word, a number in one against that in the other. */
    static Optional<String> differenceOfTexts(String packed, String computed) {
        List<String> one = packed.lines().toList();
        List<String> other = computed.lines().toList();
        for (int line = 0; line < Math.max(one.size(), other.size()); line++) {
            List<String> left = words(one, line);
            List<String> right = words(other, line);
            for (int word = 0; word < Math.max(left.size(), right.size()); word++) {
                String before = word < left.size() ? left.get(word) : "nothing";
                String now = word < right.size() ? right.get(word) : "nothing";
                if (!same(before, now)) {
                    return Optional.of(
                            "line " + (line + 1) + ": " + before + " was packed, " + now + " follows from the results");
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> words(List<String> lines, int line) {
        return line < lines.size() ? List.of(lines.get(line).strip().split("\\s+")) : List.of();
    }

    private static String name(List<List<String>> rows, int column) {
        List<String> header = rows.get(0);
        return column < header.size() ? header.get(column) : "column " + (column + 1);
    }

    static boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        try {
            double left = Double.parseDouble(one);
            double right = Double.parseDouble(other);
            return Math.abs(left - right) <= TOLERANCE * Math.max(Math.abs(left), Math.abs(right));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
