package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.adapt4j.runtime.run.DurableFiles;

/** Tells people what a recorded data set is, who made it and how: {@code DATACARD.md}. */
final class DataCard {
    static final String FILE = "DATACARD.md";

    private DataCard() {}

    /** Writes the card of what was recorded so far; nothing if that is nothing. */
    static void write(Path folder, RecordingLog log, String licence) {
        if (log.origins().isEmpty()) {
            return;
        }
        DurableFiles.write(folder.resolve(FILE), text(log, licence));
    }

    private static String text(RecordingLog log, String licence) {
        Map<String, ObjectNode> origins = new TreeMap<>(log.origins());
        StringBuilder card = new StringBuilder("# Data card\n\n");
        int episodes = 0;
        long steps = 0;
        for (String task : origins.keySet()) {
            for (ObjectNode episode : log.episodes(task)) {
                episodes++;
                steps += episode.path("steps").asLong();
            }
        }
        card.append(String.format(
                Locale.ROOT,
                "%d recordings, %,d steps, %d tasks of %s. Format: %s. Licence: %s.%n%n",
                episodes,
                steps,
                origins.size(),
                String.join("; ", all(origins, "benchmark")),
                String.join(", ", all(origins, "format")),
                licence));
        boolean played = origins.values().stream().anyMatch(origin -> origin.has("cell"));
        if (played) {
            played(card, origins);
        }
        Set<String> copied = all(origins, "copied-from");
        if (!copied.isEmpty()) {
            card.append("Copied from: ").append(String.join("; ", copied)).append(".\n\n");
        }
        tasks(card, log, origins, played);
        columns(card, origins);
        versions(card, origins);
        return card.toString();
    }

    private static void played(StringBuilder card, Map<String, ObjectNode> origins) {
        card.append("## How it was made\n\n");
        card.append("Each task was played by a policy that was trained on that task alone or among others, by ")
                .append(String.join(", ", all(origins, "learner")))
                .append(" with ")
                .append(String.join(", ", all(origins, "algorithm")))
                .append(" (settings: ")
                .append(String.join(", ", all(origins, "preset")))
                .append("), in the run ")
                .append(String.join(", ", all(origins, "run")))
                .append(", training seed ")
                .append(String.join(", ", all(origins, "training-seed")))
                .append(". It acted as well as it could, without exploration. Physics or game: ")
                .append(String.join(", ", all(origins, "back-end")))
                .append(". Seed of the recording: ")
                .append(String.join(", ", all(origins, "seed")))
                .append(".\n\n");
        Set<String> lengths = all(origins, "steps");
        card.append(
                lengths.isEmpty() || lengths.contains("null")
                        ? "A recording is one whole episode.\n\n"
                        : "A recording is " + String.join(" or ", lengths)
                                + " steps long; where an episode ended within it, the next one began.\n\n");
    }

    private static void tasks(StringBuilder card, RecordingLog log, Map<String, ObjectNode> origins, boolean played) {
        card.append("## Tasks\n\n");
        card.append(
                "Returns are undiscounted sums over a recording, mean ± standard deviation, which a single one does not have.");
        if (played) {
            card.append(" *Measured* is the mean return of whole episodes at the end of training.");
        }
        card.append("\n\n| task | recordings | steps | return | lowest | highest | ended, cut off |")
                .append(played ? " trained for | measured | weights | cell |" : "")
                .append("\n|---|---|---|---|---|---|---|")
                .append(played ? "---|---|---|---|" : "")
                .append('\n');
        origins.forEach((task, origin) -> {
            List<ObjectNode> episodes = log.episodes(task);
            double[] returns = episodes.stream()
                    .mapToDouble(line -> line.path("return").asDouble())
                    .toArray();
            TreeMap<Double, Integer> ordered = new TreeMap<>();
            for (double one : returns) {
                ordered.put(one, 1);
            }
            card.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %,d | %s | %s | %s | %d, %d |",
                    task,
                    episodes.size(),
                    sum(episodes, "steps"),
                    RecordingLog.Spread.of(returns),
                    ordered.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", ordered.firstKey()),
                    ordered.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", ordered.lastKey()),
                    sum(episodes, "terminated"),
                    sum(episodes, "truncated")));
            if (played) {
                card.append(String.format(
                        Locale.ROOT,
                        " %,d steps, %,d updates | %s | %s | %s |",
                        origin.path("environment-steps").asLong(),
                        origin.path("updates").asLong(),
                        origin.has("measured-return")
                                ? String.format(
                                        Locale.ROOT,
                                        "%.1f (%s)",
                                        origin.path("measured-return").asDouble(),
                                        origin.path("measured-episodes").asInt() == 1
                                                ? "one episode"
                                                : origin.path("measured-episodes")
                                                                .asInt() + " episodes")
                                : "",
                        origin.path("weights").asText(),
                        origin.path("cell").asText()));
            }
            card.append('\n');
        });
    }

    private static long sum(List<ObjectNode> episodes, String field) {
        return episodes.stream().mapToLong(line -> line.path(field).asLong()).sum();
    }

    private static void columns(StringBuilder card, Map<String, ObjectNode> origins) {
        card.append("\n## Columns\n\n| column | what | tasks of |\n|---|---|---|\n");
        Set<String> rows = new LinkedHashSet<>();
        for (ObjectNode origin : origins.values()) {
            for (JsonNode column : origin.path("columns")) {
                rows.add("| " + column.path("name").asText() + " | "
                        + column.path("what").asText() + " | "
                        + origin.path("benchmark").asText() + " |");
            }
        }
        rows.forEach(row -> card.append(row).append('\n'));
        card.append("| reward | float32, of the step's action | all |\n");
        card.append(
                "| terminated, truncated | whether an episode ended with the step by its rules, or was cut off | all"
                        + " |\n");
    }

    private static void versions(StringBuilder card, Map<String, ObjectNode> origins) {
        Map<String, Set<String>> versions = new TreeMap<>();
        for (ObjectNode origin : origins.values()) {
            for (Map.Entry<String, JsonNode> version : origin.path("versions").properties()) {
                versions.computeIfAbsent(version.getKey(), any -> new LinkedHashSet<>())
                        .add(version.getValue().asText());
            }
        }
        if (!versions.isEmpty()) {
            card.append("\n## Versions\n\n| part | version |\n|---|---|\n");
            versions.forEach((part, numbers) -> card.append("| ")
                    .append(part)
                    .append(" | ")
                    .append(String.join(", ", numbers))
                    .append(" |\n"));
        }
    }

    /** All that the tasks have for a fact. */
    private static Set<String> all(Map<String, ObjectNode> origins, String fact) {
        Set<String> values = new LinkedHashSet<>();
        for (ObjectNode origin : origins.values()) {
            if (origin.has(fact)) {
                values.add(origin.path(fact).asText());
            }
        }
        return values;
    }
}
