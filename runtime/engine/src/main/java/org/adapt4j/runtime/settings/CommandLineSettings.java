package org.adapt4j.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code key=value} arguments. The value is HOCON where it can be, and otherwise the text as it stands: a shell has already taken
 * the quotes, so a path with {@code //} or a name with {@code #} is no comment. One argument sets one key.
 */
final class CommandLineSettings {

    private static final String PLACE = "command line";

    /** With one of these a value is meant as HOCON. */
    private static final String HOCON = "\"{}[]$,\n\r";

    private final Problems problems;
    private final List<Outline.Entry> entries = new ArrayList<>();

    CommandLineSettings(Problems problems) {
        this.problems = problems;
    }

    /** What the arguments set. */
    List<Outline.Entry> entries() {
        return entries;
    }

    /** Reads all arguments; a later one wins. */
    Config read(List<String> assignments) {
        Config all = ConfigFactory.empty();
        if (assignments.size() > Limits.ASSIGNMENTS) {
            problems.add(new Problem(
                    PLACE, 0, "", "has more than " + Limits.ASSIGNMENTS + " settings; write them into the experiment"));
            return all;
        }
        for (String assignment : assignments) {
            Optional<Config> one = one(assignment);
            if (one.isPresent()) {
                all = one.get().withFallback(all);
            }
        }
        // The line of an argument would mean nothing.
        return all.isEmpty() ? all : withoutLines(all.root()).toConfig();
    }

    private Optional<Config> one(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            return refused(assignment, "is not of the form key=value");
        }
        String key = assignment.substring(0, equals).strip();
        String value = assignment.substring(equals + 1).strip();
        if (value.isEmpty()) {
            return refused(assignment, "sets no value; for an empty text write " + key + "='\"\"'");
        }
        Outline outline = Outline.of(PLACE, assignment, 0);
        if (outline.excess().isPresent()) {
            return refused(assignment, outline.excess().get().message());
        }
        boolean plain = value.chars().allMatch(letter -> HOCON.indexOf(letter) < 0) && !key.endsWith("+");
        if (outline.hasComments()) {
            return plain
                    ? literally(assignment, key, value)
                    : refused(assignment, "holds a comment, # or //; put the text in \"quotes\" if it is none");
        }
        if (outline.entries().stream().anyMatch(entry -> entry.kind() == Outline.Kind.INCLUDE)) {
            return refused(assignment, "includes a file; include it in the experiment");
        }
        try {
            Config read = ConfigFactory.parseString(
                    assignment,
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setOriginDescription(PLACE));
            if (outline.entries().stream().filter(entry -> entry.level() == 0).count() != 1) {
                return refused(
                        assignment,
                        "sets more than one key; give each an argument of its own, or put the value in \"quotes\"");
            }
            entries.addAll(outline.entries());
            return Optional.of(read);
        } catch (ConfigException e) {
            return plain ? literally(assignment, key, value) : refused(assignment, unreadable(value));
        }
    }

    private Optional<Config> literally(String assignment, String key, String value) {
        try {
            var unused = ConfigUtil.splitPath(key);
        } catch (ConfigException e) {
            return refused(assignment, "does not begin with a key, as in pretrain.slots=8");
        }
        return Optional.of(ConfigValueFactory.fromAnyRef(value, PLACE).atPath(key));
    }

    private static String unreadable(String value) {
        OptionalInt control = value.chars().filter(Character::isISOControl).findFirst();
        if (control.isPresent()) {
            return String.format(
                    Locale.ROOT,
                    "cannot be read: it holds the control character \\u%04x; leave it out",
                    control.getAsInt());
        }
        return value.startsWith("\"")
                ? "cannot be read: a text in \"quotes\" ends at its second quote, and within it a quote is written \\\""
                        + " and a backslash \\\\"
                : "cannot be read; put the value in \"quotes\"";
    }

    private Optional<Config> refused(String assignment, String why) {
        problems.add(new Problem(PLACE, 0, "", "'" + assignment + "' " + why));
        return Optional.empty();
    }

    private static ConfigObject withoutLines(ConfigObject section) {
        ConfigOrigin origin = ConfigOriginFactory.newSimple(PLACE);
        ConfigObject result = section;
        for (String key : section.keySet()) {
            ConfigValue value = section.get(key);
            ConfigValue moved = value instanceof ConfigObject inner ? withoutLines(inner) : value;
            result = result.withValue(key, moved == null ? null : moved.withOrigin(origin));
        }
        return result.withOrigin(origin);
    }
}
