package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys that a section once had. Stands in the section's {@code reference.conf} as {@code renamed { old = new }}, kept for
 * one release with a warning, and {@code removed { old = "what to say instead" }}. Keys of sections within it are quoted paths:
 * {@code renamed { "network.old" = network.new }}.
 *
 * @param renamed new key by old key
 * @param removed what to use instead, by old key
 */
public record KeyHistory(Map<String, String> renamed, Map<String, String> removed) {

    /** No key was ever called otherwise. */
    public static final KeyHistory NONE = new KeyHistory(Map.of(), Map.of());

    /** Freezes the tables. */
    public KeyHistory {
        renamed = Map.copyOf(renamed);
        removed = Map.copyOf(removed);
    }

    /** Reads the tables of a section of {@code reference.conf}. */
    public static KeyHistory of(ConfigObject defaults) {
        return new KeyHistory(table(defaults, "renamed"), table(defaults, "removed"));
    }

    private static Map<String, String> table(ConfigObject defaults, String name) {
        Map<String, String> table = new TreeMap<>();
        if (defaults.get(name) instanceof ConfigObject entries) {
            entries.forEach((key, value) -> table.put(key, value.unwrapped().toString()));
        }
        return table;
    }

    /** Moves values of renamed keys to their new place and complains about removed ones. */
    ConfigObject bringUpToDate(ConfigObject section, String path, Problems problems) {
        ConfigObject current = section;
        for (Map.Entry<String, String> entry : renamed.entrySet()) {
            ConfigValue old = at(current, entry.getKey());
            if (old == null) {
                continue;
            }
            String newKey = entry.getValue();
            ConfigValue present = at(current, newKey);
            if (present != null && !Origins.isDefault(present.origin())) {
                problems.add(
                        old.origin(),
                        join(path, entry.getKey()),
                        "is now called '" + newKey + "', which is set as well; delete this one");
            } else {
                problems.warn(
                        old.origin(),
                        join(path, entry.getKey()),
                        "is now called '" + newKey + "'; the old name goes with the next release");
            }
            current = current.toConfig()
                    .withoutPath(entry.getKey())
                    .withValue(newKey, old)
                    .root();
        }
        for (Map.Entry<String, String> entry : removed.entrySet()) {
            ConfigValue old = at(current, entry.getKey());
            if (old != null) {
                problems.add(
                        old.origin(), join(path, entry.getKey()), "is no longer a setting; use " + entry.getValue());
                current = current.toConfig().withoutPath(entry.getKey()).root();
            }
        }
        return current;
    }

    private static @Nullable ConfigValue at(ConfigObject section, String key) {
        ConfigValue value = section;
        for (String part : ConfigUtil.splitPath(key)) {
            value = value instanceof ConfigObject within ? within.get(part) : null;
        }
        return value;
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
