package org.adapt4j.runtime.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What can be said of settings: from the record that takes them, what its constructor refuses, the defaults in {@code reference.conf} with
 * their comments, and the record's Javadoc. Nothing of it is written twice.
 */
public final class SettingsGuide {

    /** Numbers that a constructor is asked about, to hear what it says of them. */
    private static final List<Number> NUMBERS = List.of(-1_000_000_000, -1, 0, 0.5, 2, 1_000_000_000);

    private final Class<? extends Record> type;
    private final ConfigObject defaults;
    private final ConfigObject probed;

    private SettingsGuide(Class<? extends Record> type, ConfigObject section) {
        this.type = type;
        defaults = section.withoutKey("presets").withoutKey("renamed").withoutKey("removed");
        probed = filled(type, defaults);
    }

    /**
     * One setting.
     *
     * @param key path within the section, kebab-case
     * @param type Java's
     * @param words what the type takes, in words: "a whole number"
     * @param limits what its record demands, in the record's words: "must lie in (0, 1]"
     * @param value the default; empty if it must be given, or may be left out
     * @param source where the default is from; empty if nothing is said
     * @param meaning empty where the jar has no sources
     * @param choice of which {@code type} of its section it is a setting; empty where there is none
     */
    public record Setting(
            String key,
            Type type,
            String words,
            List<String> limits,
            Optional<ConfigValue> value,
            String source,
            String meaning,
            String choice) {}

    /** The settings of a record, in its order, those of records within it by their paths. @param section of {@code reference.conf} */
    public static List<Setting> of(Class<? extends Record> type, ConfigObject section) {
        SettingsGuide guide = new SettingsGuide(type, section);
        List<Setting> settings = new ArrayList<>();
        guide.add(type, guide.defaults, "", "", settings);
        return settings;
    }

    /** What a preset sets, by path, with the sources; in the order of the file. */
    public static Map<String, List<Setting>> presets(Class<? extends Record> type, ConfigObject section) {
        Map<String, List<Setting>> presets = new TreeMap<>();
        if (section.get("presets") instanceof ConfigObject all) {
            all.forEach((name, values) -> {
                if (values instanceof ConfigObject chosen) {
                    List<Setting> settings = new ArrayList<>();
                    collect(type, chosen, "", settings);
                    presets.put(name, settings);
                }
            });
        }
        return presets;
    }

    private static void collect(Type type, ConfigObject chosen, String path, List<Setting> settings) {
        new TreeMap<>(chosen).forEach((key, value) -> {
            String at = Keys.join(path, key);
            if (value instanceof ConfigObject within) {
                collect(type, within, at, settings);
            } else {
                settings.add(new Setting(at, type, "", List.of(), Optional.of(value), source(value), "", ""));
            }
        });
    }

    private void add(Class<?> record, ConfigObject section, String path, String choice, List<Setting> settings) {
        for (RecordComponent component : record.getRecordComponents()) {
            String key = Keys.kebab(component.getName());
            String at = Keys.join(path, key);
            Type taken = component.getGenericType();
            Optional<ConfigValue> value = Optional.ofNullable(section.get(key));
            String meaning = Meanings.of(record, component.getName());
            if (taken instanceof Class<?> raw && (raw.isRecord() || raw.isSealed())) {
                ConfigObject within = value.filter(ConfigObject.class::isInstance)
                        .map(ConfigObject.class::cast)
                        .orElseGet(() -> ConfigValueFactory.fromMap(Map.of()));
                String source = value.map(SettingsGuide::source).orElse("");
                settings.add(new Setting(
                        at, taken, Binder.expected(taken), List.of(), Optional.empty(), source, meaning, choice));
                if (raw.isRecord()) {
                    add(raw, within, at, choice, settings);
                } else {
                    addChoices(raw, within, at, settings);
                }
            } else {
                settings.add(new Setting(
                        at,
                        taken,
                        Binder.expected(taken),
                        limits(taken, at),
                        value.filter(found -> found.valueType() != ConfigValueType.NULL),
                        value.map(SettingsGuide::source).orElse(""),
                        meaning,
                        choice));
            }
        }
    }

    private void addChoices(Class<?> sealed, ConfigObject section, String path, List<Setting> settings) {
        Map<String, Class<?>> choices = Binder.choices(sealed);
        Optional<ConfigValue> chosen = Optional.ofNullable(section.get("type"));
        settings.add(new Setting(
                Keys.join(path, "type"),
                sealed,
                "one of " + String.join(", ", choices.keySet()),
                List.of(),
                chosen,
                chosen.map(SettingsGuide::source).orElse(""),
                "which of them",
                ""));
        choices.forEach((name, record) -> add(record, section, path, name, settings));
    }

    /** Whether a component may be left out. */
    public static boolean isOptional(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
    }

    private static String source(ConfigValue value) {
        return String.join(" ", value.origin().comments()).strip();
    }

    /** Asks the record about values that it may refuse. What it says up to "but is" holds for any value. */
    private List<String> limits(Type taken, String path) {
        Set<String> limits = new LinkedHashSet<>();
        Class<?> raw = raw(taken);
        if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
            NUMBERS.stream()
                    .filter(number -> number instanceof Integer)
                    .forEach(number -> limits.addAll(refusals(path, number)));
        } else if (raw == double.class || raw == Double.class) {
            NUMBERS.forEach(number -> limits.addAll(refusals(path, number)));
        } else if (raw == String.class) {
            limits.addAll(refusals(path, ""));
        } else if (raw == List.class) {
            limits.addAll(refusals(path, List.of()));
            Class<?> element = raw(((ParameterizedType) taken).getActualTypeArguments()[0]);
            if (element == Integer.class || element == Double.class || element == Long.class) {
                limits.addAll(refusals(path, List.of(-1)));
                limits.addAll(refusals(path, List.of(0)));
            }
        }
        return List.copyOf(limits);
    }

    private List<String> refusals(String path, Object value) {
        Problems problems = new Problems();
        Config asked = probed.toConfig().withValue(path, ConfigValueFactory.fromAnyRef(value));
        new Binder(problems).bind(type, asked.root(), "", KeyHistory.NONE);
        return problems.found().stream()
                .filter(problem -> problem.path().equals(path) || problem.path().startsWith(path + "["))
                .map(problem -> problem.message().replaceFirst(",? but (it )?is .*$", ""))
                .toList();
    }

    private static Class<?> raw(Type type) {
        if (isOptional(type)) {
            return raw(((ParameterizedType) type).getActualTypeArguments()[0]);
        }
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    /** A section that has something of the right kind for all that must be given. */
    private static ConfigObject filled(Class<?> record, ConfigObject section) {
        ConfigObject full = section;
        for (RecordComponent component : record.getRecordComponents()) {
            String key = Keys.kebab(component.getName());
            Class<?> raw = raw(component.getGenericType());
            ConfigValue present = full.get(key);
            if (raw.isRecord() && (present == null || present instanceof ConfigObject)) {
                ConfigObject within =
                        present instanceof ConfigObject found ? found : ConfigValueFactory.fromMap(Map.of());
                if (!isOptional(component.getGenericType())) {
                    full = full.withValue(key, filled(raw, within));
                }
            } else if ((present == null || present.valueType() == ConfigValueType.NULL)
                    && !isOptional(component.getGenericType())) {
                full = full.withValue(key, ConfigValueFactory.fromAnyRef(anything(raw)));
            }
        }
        return full;
    }

    private static Object anything(Class<?> raw) {
        if (raw == boolean.class || raw == Boolean.class) {
            return false;
        }
        if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            return 1;
        }
        if (raw.isEnum()) {
            return Keys.kebab(((Enum<?>) raw.getEnumConstants()[0]).name());
        }
        return raw == List.class ? List.of() : Map.class.isAssignableFrom(raw) || raw.isSealed() ? Map.of() : "1s";
    }

    /** A value as it would be written in a line. */
    public static String written(ConfigValue value) {
        if (value instanceof ConfigList || value instanceof ConfigObject) {
            return value.render(ConfigRenderOptions.concise().setJson(false));
        }
        return value.valueType() == ConfigValueType.STRING && needsQuotes(String.valueOf(value.unwrapped()))
                ? ConfigUtil.quoteString(String.valueOf(value.unwrapped()))
                : value.valueType() == ConfigValueType.NUMBER ? Numbers.text(value) : String.valueOf(value.unwrapped());
    }

    private static boolean needsQuotes(String text) {
        return !text.matches("[A-Za-z][A-Za-z0-9 _./-]*");
    }
}
