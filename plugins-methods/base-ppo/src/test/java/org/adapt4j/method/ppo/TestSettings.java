package org.adapt4j.method.ppo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** Settings from the jar's own reference.conf and some overrides. */
final class TestSettings {

    static final Config REFERENCE = ConfigFactory.parseResources(Ppo.class.getClassLoader(), "reference.conf")
            .getConfig("algorithms.ppo");

    /** A small fully connected network, and numbers without surprises. */
    static final String TINY = "network.encoder = mlp, network.hidden = [], network.memory-projection = 0,"
            + " normalise-rewards = false, ";

    private TestSettings() {}

    static PpoSettings of(String overrides) {
        return bind(PpoSettings.class, ConfigFactory.parseString(overrides).withFallback(REFERENCE));
    }

    static PpoSettings preset(String name) {
        return bind(
                PpoSettings.class,
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
