package org.adapt4j.env.gymnasium;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;

/**
 * What an environment's Python says of it.
 *
 * @param spec observations in the order of their names, actions and longest episode
 * @param versions of all that plays it
 */
record Description(EnvironmentSpec spec, String versions) {

    /**
     * Reads it.
     *
     * @param longest steps of an episode where the environment names no limit; 0 for none
     */
    static Description of(JsonNode told, int longest) {
        List<Component> components = new ArrayList<>();
        for (JsonNode part : told.path("observation")) {
            components.add(new Component(
                    part.path("name").asText().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), space(part)));
        }
        JsonNode action = told.path("action");
        if (action.path("kind").asText().equals("box")
                && !action.path("element").asText().equals("float32")) {
            throw new GymnasiumException(
                    "its actions are a Box of " + action.path("element").asText()
                            + "; supported are Discrete and a Box of floats. Wrap it in a TransformAction");
        }
        int limit = told.path("max-episode-steps").asInt();
        int steps = longest > 0 && limit > 0 ? Math.min(longest, limit) : Math.max(longest, limit);
        if (steps == 0) {
            throw new GymnasiumException("its episodes have no limit; set benchmark.max-episode-steps");
        }
        Space chosen = space(action);
        if (chosen instanceof Box box && !action.path("even").asBoolean()) {
            chosen = new Box(Element.FLOAT32, box.shape(), -1, 1);
        }
        return new Description(
                new EnvironmentSpec(components, chosen, steps),
                told.path("versions").asText());
    }

    private static Space space(JsonNode part) {
        if (part.path("kind").asText().equals("discrete")) {
            return new Discrete(part.path("size").asInt());
        }
        List<Integer> shape = new ArrayList<>();
        part.path("shape").forEach(size -> shape.add(size.asInt()));
        double low = part.path("low").asDouble();
        double high = part.path("high").asDouble();
        Element element = Element.valueOf(part.path("element").asText().toUpperCase(Locale.ROOT));
        return new Box(element, shape, low, high > low ? high : low + 1);
    }
}
