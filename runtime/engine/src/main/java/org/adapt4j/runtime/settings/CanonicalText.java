package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.math.BigDecimal;
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

    private static void entries(ConfigObject section, String indent, StringBuilder out) {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(section).entrySet()) {
            ConfigValue value = entry.getValue();
            if (isNothing(value)) {
                continue;
            }
            out.append(indent).append(ConfigUtil.joinPath(entry.getKey()));
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
            out.append(isPlain(text) ? text : ConfigUtil.quoteString(text));
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
        if (number instanceof Double fraction && (fraction != Math.rint(fraction) || Math.abs(fraction) >= 1e15)) {
            return Double.toString(fraction);
        }
        return new BigDecimal(number.toString()).toBigIntegerExact().toString();
    }
}
