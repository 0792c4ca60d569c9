package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.natives.OwnFolder;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.StorageException;

/**
 * Keeps what probes measured on this machine, so that planning is instant, with when that was and how busy the machine was. Of two lines
 * for the same work the later holds.
 */
final class Speeds {
    private static final String WORK = "work";

    /** A machine and a library change; what was measured this long ago is measured again. */
    private static final Duration FRESH = Duration.ofDays(30);

    /** Runnable processes to a core, from which on they push each other out of the caches. */
    private static final double CROWDED = 2;

    /**
     * A measurement.
     *
     * @param speed what was measured
     * @param at when; the epoch if nobody noted it
     * @param load runnable processes to a core while it was measured; negative if the system does not tell
     * @param version of the program
     */
    record Known(Probe.Speed speed, Instant at, double load, String version) {
        /** Why it should be measured again; empty if it is good. */
        Optional<String> stale(Instant now) {
            if (at.equals(Instant.EPOCH)) {
                return Optional.of("nobody noted when");
            }
            if (!version.equals(Main.Version.number())) {
                return Optional.of("by version " + version);
            }
            if (at.plus(FRESH).isBefore(now)) {
                return Optional.of("more than " + FRESH.toDays() + " days ago");
            }
            return load > CROWDED ? Optional.of("on a crowded machine") : Optional.empty();
        }

        /** Such as {@code 2026-11-29, 0.8 processes to a core}. */
        String words() {
            String day = at.toString().substring(0, 10);
            return load < 0 ? day : String.format(Locale.ROOT, "%s, %.1f processes to a core", day, load);
        }
    }

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

    Optional<Known> of(String key) {
        return Optional.ofNullable(known.get(key))
                .map(line -> new Known(
                        new Probe.Speed(
                                line.path("steps-per-second").asDouble(),
                                line.path("updates-per-second").asDouble(),
                                line.path("measured-steps-per-second").asDouble(),
                                line.path("memory").asLong(),
                                line.path("log-bytes-per-step").asDouble(),
                                line.path("checkpoint-bytes").asLong()),
                        Instant.ofEpochSecond(line.path("at").asLong()),
                        line.path("load").asDouble(-1),
                        line.path("version").asText()));
    }

    /** Runnable processes to a core in the last minute; negative if the system does not tell. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                / Runtime.getRuntime().availableProcessors();
    }

    void put(String key, Probe.Speed speed, Instant at, double load) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put(WORK, key);
        line.put("steps-per-second", speed.stepsPerSecond());
        line.put("updates-per-second", speed.updatesPerSecond());
        line.put("measured-steps-per-second", speed.measuredStepsPerSecond());
        line.put("memory", speed.memory());
        line.put("log-bytes-per-step", speed.logBytesPerStep());
        line.put("checkpoint-bytes", speed.checkpointBytes());
        line.put("at", at.getEpochSecond()).put("load", load).put("version", Main.Version.number());
        known.put(key, line);
        try (JsonLines log = JsonLines.open(file, JsonLines.ALL)) {
            log.append(line);
        } catch (StorageException | DamagedFileException unkept) {
            // A home that cannot be written to costs time only: the next plan measures again.
        }
    }
}
