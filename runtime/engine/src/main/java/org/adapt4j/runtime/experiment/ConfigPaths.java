package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;

/** Paths to values of a configuration. */
final class ConfigPaths {

    private ConfigPaths() {}

    /** The path that a key stands for, which may be written whole in quotes: {@code grid { "pretrain.slots" = [1, 2] }}. */
    static String of(String key) {
        String joined = String.join(".", ConfigUtil.splitPath(key));
        try {
            return ConfigUtil.joinPath(ConfigUtil.splitPath(joined));
        } catch (ConfigException e) {
            return key; // other letters than a path has outside of quotes
        }
    }

    /** Sets a value so that messages about the path name the line where the value was written. */
    static Config with(Config config, String path, ConfigValue value) {
        ConfigValue nested = value;
        List<String> keys = ConfigUtil.splitPath(path);
        for (int i = keys.size() - 1; i >= 0; i--) {
            nested = ConfigFactory.empty().root().withValue(keys.get(i), nested).withOrigin(value.origin());
        }
        return ((ConfigObject) nested).toConfig().withFallback(config.withoutPath(path));
    }

    /** The value that keys and indices, parted by {@code /}, lead to, or the last on the way that there is. */
    static ConfigValue within(ConfigValue from, String path) {
        ConfigValue value = from;
        for (String key : path.split("/")) {
            ConfigValue next = value instanceof ConfigObject section
                    ? section.get(key)
                    : value instanceof ConfigList list && key.matches("\\d+") ? list.get(Integer.parseInt(key)) : null;
            value = next == null ? value : next;
        }
        return value;
    }
}
