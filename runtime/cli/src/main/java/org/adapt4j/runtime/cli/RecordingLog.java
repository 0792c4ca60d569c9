package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Task;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.JsonLines;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded into a folder, by whom: {@code recording.jsonl}, from which the data card is made. An episode's line is written
 * before the episode, so that there is one for each; of two lines for the same episode the later holds.
 */
final class RecordingLog implements AutoCloseable {
    private static final String FILE = "recording.jsonl";

    /** Facts that tell one recording of a task from another. */
    private static final List<String> IDENTITY = List.of("cell", "seed", "steps", "copied-from");

    private final Path folder;
    private final Map<String, ObjectNode> origins = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, ObjectNode>> episodes = new LinkedHashMap<>();

    /** Opened with the first line, so that a command that cannot be leaves no folder behind. */
    private @Nullable JsonLines lines;

    private RecordingLog(Path folder) {
        this.folder = folder;
    }

    /** Opens the log of a data set, or begins one. */
    static RecordingLog open(Path folder) {
        RecordingLog log = new RecordingLog(folder);
        try {
            JsonLines.read(folder.resolve(FILE)).forEach(log::take);
        } catch (DamagedFileException e) {
            throw new UsageException(
                    "--out " + folder + ": its " + FILE + " is not what was written: the file was changed"
                            + " or the disk is failing. Restore it from a copy, or record into another folder");
        }
        return log;
    }

    private JsonLines lines() {
        JsonLines open = lines;
        if (open == null) {
            open = JsonLines.open(folder.resolve(FILE), JsonLines.ALL);
            lines = open;
        }
        return open;
    }

    private void take(ObjectNode line) {
        String task = line.path("task").asText();
        if (line.has("number")) {
            episodes.computeIfAbsent(task, any -> new TreeMap<>())
                    .put(line.path("number").asInt(), line);
        } else {
            origins.put(task, line);
        }
    }

    private void append(ObjectNode line) {
        lines().append(line);
        take(line);
    }

    /**
     * Says who will record a task from now on.
     *
     * @param there episodes that are in the data set already
     * @throws UsageException if they are another's
     */
    void begin(Task task, ObjectNode origin, int there) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("task", task.name()).setAll(origin);
        ObjectNode before = origins.get(task.name());
        if (there > 0 && before == null) {
            throw new UsageException("--out " + folder + ": holds " + there + " episodes of " + task.name()
                    + " that were not recorded here. Choose another folder");
        }
        for (String fact : IDENTITY) {
            if (there > 0 && before != null && !text(before, fact).equals(text(line, fact))) {
                throw new UsageException("--out " + folder + ": holds " + there + " episodes of " + task.name()
                        + " with another " + fact + " (" + text(before, fact) + ", now " + text(line, fact)
                        + "). Choose another folder, or delete this one");
            }
        }
        if (before == null || !line.toString().equals(before.toString())) {
            append(line);
        }
    }

    private static String text(ObjectNode line, String fact) {
        return line.hasNonNull(fact) ? line.path(fact).asText() : "none";
    }

    /** Notes an episode that is about to be added. */
    void episode(Task task, int number, Demonstration episode) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("task", task.name()).put("number", number).put("steps", episode.steps());
        line.put("return", episode.episodeReturn());
        line.put("terminated", flags(episode, Demonstration.TERMINATED));
        line.put("truncated", flags(episode, Demonstration.TRUNCATED));
        append(line);
        lines().force();
    }

    private static int flags(Demonstration episode, String name) {
        ByteBuffer flags = episode.columns().get(name);
        int count = 0;
        for (int i = 0; flags != null && i < flags.limit(); i++) {
            count += flags.get(i);
        }
        return count;
    }

    /** Origins by task. */
    Map<String, ObjectNode> origins() {
        return origins;
    }

    /** The episodes of a task, by number. */
    List<ObjectNode> episodes(String task) {
        return new ArrayList<>(episodes.getOrDefault(task, new TreeMap<>()).values());
    }

    /** A line about the first {@code count} episodes of a task. */
    String summary(Task task, int count) {
        Spread returns = Spread.of(episodes(task.name()).stream()
                .limit(count)
                .mapToDouble(line -> line.path("return").asDouble())
                .toArray());
        return String.format(Locale.ROOT, "%s: %d recorded, return %s", task.name(), count, returns);
    }

    @Override
    public void close() {
        if (lines != null) {
            lines.close();
        }
    }

    /**
     * Mean and standard deviation (divisor n - 1) as people read them.
     *
     * @param count of the numbers
     * @param mean not a number where there is none
     * @param deviation not a number for a single one, of which nobody knows it
     */
    record Spread(int count, double mean, double deviation) {
        static Spread of(double[] numbers) {
            double mean = 0;
            for (double number : numbers) {
                mean += number / numbers.length;
            }
            double squares = 0;
            for (double number : numbers) {
                squares += (number - mean) * (number - mean);
            }
            // 0 / 0 is not a number.
            return new Spread(
                    numbers.length,
                    numbers.length == 0 ? Double.NaN : mean,
                    Math.sqrt(squares / Math.max(0, numbers.length - 1)));
        }

        @Override
        public String toString() {
            return switch (count) {
                case 0 -> "none";
                case 1 -> String.format(Locale.ROOT, "%.1f (one recording)", mean);
                default -> String.format(Locale.ROOT, "%.1f ± %.1f", mean, deviation);
            };
        }
    }
}
