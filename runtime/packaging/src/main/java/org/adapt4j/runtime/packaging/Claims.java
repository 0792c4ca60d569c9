package org.adapt4j.runtime.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.run.StorageException;

/** The claims of a run as a machine reads them: what each says, as the experiment declares it, and what the report found. */
final class Claims {
    private Claims() {}

    /** @param declared as the plan holds them @param report folder of the report */
    static ArrayNode of(ArrayNode declared, Path report) {
        Path table = report.resolve("tables").resolve("claims.csv");
        List<List<String>> rows = Files.isRegularFile(table) ? rows(table) : List.of();
        ArrayNode claims = JsonNodeFactory.instance.arrayNode();
        for (JsonNode claim : declared) {
            ObjectNode one = claims.addObject();
            one.set("statement", claim);
            ArrayNode found = one.putArray("found");
            for (List<String> row : rows.subList(Math.min(1, rows.size()), rows.size())) {
                int id = rows.get(0).indexOf("claim");
                if (id >= 0 && row.get(id).equals(claim.path("id").asText())) {
                    ObjectNode line = found.addObject();
                    for (int i = 0; i < row.size(); i++) {
                        line.put(rows.get(0).get(i), row.get(i));
                    }
                }
            }
        }
        return claims;
    }

    /** The first place where two differ, numbers apart that agree to a relative 1e-12; empty if none. */
    static Optional<String> difference(JsonNode packed, JsonNode computed) {
        return difference("", packed, computed);
    }

    private static Optional<String> difference(String place, JsonNode packed, JsonNode computed) {
        if (packed.isValueNode() || computed.isValueNode()) {
            return packed.isValueNode() && computed.isValueNode() && Numbers.same(packed.asText(), computed.asText())
                    ? Optional.empty()
                    : Optional.of(place + ": " + shown(packed) + " was packed, " + shown(computed)
                            + " follows from the results");
        }
        if (packed.size() != computed.size() || packed.isArray() != computed.isArray()) {
            return Optional.of(place + ": " + packed.size() + " entries were packed, " + computed.size()
                    + " follow from the results");
        }
        for (int i = 0; packed.isArray() && i < packed.size(); i++) {
            Optional<String> inside = difference(place + "/" + i, packed.get(i), computed.path(i));
            if (inside.isPresent()) {
                return inside;
            }
        }
        return packed.propertyStream()
                .flatMap(entry ->
                        difference(place + "/" + entry.getKey(), entry.getValue(), computed.path(entry.getKey()))
                                .stream())
                .findFirst();
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static List<List<String>> rows(Path table) {
        try {
            return CsvFile.rows(Files.readString(table));
        } catch (IOException e) {
            throw StorageException.of(table, e);
        }
    }
}
