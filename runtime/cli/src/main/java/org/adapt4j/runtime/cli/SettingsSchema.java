package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.adapt4j.runtime.settings.Keys;
import org.adapt4j.runtime.settings.SettingsGuide;
import org.adapt4j.runtime.settings.SettingsGuide.Setting;

/** The section of an experiment that names a contribution, as a JSON Schema of 2020-12. */
final class SettingsSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern INTERVAL = Pattern.compile("must lie in ([(\\[])(\\S+), (\\S+)([)\\]])");

    private SettingsSchema() {}

    /** The schema of {@code { name = NAME, … }}. */
    static ObjectNode of(Workbench.Described shown) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", shown.kind() + " " + shown.name());
        schema.put("description", "of " + shown.pluginId() + " " + shown.version());
        ObjectNode properties = object(schema);
        properties.putObject("name").put("const", shown.name());
        List<String> required = new ArrayList<>(List.of("name"));
        fill(properties, required, "", shown.settings());
        ArrayNode demanded = schema.putArray("required");
        required.forEach(demanded::add);
        return schema;
    }

    private static ObjectNode object(ObjectNode schema) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        schema.put("additionalProperties", false);
        return properties;
    }

    /** The settings right below a path, each with those below it. */
    private static void fill(ObjectNode properties, List<String> required, String path, List<Setting> all) {
        for (Setting setting : all) {
            String key = path.isEmpty()
                    ? setting.key()
                    : setting.key().startsWith(path + ".") ? setting.key().substring(path.length() + 1) : "";
            if (key.isEmpty() || key.contains(".") || properties.has(key)) {
                continue; // deeper, elsewhere, or a setting that two choices of a section share
            }
            ObjectNode schema = properties.putObject(key);
            String about = String.join(
                    ". ",
                    List.of(setting.meaning(), String.join("; ", setting.limits()), source(setting)).stream()
                            .filter(part -> !part.isEmpty())
                            .toList());
            if (!about.isEmpty()) {
                schema.put("description", about);
            }
            if (PluginGuide.isSection(setting)) {
                ObjectNode within = object(schema);
                fill(within, new ArrayList<>(), setting.key(), all); // what must be given may come from another layer
                continue;
            }
            describe(schema, setting.type(), setting.words());
            setting.limits().forEach(limit -> limit(schema, limit));
            setting.value().ifPresent(value -> schema.set("default", JSON.valueToTree(value.unwrapped())));
            if (path.isEmpty() && setting.value().isEmpty() && !SettingsGuide.isOptional(setting.type())) {
                required.add(key);
            }
        }
    }

    private static String source(Setting setting) {
        return setting.source().isEmpty() ? "" : "Default: " + setting.source();
    }

    private static void describe(ObjectNode schema, Type type, String words) {
        if (SettingsGuide.isOptional(type)) {
            describe(schema, argument(type, 0), words);
            if (schema.path("type").isTextual()) {
                String plain = schema.path("type").asText();
                schema.putArray("type").add(plain).add("null");
            }
            return;
        }
        if (type instanceof ParameterizedType generic) {
            if (generic.getRawType() == List.class) {
                schema.put("type", "array");
                describe(schema.putObject("items"), argument(type, 0), "");
            } else {
                schema.put("type", "object");
                describe(schema.putObject("additionalProperties"), argument(type, 1), "");
            }
            return;
        }
        Class<?> raw = (Class<?>) type;
        if (raw.isEnum()) {
            ArrayNode constants = schema.putArray("enum");
            for (Object constant : raw.getEnumConstants()) {
                constants.add(Keys.kebab(((Enum<?>) constant).name()));
            }
        } else if (raw.isSealed()) {
            ArrayNode choices = schema.putArray("enum"); // its key "type"
            List.of(words.replaceFirst("^one of ", "").split(", ")).forEach(choices::add);
        } else if (raw.isRecord()) {
            ObjectNode properties = object(schema);
            for (RecordComponent component : raw.getRecordComponents()) {
                describe(properties.putObject(Keys.kebab(component.getName())), component.getGenericType(), "");
            }
        } else {
            schema.put("type", word(raw));
        }
    }

    private static String word(Class<?> raw) {
        if (raw == boolean.class || raw == Boolean.class) {
            return "boolean";
        }
        if (raw == String.class || raw == Path.class || raw == Duration.class) {
            return "string";
        }
        return raw == double.class || raw == Double.class ? "number" : "integer";
    }

    /** What the common words of {@code Check} mean to a schema; other demands stand in the description. */
    private static void limit(ObjectNode schema, String limit) {
        if (limit.equals("must be positive")) {
            schema.put("exclusiveMinimum", 0);
        } else if (limit.equals("must not be negative")) {
            schema.put("minimum", 0);
        } else if (limit.equals("needs at least one entry")) {
            schema.put("minItems", 1);
        } else {
            Matcher interval = INTERVAL.matcher(limit);
            if (interval.matches()) {
                bound(schema, interval.group(1).equals("(") ? "exclusiveMinimum" : "minimum", interval.group(2));
                bound(schema, interval.group(4).equals(")") ? "exclusiveMaximum" : "maximum", interval.group(3));
            }
        }
    }

    private static void bound(ObjectNode schema, String key, String number) {
        number(number).ifPresent(found -> schema.set(key, found));
    }

    private static Optional<JsonNode> number(String text) {
        try {
            double value = Double.parseDouble(text);
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Optional.of(JSON.valueToTree((long) value))
                    : Optional.of(JSON.valueToTree(value));
        } catch (NumberFormatException e) {
            return Optional.empty(); // a bound in words
        }
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
