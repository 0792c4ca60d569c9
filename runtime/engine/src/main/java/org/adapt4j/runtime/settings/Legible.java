package org.adapt4j.runtime.settings;

import java.util.Locale;

/**
 * Text from files, jars and arguments as people may be shown it: what a terminal would carry out, or what would turn the order of
 * letters, is written as an escape.
 */
public final class Legible {

    private Legible() {}

    /** Whether a text is one line of characters that can be shown. */
    public static boolean isLegible(String text) {
        return escaped(text, false).equals(text);
    }

    /** Some lines; line breaks and tabs stay. */
    public static String text(String text) {
        return text.chars().allMatch(letter -> isHarmless((char) letter) && !Character.isSurrogate((char) letter))
                ? text
                : escaped(text, true);
    }

    /** One line, cut in the middle if it is longer than {@code most} characters. */
    static String line(String text, int most) {
        String shortened = text.length() <= most
                ? text
                : text.substring(0, most / 2) + " … " + text.substring(text.length() - most / 2);
        return escaped(shortened, false);
    }

    private static String escaped(String text, boolean breaks) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            boolean kept = letter == '\n' || letter == '\t'
                    ? breaks
                    : letter > Character.MAX_VALUE
                            || isHarmless((char) letter) && !Character.isSurrogate((char) letter);
            if (kept) {
                out.appendCodePoint(letter);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", letter));
            }
        });
        return out.toString();
    }

    private static boolean isHarmless(char letter) {
        return letter >= ' ' && letter < 0x7F
                || letter == '\n'
                || letter == '\t'
                || letter >= 0xA0 && !isTurning(letter) && letter != '\u2028' && letter != '\u2029';
    }

    /** Marks, embeddings, overrides and isolates of the bidirectional algorithm. */
    private static boolean isTurning(char letter) {
        return letter == '\u061C'
                || letter == '\u200E'
                || letter == '\u200F'
                || letter >= '\u202A' && letter <= '\u202E'
                || letter >= '\u2066' && letter <= '\u2069';
    }
}
