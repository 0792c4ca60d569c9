package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads file and line out of the library's description of where a value was written. */
final class Origins {

    private static final Pattern LINES = Pattern.compile("^(.*?): (\\d+)(?:-\\d+)?$");
    private static final String MERGED = "merge of ";

    /** Begins the name of every source that holds defaults of a plug-in or of the engine. */
    static final String DEFAULTS = "reference.conf of ";

    private Origins() {}

    static Problem problem(ConfigOrigin origin, String path, String message) {
        String description = origin.description();
        if (description.startsWith(MERGED)) {
            // The strongest layer comes first, and that is where the user looks.
            String merged = description.substring(MERGED.length());
            int comma = merged.indexOf(',');
            description = comma < 0 ? merged : merged.substring(0, comma);
        }
        Matcher lines = LINES.matcher(description);
        if (lines.matches()) {
            return new Problem(lines.group(1), Integer.parseInt(lines.group(2)), path, message);
        }
        return new Problem(description, Math.max(0, origin.lineNumber()), path, message);
    }

    /** What the library refuses, at its place. */
    static Problem problem(ConfigException refusal) {
        String message = String.valueOf(refusal.getMessage());
        ConfigOrigin origin = refusal.origin();
        if (origin == null) {
            return new Problem("", 0, "", message);
        }
        String place = origin.description() + ": ";
        return problem(origin, "", message.startsWith(place) ? message.substring(place.length()) : message);
    }

    static boolean isDefault(ConfigOrigin origin) {
        return origin.description().startsWith(DEFAULTS);
    }
}
