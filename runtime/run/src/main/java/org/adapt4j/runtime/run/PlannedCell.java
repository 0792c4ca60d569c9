package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cell of a run as its plan lists it.
 *
 * @param id first 16 hexadecimal digits of the SHA-256 of {@code resolved}
 * @param kind {@code pretrain} or {@code adapt}
 * @param method name of the method in the experiment
 * @param preset {@code paper}, {@code reference} or that of a plug-in
 * @param labels coordinates of the grid other than method, preset and seed
 * @param seed of all random streams
 * @param task what an adapt cell adapts to
 * @param learned id of the pretrain cell whose result an adapt cell starts from
 * @param notApplicable why this cell cannot be, if it cannot
 * @param resolved the canonical configuration; {@code plan.json} holds it too, for a cell whose folder was deleted
 */
public record PlannedCell(
        String id,
        String kind,
        String method,
        String preset,
        Map<String, String> labels,
        long seed,
        Optional<String> task,
        Optional<String> learned,
        Optional<String> notApplicable,
        String resolved) {

    /** Keeps the order of the labels. */
    public PlannedCell {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** One line for people: kind, method, coordinates, task, seed. */
    public String title() {
        StringBuilder title = new StringBuilder(kind).append(' ').append(method);
        title.append(' ').append(preset);
        labels.forEach((key, value) -> title.append(' ')
                .append(key.substring(key.lastIndexOf('.') + 1))
                .append('=')
                .append(value));
        task.ifPresent(name -> title.append(' ').append(name));
        return title.append(" seed ").append(seed).toString();
    }

    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", id).put("kind", kind).put("method", method).put("preset", preset);
        ObjectNode coordinates = node.putObject("labels");
        labels.forEach(coordinates::put);
        node.put("seed", seed);
        task.ifPresent(name -> node.put("task", name));
        node.put("learned", learned.orElse(null));
        node.put("not-applicable", notApplicable.orElse(null));
        node.put("resolved", resolved);
        return node;
    }

    static PlannedCell fromJson(JsonNode node, String resolved) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> label : node.path("labels").properties()) {
            labels.put(label.getKey(), label.getValue().asText());
        }
        return new PlannedCell(
                node.path("id").asText(),
                node.path("kind").asText(),
                node.path("method").asText(),
                node.path("preset").asText(),
                labels,
                node.path("seed").asLong(),
                text(node, "task"),
                text(node, "learned"),
                text(node, "not-applicable"),
                resolved);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }
}
