package org.adapt4j.runtime.cell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.EventFile;
import org.adapt4j.runtime.run.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * What a cell logs, as it goes on, in an event file for TensorBoard: for people, and part of no result. A resumed cell writes its file anew from
 * the lines that its checkpoint keeps, so that no point is there twice and none is of what was cut off.
 */
final class LiveEvents implements AutoCloseable {
    private final Path folder;
    private final Map<String, Object> settings;
    private @Nullable OutputStream out;
    private @Nullable EventFile events;

    /**
     * Events of a cell.
     *
     * @param folder for the file
     * @param settings hyper-parameters, by name
     */
    LiveEvents(Path folder, Map<String, Object> settings) {
        this.folder = folder;
        this.settings = Map.copyOf(settings);
    }

    /** Begins a file with what was logged so far, in the place of any from before. */
    void begin(List<ObjectNode> metrics, List<ObjectNode> evaluations) {
        close();
        double now = now();
        try {
            DurableFiles.createFolder(folder);
            try (Stream<Path> before = Files.list(folder)) {
                for (Path file : before.toList()) {
                    Files.delete(file);
                }
            }
            out = Files.newOutputStream(folder.resolve("events.out.tfevents." + (long) now + "."
                    + ProcessHandle.current().pid() + ".adapt4j"));
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
        EventFile fresh = new EventFile(now);
        events = fresh;
        fresh.start(now);
        fresh.hyperParameters(now, settings);
        metrics.forEach(line -> training(fresh, now, line));
        evaluations.forEach(line -> evaluation(fresh, now, line));
        write(fresh);
    }

    /** Adds a line of the metrics. */
    void training(JsonNode line) {
        EventFile open = opened();
        training(open, now(), line);
        write(open);
    }

    /** Adds a line of the evaluations. */
    void evaluation(JsonNode line) {
        EventFile open = opened();
        evaluation(open, now(), line);
        write(open);
    }

    private EventFile opened() {
        if (events == null) {
            begin(List.of(), List.of());
        }
        EventFile open = events;
        if (open == null) {
            throw new IllegalStateException("begin() makes a file");
        }
        return open;
    }

    private static void training(EventFile events, double at, JsonNode line) {
        long step = line.path("environment-steps").asLong();
        long reached = step == 0 ? line.path("updates").asLong() : step;
        line.path("values").properties().forEach(value -> {
            if (value.getValue().isNumber()) {
                events.scalar(
                        at,
                        reached,
                        "training/" + value.getKey(),
                        value.getValue().asDouble());
            }
        });
    }

    private static void evaluation(EventFile events, double at, JsonNode line) {
        String of =
                line.path("split").asText() + "/" + line.path("task").asText().replace('/', '-');
        long step = line.path("declared").asLong();
        double sum = 0;
        for (JsonNode one : line.path("returns")) {
            sum += one.asDouble();
        }
        events.scalar(
                at, step, "return/" + of, sum / Math.max(1, line.path("returns").size()));
        events.scalar(at, step, "score/" + of, line.path("normalised").asDouble());
    }

    private void write(EventFile added) {
        OutputStream to = out;
        if (to == null) {
            return;
        }
        try {
            to.write(added.drain());
        } catch (IOException e) {
            throw StorageException.of(folder, e);
        }
    }

    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    @Override
    public void close() {
        OutputStream open = out;
        out = null;
        events = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw StorageException.of(folder, e);
            }
        }
    }
}
