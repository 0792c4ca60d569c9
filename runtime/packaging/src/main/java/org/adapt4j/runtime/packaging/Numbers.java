package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Compares tables: numbers to a relative error, everything else letter by letter. */
final class Numbers {
    /** Sums in another order differ by less. */
    static final double TOLERANCE = 1e-12;

    private Numbers() {}

    /** The first place where two texts of comma-separated values differ: line, column and both values; empty if none. */
    static Optional<String> difference(String packed, String computed) {
        try {
            return difference(new StringReader(packed), new StringReader(computed));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of texts in memory
        }
    }

    /** The same of what is read, holding two rows at a time: the table of all episodes is larger than memory should be. */
    static Optional<String> difference(Reader packed, Reader computed) throws IOException {
        CsvFile one = new CsvFile(packed);
        CsvFile other = new CsvFile(computed);
        List<String> header = List.of();
        for (int row = 0; ; row++) {
            Optional<List<String>> left = one.next();
            Optional<List<String>> right = other.next();
            if (left.isEmpty() && right.isEmpty()) {
                return Optional.empty();
            }
            if (left.isEmpty() || right.isEmpty()) {
                return Optional.of("has " + (row + rest(left, one)) + " lines, not " + (row + rest(right, other)));
            }
            if (row == 0) {
                header = left.get();
            }
            Optional<String> where = difference(row, header, left.get(), right.get());
            if (where.isPresent()) {
                return where;
            }
        }
    }

    private static Optional<String> difference(int row, List<String> header, List<String> left, List<String> right) {
        for (int column = 0; column < Math.min(left.size(), right.size()); column++) {
            if (!same(left.get(column), right.get(column))) {
                return Optional.of("line " + (row + 1) + ", " + name(header, column) + ": " + left.get(column)
                        + " was packed, " + right.get(column) + " follows from the results");
            }
        }
        return left.size() == right.size()
                ? Optional.empty()
                : Optional.of("line " + (row + 1) + ": has " + left.size() + " columns, not " + right.size());
    }

    /** How many rows are left, that which was read last among them. */
    private static int rest(Optional<List<String>> last, CsvFile file) throws IOException {
        int count = 0;
        for (Optional<List<String>> row = last; row.isPresent(); row = file.next()) {
            count++;
        }
        return count;
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

    private static String name(List<String> header, int column) {
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
