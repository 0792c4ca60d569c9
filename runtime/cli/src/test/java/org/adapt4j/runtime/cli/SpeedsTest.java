package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpeedsTest {
    private static final Probe.Speed SPEED = new Probe.Speed(1.5, 2.5, 3.5, 4, 5.5, 6);

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    private Path cache = Path.of("");

    @Test
    void knowsWhatAnEarlierPlanMeasured() {
        Path file = cache.resolve("adapt4j/speeds.jsonl");

        Speeds.read(file).put("ppo", SPEED, NOW, 0.5);

        assertThat(Speeds.read(file).of("ppo").map(Speeds.Known::speed)).contains(SPEED);
        assertThat(Speeds.read(file).of("sac")).isEmpty();
    }

    @Test
    void goesOnWhereItCannotBeKept() throws IOException {
        Path file = Files.createFile(cache.resolve("file")).resolve("speeds.jsonl");
        Speeds speeds = Speeds.read(file);

        speeds.put("ppo", SPEED, NOW, 0.5);

        assertThat(speeds.of("ppo").map(Speeds.Known::speed)).contains(SPEED);
    }

    @Test
    void startsAnewFromADamagedFile() throws IOException {
        Path file = Files.writeString(cache.resolve("speeds.jsonl"), "{\"ppo\":\n");

        assertThat(Speeds.read(file).of("ppo")).isEmpty();
    }

    @Test
    void takesNoDigitThatHasChanged() throws IOException {
        Path file = cache.resolve("speeds.jsonl");
        Speeds.read(file).put("ppo", SPEED, NOW, 0.5);
        String line = Files.readString(file);
        Files.writeString(file, line.replaceFirst("(\"steps-per-second\":)([0-9])", "$19"));

        Speeds damaged = Speeds.read(file);

        assertThat(damaged.of("ppo")).isEmpty();
        damaged.put("ppo", SPEED, NOW, 0.5);
        assertThat(Speeds.read(file).of("ppo").map(Speeds.Known::speed)).contains(SPEED);
    }

    @Test
    void tellsWhyAMeasurementIsNotToBeReliedOn() throws IOException {
        Path file = cache.resolve("speeds.jsonl");
        Speeds speeds = Speeds.read(file);

        speeds.put("idle", SPEED, NOW, 0.5);
        speeds.put("crowded", SPEED, NOW, 6.0);
        speeds.put("undated", SPEED, Instant.EPOCH, -1);

        Speeds.Known idle = Speeds.read(file).of("idle").orElseThrow();
        assertThat(idle.words()).isEqualTo("2026-11-29, 0.5 processes to a core");
        assertThat(idle.stale(NOW)).isEmpty();
        assertThat(idle.stale(NOW.plus(Duration.ofDays(31)))).contains("more than 30 days ago");
        assertThat(new Speeds.Known(SPEED, NOW, 0.5, "0.0.9").stale(NOW)).contains("by version 0.0.9");
        assertThat(speeds.of("crowded").orElseThrow().stale(NOW)).contains("on a crowded machine");
        assertThat(speeds.of("undated").orElseThrow().stale(NOW)).contains("nobody noted when");
    }
}
