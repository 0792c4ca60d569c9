package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.StorageException;

/** Keeps what probes measured on this machine, so that planning again is instant. */
final class Speeds {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final ObjectNode known;

    private Speeds(Path file, ObjectNode known) {
        this.file = file;
        this.known = known;
    }

    /** Reads the user's cache; one that is damaged or missing is empty. */
    static Speeds ofThisMachine() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path folder =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return read(folder.resolve("adapt4j").resolve("speeds.json"));
    }

    static Speeds read(Path file) {
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(file));
            return new Speeds(file, node instanceof ObjectNode object ? object : JSON.createObjectNode());
        } catch (IOException e) {
            return new Speeds(file, JSON.createObjectNode());
        }
    }

    Optional<Probe.Speed> of(String key) {
        JsonNode node = known.path(key);
        // What an older version noted may lack the pace of measuring: then it is measured again.
        return node.has("measured-steps-per-second")
                ? Optional.of(new Probe.Speed(
                        node.path("steps-per-second").asDouble(),
                        node.path("updates-per-second").asDouble(),
                        node.path("measured-steps-per-second").asDouble(),
                        node.path("memory").asLong(),
                        node.path("log-bytes-per-step").asDouble(),
                        node.path("checkpoint-bytes").asLong()))
                : Optional.empty();
    }

    void put(String key, Probe.Speed speed) {
        ObjectNode node = known.putObject(key);
        node.put("steps-per-second", speed.stepsPerSecond());
        node.put("updates-per-second", speed.updatesPerSecond());
        node.put("measured-steps-per-second", speed.measuredStepsPerSecond());
        node.put("memory", speed.memory());
        node.put("log-bytes-per-step", speed.logBytesPerStep());
        node.put("checkpoint-bytes", speed.checkpointBytes());
        try {
            DurableFiles.write(file, known.toPrettyString());
        } catch (StorageException unkept) {
            // A home that cannot be written to costs time only: the next plan measures again.
        }
    }
}
