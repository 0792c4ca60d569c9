package org.adapt4j.runtime.report.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.adapt4j.runtime.run.ClaimRules.Flaw;

/**
 * A statement of a plan, as written: {@code { id, text, kind, … }}, or {@code { id, text, parts = [{ kind, … }, …] }} where a
 * statement has several parts, of which each must hold.
 */
record Claim(JsonNode node) {
    private static final Set<String> FIELDS = Set.of("id", "text", "parts");

    String id() {
        return node.path("id").asText("?");
    }

    String text() {
        return node.path("text").asText("");
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        if (node.has("parts")) {
            node.path("parts").forEach(part -> parts.add(new Part(part)));
        } else {
            parts.add(new Part(node));
        }
        return parts;
    }

    List<String> kinds() {
        return parts().stream().map(part -> part.name("kind")).distinct().toList();
    }

    /** All that is wrong with it. */
    List<Flaw> flaws() {
        List<Flaw> flaws = new ArrayList<>();
        if (!node.isObject()) {
            return List.of(Flaw.of("", "must be a section { id, text, kind, … }"));
        }
        for (String field : List.of("id", "text")) {
            if (node.path(field).asText("").isEmpty()) {
                flaws.add(Flaw.of("", "does not say '" + field + "'"));
            }
        }
        JsonNode parts = node.path("parts");
        if (parts.isMissingNode()) {
            flaws.addAll(flaws(node, "", Set.of("id", "text")));
        } else if (!parts.isArray() || parts.isEmpty()) {
            flaws.add(Flaw.of("parts", "must be a list of at least one { kind, … }"));
        } else {
            unknown(node, "", FIELDS, flaws);
            for (int i = 0; i < parts.size(); i++) {
                flaws.addAll(flaws(parts.get(i), "parts/" + i, Set.of()));
            }
        }
        return flaws;
    }

    private static List<Flaw> flaws(JsonNode part, String at, Set<String> also) {
        String word = part.path("kind").asText("");
        if (word.isEmpty()) {
            return List.of(Flaw.of(at, "does not say 'kind'"));
        }
        Optional<ClaimKind> kind = ClaimKind.of(word);
        if (kind.isEmpty()) {
            return List.of(new Flaw(path(at, "kind"), "no rule for the kind '" + word + "'", word, ClaimKind.known()));
        }
        List<Flaw> flaws = new ArrayList<>();
        Set<String> fields = kind.get().fields();
        fields.addAll(also);
        unknown(part, at, fields, flaws);
        for (String field : kind.get().needs()) {
            if (!part.has(field)) {
                flaws.add(Flaw.of(at, "does not say '" + field + "', which a claim of kind " + word + " must"));
            }
        }
        for (String field : List.of("method", "below", "along", "less")) {
            if (part.has(field) && part.path(field).asText("").isEmpty()) {
                flaws.add(Flaw.of(path(at, field), "must be a name"));
            }
        }
        for (String field : List.of("than", "measures", "tasks")) {
            if (part.has(field) && words(part.path(field)).isEmpty()) {
                flaws.add(Flaw.of(path(at, field), "must be a list of at least one name"));
            }
        }
        for (String measure : words(part.path("measures"))) {
            if (!Yardstick.NAMED.contains(measure)) {
                flaws.add(new Flaw(path(at, "measures"), "no measure '" + measure + "'", measure, Yardstick.NAMED));
            }
        }
        if (part.has("margin") && !(part.path("margin").asDouble(0) > 0)) {
            flaws.add(Flaw.of(path(at, "margin"), "must be a number above 0"));
        }
        if (part.has("where") && !part.path("where").isObject()) {
            flaws.add(Flaw.of(path(at, "where"), "must be a section { coordinate = value }"));
        }
        return flaws;
    }

    private static void unknown(JsonNode node, String at, Set<String> known, List<Flaw> flaws) {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                flaws.add(new Flaw(path(at, field), "'" + field + "' is not said by such a claim", field, known));
            }
        });
    }

    private static String path(String at, String field) {
        return at.isEmpty() ? field : at + "/" + field;
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        if (list.isArray()) {
            list.forEach(item -> words.add(item.asText("")));
        }
        return words.contains("") ? List.of() : words;
    }

    /** One part of a claim without flaws. */
    record Part(JsonNode node) {
        ClaimKind kind() {
            return ClaimKind.of(node.path("kind").asText()).orElseThrow();
        }

        /** The text of a field that its kind needs. */
        String name(String field) {
            return node.path(field).asText();
        }

        List<String> than() {
            return words(node.path("than"));
        }

        List<Yardstick> measures() {
            return words(node.path("measures")).stream().map(Yardstick::named).toList();
        }

        OptionalDouble margin() {
            return node.has("margin") ? OptionalDouble.of(node.path("margin").asDouble()) : OptionalDouble.empty();
        }

        /** Tasks it is about; empty for all. */
        List<String> tasks() {
            return words(node.path("tasks"));
        }

        /** Whether it is about a place: {@code where { coordinate = value }}, sections within being paths, lists alternatives. */
        boolean isAbout(Map<String, String> place) {
            return agrees("", node.path("where"), place);
        }

        private static boolean agrees(String path, JsonNode wanted, Map<String, String> place) {
            if (wanted.isObject()) {
                return wanted.properties().stream()
                        .allMatch(entry -> agrees(
                                path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                                entry.getValue(),
                                place));
            }
            if (wanted.isArray()) {
                return words(wanted).contains(place.getOrDefault(path, ""));
            }
            return wanted.isMissingNode() || wanted.asText().equals(place.get(path));
        }
    }
}
