package org.adapt4j.data.minari;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;

/**
 * Writes {@code metadata.json} as Minari 0.5 reads it. Spaces are JSON within a string; sides without a bound are Python's words {@code
 * Infinity} and {@code -Infinity}, which other readers of JSON refuse.
 */
final class Metadata {

    /** The newest version that was looked at, which Minari's reader demands to know. */
    private static final String VERSION = "0.5.3";

    private static final double MEGABYTE = 1e6;
    private static final ObjectMapper JSON =
            JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

    private Metadata() {}

    /** The content of the file. */
    static byte[] of(
            String id,
            EnvironmentSpec spec,
            MinariWriter.Settings settings,
            String description,
            int episodes,
            long steps,
            long bytes) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("dataset_id", id).put("total_episodes", episodes).put("total_steps", steps);
        node.put("data_format", "hdf5").put("minari_version", VERSION);
        node.put("observation_space", text(observation(spec.observation())));
        node.put("action_space", text(space(spec.action())));
        node.put("dataset_size", Math.round(10 * bytes / MEGABYTE) / 10.0);
        settings.author().forEach(node.putArray("author")::add);
        settings.authorEmail().forEach(node.putArray("author_email")::add);
        settings.algorithmName().ifPresent(name -> node.put("algorithm_name", name));
        settings.codePermalink().ifPresent(link -> node.put("code_permalink", link));
        node.put("description", description);
        node.putArray("requirements");
        return (text(node) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String text(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree renders as JSON", e);
        }
    }

    private static ObjectNode observation(List<Component> components) {
        if (components.size() == 1) {
            return space(components.get(0).space());
        }
        ObjectNode dict = JsonNodeFactory.instance.objectNode();
        dict.put("type", "Dict");
        ObjectNode parts = dict.putObject("subspaces");
        components.forEach(component -> parts.set(component.name(), space(component.space())));
        return dict;
    }

    private static ObjectNode space(Space space) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        if (space instanceof Discrete discrete) {
            return node.put("type", "Discrete")
                    .put("dtype", "int64")
                    .put("start", 0)
                    .put("n", discrete.size());
        }
        Box box = (Box) space;
        node.put("type", "Box")
                .put(
                        "dtype",
                        switch (box.element()) {
                            case UINT8 -> "uint8";
                            case INT32 -> "int32";
                            case FLOAT32 -> "float32";
                        });
        box.shape().forEach(node.putArray("shape")::add);
        node.set("low", filled(box, 0, box.low() <= -Float.MAX_VALUE ? Double.NEGATIVE_INFINITY : box.low()));
        node.set("high", filled(box, 0, box.high() >= Float.MAX_VALUE ? Double.POSITIVE_INFINITY : box.high()));
        return node;
    }

    /** Nested lists of the box's shape with the same number everywhere. */
    private static ArrayNode filled(Box box, int dimension, double number) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < box.shape().get(dimension); i++) {
            if (dimension + 1 < box.shape().size()) {
                list.add(filled(box, dimension + 1, number));
            } else if (box.element() == Element.FLOAT32) {
                list.add(number);
            } else {
                list.add((long) number);
            }
        }
        return list;
    }
}
