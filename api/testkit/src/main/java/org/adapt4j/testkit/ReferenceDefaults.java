package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.api.plugin.Plugin;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a plug-in's {@code reference.conf}: every setting must have its default there with the source of its number
 * beside it, and no preset may set what does not exist.
 *
 * <pre>{@code ReferenceDefaults.of(MyPlugin.class, "learners.my-method").match(MyMethod.Settings.class);}</pre>
 */
public final class ReferenceDefaults {

    private static final String PRESETS = "presets";

    private final String path;
    private final Config defaults;

    private ReferenceDefaults(String path, Config defaults) {
        this.path = path;
        this.defaults = defaults;
    }

    /**
     * The defaults in the plug-in's own jar or folder.
     *
     * @param path such as {@code learners.reptile}
     */
    public static ReferenceDefaults of(Class<? extends Plugin> plugin, String path) {
        String entry = plugin.getName().replace('.', '/') + ".class";
        URL url = plugin.getClassLoader().getResource(entry);
        assertThat(url).as("class file of the plug-in").isNotNull();
        String location = String.valueOf(url);
        Path folder = Path.of(URI.create(location.substring(0, location.length() - entry.length())));
        Config file = ConfigFactory.parseFile(folder.resolve("reference.conf").toFile())
                .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
        assertThat(file.hasPath(path)).as("reference.conf has %s", path).isTrue();
        return new ReferenceDefaults(path, file.getConfig(path));
    }

    /** Checks that keys and components are the same, that presets know them, and that each has its source as a comment. */
    public void match(Class<? extends Record> settings) {
        Set<String> components = Stream.of(settings.getRecordComponents())
                .map(component -> kebab(component.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> keys = new TreeSet<>(defaults.root().keySet());
        keys.removeAll(Set.of(PRESETS, "renamed", "removed")); // what is no setting
        assertThat(keys).as("keys of %s", path).isEqualTo(components);
        for (String key : keys) {
            assertCommented(path + "." + key, defaults.root().get(key));
        }
        for (String preset : presets()) {
            assertPreset(preset, components);
        }
    }

    /** What holds with a preset; where the plug-in says nothing of it, its defaults. */
    public Config with(String preset) {
        Config plain = defaults.withoutPath(PRESETS);
        return presets().contains(preset)
                ? defaults.getConfig(ConfigUtil.joinPath(PRESETS, preset)).withFallback(plain)
                : plain;
    }

    private Set<String> presets() {
        return defaults.hasPath(PRESETS) ? defaults.getObject(PRESETS).keySet() : Set.of();
    }

    /**
     * The settings that an experiment would bind, for tests of a plug-in that name what matters to them.
     *
     * @param overrides HOCON that wins over the defaults; empty for these alone
     * @throws IllegalArgumentException if the record refuses them
     */
    public <T extends Record> T settings(Class<T> type, String overrides) {
        return bind(type, ConfigFactory.parseString(overrides).withFallback(defaults));
    }

    private static <T extends Record> T bind(Class<T> type, Config config) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i], config, kebab(components[i].getName()));
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getTargetException().getMessage()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the component says which enumeration or record it is
    private static Object value(RecordComponent component, Config config, String key) {
        Class<?> type = component.getType();
        if (type == int.class) {
            return config.getInt(key);
        }
        if (type == long.class) {
            return config.getLong(key);
        }
        if (type == double.class) {
            return config.getDouble(key);
        }
        if (type == boolean.class) {
            return config.getBoolean(key);
        }
        if (type == String.class) {
            return config.getString(key);
        }
        if (type == Optional.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            return config.getIsNull(key) ? Optional.empty() : Optional.of(some(element, config, key));
        }
        if (type == List.class) {
            Class<?> element = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            if (element.isRecord()) {
                return config.getConfigList(key).stream()
                        .map(entry -> bind((Class<? extends Record>) element, entry))
                        .toList();
            }
            return element == Integer.class
                    ? config.getIntList(key)
                    : element == Double.class ? config.getDoubleList(key) : config.getStringList(key);
        }
        if (type.isEnum()) {
            return Enum.valueOf(
                    (Class<? extends Enum>) type,
                    config.getString(key).toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        return bind((Class<? extends Record>) type, config.getConfig(key));
    }

    private static Object some(Class<?> element, Config config, String key) {
        if (element == Double.class) {
            return config.getDouble(key);
        }
        if (element == Integer.class) {
            return config.getInt(key);
        }
        if (element == Path.class) {
            return Path.of(config.getString(key));
        }
        return config.getString(key);
    }

    private void assertPreset(String preset, Set<String> components) {
        for (Map.Entry<String, ConfigValue> entry :
                defaults.getConfig(PRESETS + "." + preset).root().entrySet()) {
            assertThat(components).as("preset %s of %s", preset, path).contains(entry.getKey());
            assertCommented(path + "." + PRESETS + "." + preset + "." + entry.getKey(), entry.getValue());
        }
    }

    private static void assertCommented(String key, @Nullable ConfigValue value) {
        assertThat(value == null ? "" : String.join(" ", value.origin().comments()))
                .as("source of %s", key)
                .isNotBlank();
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
