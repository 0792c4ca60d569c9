package org.adapt4j.runtime.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a record of settings as the section that {@link Binder} reads. */
public final class RecordSection {
    private RecordSection() {}

    /** A section of all components. They are numbers, truth values, texts, choices, and lists and records of them. */
    public static ConfigObject of(Record settings) {
        return ConfigValueFactory.fromMap(values(settings), "settings");
    }

    private static Map<String, Object> values(Record settings) {
        Map<String, Object> values = new TreeMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            try {
                values.put(
                        Keys.kebab(component.getName()),
                        value(component.getAccessor().invoke(settings)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("settings are read by whoever holds them: " + component, e);
            }
        }
        return values;
    }

    private static Object value(Object value) {
        if (value instanceof Record inner) {
            return values(inner);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RecordSection::value).toList();
        }
        return value instanceof Enum<?> choice ? Keys.kebab(choice.name()) : value;
    }
}
