package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes a resolved configuration in one way only: sorted keys, one scalar a line, no comments, numbers in their shortest
 * form. Equal configurations give equal text, so its hash names a cell. The text is HOCON and can be read back.
 */
public final class CanonicalText {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9-]*(/[A-Za-z0-9-]+)*");

    private CanonicalText() {}

    /** The text; ends with a line break. Keys that are null or empty sections are left out. */
    public static String of(ConfigObject section) {
        StringBuilder out = new StringBuilder();
        entries(section, "", out);
        return out.toString();
    }

    /** The text of one entry of a section: the text of a section is those of its entries, sorted by key. */
    public static String entry(String key, Object value) {
        return of((ConfigObject) ConfigValueFactory.fromAnyRef(Map.of(key, value), "the resolved cell"));
    }

    private static void entries(ConfigObject section, String indent, StringBuilder out) {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(section).entrySet()) {
            ConfigValue value = entry.getValue();
            if (isNothing(value)) {
                continue;
            }
            out.append(indent).append(key(entry.getKey()));
            if (value instanceof ConfigObject inner) {
                out.append(" {\n");
                entries(inner, indent + "  ", out);
                out.append(indent).append("}\n");
            } else {
                out.append(" = ");
                value(value, indent, out);
                out.append('\n');
            }
        }
    }

    /** A key that starts with "include" is a statement without its quotes. */
    private static String key(String key) {
        return key.startsWith("include") || hasSurrogate(key) ? quoted(key) : ConfigUtil.joinPath(key);
    }

    private static String quoted(String text) {
        String quoted = ConfigUtil.quoteString(text);
        if (!hasSurrogate(text)) {
            return quoted;
        }
        // Half a pair is no character, and no file could hold it.
        StringBuilder out = new StringBuilder();
        quoted.codePoints().forEach(letter -> {
            if (Character.getType(letter) == Character.SURROGATE) {
                out.append(String.format(Locale.ROOT, "\\u%04x", letter));
            } else {
                out.appendCodePoint(letter);
            }
        });
        return out.toString();
    }

    private static boolean hasSurrogate(String text) {
        return text.chars().anyMatch(letter -> Character.isSurrogate((char) letter));
    }

    /** Whether a value that is used as {@code text} is read back as that text. */
    static boolean keeps(ConfigValue value, String text) {
        return !(value.unwrapped() instanceof Number number)
                || (Numbers.objection(value).isEmpty() && number(number).equals(text));
    }

    private static boolean isNothing(ConfigValue value) {
        return value.valueType() == ConfigValueType.NULL
                || (value instanceof ConfigObject section
                        && section.values().stream().allMatch(CanonicalText::isNothing));
    }

    private static void value(ConfigValue value, String indent, StringBuilder out) {
        if (value instanceof ConfigObject section) {
            out.append("{\n");
            entries(section, indent + "  ", out);
            out.append(indent).append('}');
        } else if (value instanceof ConfigList list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                value(list.get(i), indent, out);
            }
            out.append(']');
        } else if (value.unwrapped() instanceof Number number) {
            out.append(number(number));
        } else if (value.unwrapped() instanceof String text) {
            out.append(isPlain(text) ? text : quoted(text));
        } else {
            out.append(value.unwrapped());
        }
    }

    /** Whether HOCON reads the unquoted text back as the same text. */
    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches()
                && !text.startsWith("true")
                && !text.startsWith("false")
                && !text.startsWith("null")
                && !text.startsWith("include");
    }

    private static String number(Number number) {
        if (!Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("no configuration holds the number " + number);
        }
        if (number instanceof Double fraction) {
            // The library reads a whole double as a long, so that is what is written.
            long whole = fraction.longValue();
            return whole == fraction ? Long.toString(whole) : Double.toString(fraction);
        }
        return number.toString();
    }
}
