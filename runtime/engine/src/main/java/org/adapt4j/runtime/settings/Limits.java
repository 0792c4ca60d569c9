package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Locale;
import java.util.Map;

/**
 * How much of a configuration is read: a hundred times what people write, and what the library's parser takes in a second or two.
 */
final class Limits {

    /** Of all files of an experiment together. */
    static final int BYTES = 1 << 20;

    /** Sections and lists within each other. */
    static final int LEVELS = 100;

    /** Keys and include statements of all files together. */
    static final int KEYS = 20_000;

    /** Keys that are copied because a section goes on, of one text. */
    static final long COPIES = 500_000;

    /** Substitutions in all files together. */
    static final int SUBSTITUTIONS = 1_000;

    /** Files within each other. */
    static final int INCLUDE_LEVELS = 50;

    /** Include statements that are followed. */
    static final int INCLUDES = 1_000;

    /** Settings on the command line. */
    static final int ASSIGNMENTS = 1_000;

    /** Characters once all substitutions are filled in. */
    static final long EXPANDED = 2L << 20;

    static final String TOO_DEEP = "is nested too deeply: at most " + LEVELS + " sections or lists within each other";

    private Limits() {}

    static String tooLong() {
        return String.format(
                Locale.ROOT,
                "is too long: at most %,d bytes are read of an experiment and what it includes. Long lists belong into"
                        + " a data set, many cells into several experiments",
                BYTES);
    }

    static String tooMany() {
        return String.format(Locale.ROOT, "has too many keys: at most %,d are read of an experiment", KEYS);
    }

    /** Reports numbers that cannot be held, and levels that came from substitutions. */
    static void check(ConfigObject resolved, Problems problems) {
        section(resolved, "", 0, problems);
    }

    private static void section(ConfigObject section, String path, int level, Problems problems) {
        for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
            value(entry.getValue(), Keys.join(path, entry.getKey()), level, problems);
        }
    }

    private static void value(ConfigValue value, String path, int level, Problems problems) {
        if (level > LEVELS) {
            problems.add(value.origin(), path, TOO_DEEP);
        } else if (value instanceof ConfigObject section) {
            section(section, path, level + 1, problems);
        } else if (value instanceof ConfigList list) {
            for (int i = 0; i < list.size(); i++) {
                value(list.get(i), path + "[" + i + "]", level + 1, problems);
            }
        } else {
            Numbers.objection(value).ifPresent(why -> problems.add(value.origin(), path, why));
        }
    }
}
