package org.adapt4j.runtime.report.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.MeanSquares;
import org.adapt4j.runtime.run.ClaimRules.Flaw;

/**
 * A statement of a plan, as written: {@code { id, text, kind, … }}, or {@code { id, text, parts = [{ kind, … }, …] }} where a
 * statement has several parts, of which each must hold.
 */
record Claim(JsonNode node) {
    /** Says that the claim is to hold with a smaller budget too; nothing that is judged depends on it. */
    static final String SCALE_FREE = "scale-free";

    /** With how many seeds it was judged before, in another run that this one extends. */
    static final String LOOKED_AT = "looked-at";

    private static final Set<String> OWN = Set.of("id", "text", "looks", LOOKED_AT, "assume", SCALE_FREE);
    private static final Set<String> ASSUMED = Set.of("seed", "task", "residual");
    private static final Set<String> SWITCHES = Set.of("each-task", "signs");

    /** What was called otherwise before. */
    private static final Map<String, String> RENAMED = Map.of(
            "rise", "is now the kinds 'flat' and 'no-improvement', which look at the end minus the start",
            "delta", "is now 'margin'",
            "estimand", "is now 'about'",
            "equivalent", "is now 'similar'");

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
            flaws.addAll(flaws(node, "", OWN));
        } else if (!parts.isArray() || parts.isEmpty()) {
            flaws.add(Flaw.of("parts", "must be a list of at least one { kind, … }"));
        } else {
            Set<String> fields = new TreeSet<>(OWN);
            fields.add("parts");
            unknown(node, "", fields, flaws);
            for (int i = 0; i < parts.size(); i++) {
                flaws.addAll(flaws(parts.get(i), "parts/" + i, Set.of()));
            }
        }
        looks(flaws);
        assumed(flaws);
        if (node.has(SCALE_FREE) && !node.path(SCALE_FREE).isBoolean()) {
            flaws.add(Flaw.of(SCALE_FREE, "must be true or false"));
        }
        return flaws;
    }

    private void looks(List<Flaw> flaws) {
        JsonNode looks = node.path("looks");
        boolean ascending = looks.isArray() && !looks.isEmpty();
        int last = Judge.FEWEST - 1;
        for (JsonNode look : looks) {
            ascending &= look.isIntegralNumber() && look.asInt() > last;
            last = look.asInt();
        }
        if (!looks.isMissingNode() && !ascending) {
            flaws.add(Flaw.of(
                    "looks", "must be ascending numbers of seeds from " + Judge.FEWEST + " on, such as [5, 10, 20]"));
        }
        JsonNode before = node.path(LOOKED_AT);
        if (!before.isMissingNode() && !(before.isIntegralNumber() && before.asInt() > 0)) {
            flaws.add(Flaw.of(LOOKED_AT, "must be a whole number of seeds from 1 on"));
        } else if (!before.isMissingNode() && !looks.isMissingNode()) {
            flaws.add(Flaw.of(LOOKED_AT, "is not said beside 'looks', which name all looks beforehand"));
        }
    }

    private void assumed(List<Flaw> flaws) {
        JsonNode assume = node.path("assume");
        if (assume.isMissingNode()) {
            return;
        }
        boolean numbers = assume.isObject();
        double most = 0;
        for (JsonNode deviation : assume) {
            numbers &= deviation.isNumber() && deviation.asDouble() >= 0;
            most = Math.max(most, deviation.asDouble());
        }
        numbers &= most > 0;
        if (!numbers) {
            flaws.add(
                    Flaw.of(
                            "assume",
                            "must be a section { seed = …, task = …, residual = … } of standard deviations from 0 on, one of them above it"));
        } else {
            unknown(assume, "assume", ASSUMED, flaws);
        }
    }

    /** How many seeds there are to be at each look; empty for one look at the end. */
    List<Integer> looks() {
        List<Integer> looks = new ArrayList<>();
        node.path("looks").forEach(look -> looks.add(look.asInt()));
        return looks;
    }

    /** How many seeds are looked at, and no more. */
    int lastLook() {
        List<Integer> looks = looks();
        return looks.isEmpty() ? Integer.MAX_VALUE : looks.get(looks.size() - 1);
    }

    /** With how many seeds it was judged before, elsewhere; 0 if it was not. */
    int lookedAt() {
        return node.path(LOOKED_AT).asInt(0);
    }

    /** What the plan assumes of the contrasts' variances; empty where it assumes nothing. */
    Optional<MeanSquares.Components> assume() {
        JsonNode assume = node.path("assume");
        return assume.isMissingNode()
                ? Optional.empty()
                : Optional.of(new MeanSquares.Components(
                        square(assume, "seed"), square(assume, "task"), square(assume, "residual")));
    }

    private static double square(JsonNode assume, String key) {
        return Math.pow(assume.path(key).asDouble(0), 2);
    }

    private static List<Flaw> flaws(JsonNode part, String at, Set<String> also) {
        String word = part.path("kind").asText("");
        if (word.isEmpty()) {
            return List.of(Flaw.of(at, "does not say 'kind'"));
        }
        Optional<ClaimKind> kind = ClaimKind.of(word);
        if (kind.isEmpty()) {
            return List.of(
                    RENAMED.containsKey(word)
                            ? Flaw.of(path(at, "kind"), "'" + word + "' " + RENAMED.get(word))
                            : new Flaw(
                                    path(at, "kind"), "no rule for the kind '" + word + "'", word, ClaimKind.known()));
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
            if (RENAMED.containsKey(measure)) {
                flaws.add(Flaw.of(path(at, "measures"), "'" + measure + "' " + RENAMED.get(measure)));
            } else if (!Yardstick.NAMED.contains(measure)) {
                flaws.add(new Flaw(path(at, "measures"), "no measure '" + measure + "'", measure, Yardstick.NAMED));
            }
        }
        margins(kind.get(), part, at, flaws);
        for (String field : SWITCHES) {
            if (part.has(field) && !part.path(field).isBoolean()) {
                flaws.add(Flaw.of(path(at, field), "must be true or false"));
            }
        }
        String about = part.path("about").asText("these");
        if (About.of(about).isEmpty()) {
            flaws.add(new Flaw(
                    path(at, "about"),
                    "must be 'these' or 'such' but is '" + about + "'",
                    about,
                    Set.of("these", "such")));
        }
        if (kind.get() == ClaimKind.SIMILAR && part.has("than") == part.has("along")) {
            flaws.add(Flaw.of(
                    at,
                    "must say either 'than', other methods, or 'along', a coordinate between whose ends"
                            + " nothing changes"));
        }
        flaws.addAll(contradictions(part, at));
        if (part.has("where") && !part.path("where").isObject()) {
            flaws.add(Flaw.of(path(at, "where"), "must be a section { coordinate = value }"));
        }
        return flaws;
    }

    /** What no number can be asked of, or would be asked twice. */
    private static List<Flaw> contradictions(JsonNode part, String at) {
        List<Flaw> flaws = new ArrayList<>();
        for (String field : List.of("than", "measures", "tasks")) {
            List<String> words = words(part.path(field));
            words.stream()
                    .filter(word -> words.indexOf(word) != words.lastIndexOf(word))
                    .distinct()
                    .forEach(word -> flaws.add(Flaw.of(path(at, field), "names '" + word + "' twice")));
        }
        String method = part.path("method").asText("");
        if (words(part.path("than")).contains(method)) {
            flaws.add(Flaw.of(path(at, "than"), "compares '" + method + "' with itself"));
        }
        for (String field : List.of("below", "less")) {
            if (!method.isEmpty() && part.path(field).asText("").equals(method)) {
                flaws.add(Flaw.of(path(at, field), "compares '" + method + "' with itself"));
            }
        }
        boolean ofSingleTasks = part.path("each-task").asBoolean(false)
                || part.path("kind").asText("").equals(ClaimKind.VARIES.key());
        if (ofSingleTasks && part.path("about").asText("").equals("such")) {
            flaws.add(
                    Flaw.of(path(at, "about"), "cannot be 'such': what is said of single tasks is about these tasks"));
        }
        return flaws;
    }

    private static void margins(ClaimKind kind, JsonNode part, String at, List<Flaw> flaws) {
        for (String field : List.of("margin", "fall")) {
            if (part.has(field)
                    && !(part.path(field).isNumber() && part.path(field).asDouble() > 0)) {
                flaws.add(Flaw.of(path(at, field), "must be a number above 0"));
            }
        }
        boolean named = words(part.path("measures")).stream()
                .filter(Yardstick.NAMED::contains)
                .allMatch(measure -> Yardstick.named(measure).isNormalised());
        if (kind == ClaimKind.GROWS && !part.has("fall") && !named) {
            flaws.add(Flaw.of(
                    at,
                    "does not say 'fall', which a measure that is no normalised score must have: how far it may fall from one"
                            + " place to the next"));
        }
        if (kind.isOfLikeness()
                && !part.has("margin")
                && !named
                && !part.path("signs").asBoolean(false)) {
            flaws.add(Flaw.of(
                    at,
                    "does not say 'margin', which a measure that is no normalised score must have: how large a"
                            + " difference is none"));
        }
    }

    private static void unknown(JsonNode node, String at, Set<String> known, List<Flaw> flaws) {
        node.fieldNames().forEachRemaining(field -> {
            if (RENAMED.containsKey(field)) {
                flaws.add(Flaw.of(path(at, field), "'" + field + "' " + RENAMED.get(field)));
            } else if (!known.contains(field)) {
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

        /** The margin, or what it is where none is written. */
        double margin(double otherwise) {
            return node.path("margin").asDouble(otherwise);
        }

        /** A fall from one place to the next that is this large speaks against growth. */
        double fall() {
            return node.path("fall").asDouble(Judge.MARGIN);
        }

        boolean is(String field) {
            return node.path(field).asBoolean(false);
        }

        /** Which question it answers, where it says so. */
        Optional<About> about() {
            return About.of(node.path("about").asText(""));
        }

        /** Tasks it is about; empty for all. */
        List<String> tasks() {
            return words(node.path("tasks"));
        }

        /** Whether it is about a place: {@code where { coordinate = value }}, sections within being paths, lists alternatives. */
        boolean isAbout(Map<String, String> place) {
            return places().stream()
                    .allMatch(wanted -> place.containsKey(wanted.getKey())
                            && wanted.getValue().contains(place.get(wanted.getKey())));
        }

        /** The coordinates that {@code where} names, each with the values that it may have. */
        List<Map.Entry<String, List<String>>> places() {
            List<Map.Entry<String, List<String>>> places = new ArrayList<>();
            places("", node.path("where"), places);
            return places;
        }

        private static void places(String path, JsonNode wanted, List<Map.Entry<String, List<String>>> places) {
            if (wanted.isObject()) {
                wanted.properties()
                        .forEach(entry -> places(
                                path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                                entry.getValue(),
                                places));
            } else if (!wanted.isMissingNode()) {
                places.add(Map.entry(path, wanted.isArray() ? words(wanted) : List.of(wanted.asText())));
            }
        }
    }
}
