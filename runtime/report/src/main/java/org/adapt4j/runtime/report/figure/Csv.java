package org.adapt4j.runtime.report.figure;

import java.util.List;
import java.util.regex.Pattern;

/** Comma-separated values after RFC 4180, with line feeds. */
public final class Csv {
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r]");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

    private final StringBuilder text = new StringBuilder();

    /** Begins with a head line. */
    public Csv(String... head) {
        row(head);
    }

    /** Adds a line. */
    public void row(String... fields) {
        row(List.of(fields));
    }

    /** Adds a line. */
    public void row(List<String> fields) {
        text.append(line(fields));
    }

    /** A line by itself, with its line feed. */
    public static String line(List<String> fields) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            String field = plain(fields.get(i));
            boolean quoted = field.indexOf(',') >= 0 || field.indexOf('"') >= 0 || field.indexOf('\n') >= 0;
            text.append(i == 0 ? "" : ",").append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        return text.append('\n').toString();
    }

    /**
     * Spaces inside numbers go, other special spaces and minus signs become plain ones. Words that a spreadsheet would take for
     * a formula begin with an apostrophe.
     */
    private static String plain(String text) {
        String plain = text.replace("\u202f", "").replace('\u00a0', ' ').replace('\u2212', '-');
        return FORMULA.matcher(plain).lookingAt() && !NUMBER.matcher(plain).matches() ? "'" + plain : plain;
    }

    /** A number in full precision; nothing where there is none. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** All lines. */
    @Override
    public String toString() {
        return text.toString();
    }
}
