package org.adapt4j.method.rainbow;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** Settings from the jar's own reference.conf and some overrides. */
final class TestSettings {

    static final Config REFERENCE = ConfigFactory.parseResources(Rainbow.class.getClassLoader(), "reference.conf")
            .getConfig("algorithms.rainbow");

    /** Numbers of the tiny tasks. */
    static final String TINY = "multi-step = 3, learning-rate = 1e-3, target-every = 100, exploit-epsilon = 0,"
            + " replay { start = 100, tasks-per-batch = 0, capacity = 10000 },"
            + " network { encoder = mlp, hidden = [], stream-units = 32, noise-scale = 0.5 }, ";

    private TestSettings() {}

    static RainbowSettings of(String overrides) {
        return bind(RainbowSettings.class, ConfigFactory.parseString(overrides).withFallback(REFERENCE));
    }

    static RainbowSettings preset(String name) {
        return bind(
                RainbowSettings.class,
                REFERENCE.hasPath("presets." + name)
                        ? REFERENCE.getConfig("presets." + name).withFallback(REFERENCE)
                        : REFERENCE);
    }

    static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static <T extends Record> T bind(Class<T> type, Config config) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(components[i], config, key(components[i]));
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e.getCause() == null ? e : e.getCause());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object value(RecordComponent component, Config config, String key) {
        Class<?> type = component.getType();
        if (type == int.class) {
            return config.getInt(key);
        }
        if (type == double.class) {
            return config.getDouble(key);
        }
        if (type == boolean.class) {
            return config.getBoolean(key);
        }
        if (component.getGenericType() instanceof ParameterizedType) {
            return config.getIntList(key);
        }
        if (type.isEnum()) {
            return Enum.valueOf(
                    (Class<? extends Enum>) type,
                    config.getString(key).toUpperCase(Locale.ROOT).replace('-', '_'));
        }
        return bind((Class<? extends Record>) type, config.getConfig(key));
    }
}
