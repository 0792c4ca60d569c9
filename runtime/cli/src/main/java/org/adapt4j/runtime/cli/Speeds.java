package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.natives.OwnFolder;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.StorageException;

/** Keeps what probes measured on this machine, so that planning again is instant. Of two lines for the same work the later holds. */
final class Speeds {
    private static final String WORK = "work";

    private final Path file;
    private final Map<String, ObjectNode> known = new HashMap<>();

    private Speeds(Path file) {
        this.file = file;
    }

    /** Reads the user's cache; one that is damaged or missing is empty. */
    static Speeds ofThisMachine() {
        return read(OwnFolder.path().resolve("speeds.jsonl"));
    }

    static Speeds read(Path file) {
        Speeds speeds = new Speeds(file);
        try {
            JsonLines.read(file)
                    .forEach(line -> speeds.known.put(line.path(WORK).asText(), line));
        } catch (StorageException unkept) {
            // Then all is measured again.
        } catch (DamagedFileException e) {
            speeds.forget();
        }
        return speeds;
    }

    private void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException unkept) {
            // What cannot be deleted is not read either.
        }
    }

    Optional<Probe.Speed> of(String key) {
        return Optional.ofNullable(known.get(key))
                .map(line -> new Probe.Speed(
                        line.path("steps-per-second").asDouble(),
                        line.path("updates-per-second").asDouble(),
                        line.path("measured-steps-per-second").asDouble(),
                        line.path("memory").asLong(),
                        line.path("log-bytes-per-step").asDouble(),
                        line.path("checkpoint-bytes").asLong()));
    }

    void put(String key, Probe.Speed speed) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put(WORK, key);
        line.put("steps-per-second", speed.stepsPerSecond());
        line.put("updates-per-second", speed.updatesPerSecond());
        line.put("measured-steps-per-second", speed.measuredStepsPerSecond());
        line.put("memory", speed.memory());
        line.put("log-bytes-per-step", speed.logBytesPerStep());
        line.put("checkpoint-bytes", speed.checkpointBytes());
        known.put(key, line);
        try (JsonLines log = JsonLines.open(file, JsonLines.ALL)) {
            log.append(line);
        } catch (StorageException | DamagedFileException unkept) {
            // A home that cannot be written to costs time only: the next plan measures again.
        }
    }
}
