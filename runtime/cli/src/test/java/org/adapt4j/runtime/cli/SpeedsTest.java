package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpeedsTest {
    private static final Probe.Speed SPEED = new Probe.Speed(1.5, 2.5, 3.5, 4, 5.5, 6);

    @TempDir
    private Path cache = Path.of("");

    @Test
    void knowsWhatAnEarlierPlanMeasured() {
        Path file = cache.resolve("adapt4j/speeds.jsonl");

        Speeds.read(file).put("ppo", SPEED);

        assertThat(Speeds.read(file).of("ppo")).contains(SPEED);
        assertThat(Speeds.read(file).of("sac")).isEmpty();
    }

    @Test
    void goesOnWhereItCannotBeKept() throws IOException {
        Path file = Files.createFile(cache.resolve("file")).resolve("speeds.jsonl");
        Speeds speeds = Speeds.read(file);

        speeds.put("ppo", SPEED);

        assertThat(speeds.of("ppo")).contains(SPEED);
    }

    @Test
    void startsAnewFromADamagedFile() throws IOException {
        Path file = Files.writeString(cache.resolve("speeds.jsonl"), "{\"ppo\":\n");

        assertThat(Speeds.read(file).of("ppo")).isEmpty();
    }

    @Test
    void takesNoDigitThatHasChanged() throws IOException {
        Path file = cache.resolve("speeds.jsonl");
        Speeds.read(file).put("ppo", SPEED);
        String line = Files.readString(file);
        Files.writeString(file, line.replaceFirst("(\"steps-per-second\":)([0-9])", "$19"));

        Speeds damaged = Speeds.read(file);

        assertThat(damaged.of("ppo")).isEmpty();
        damaged.put("ppo", SPEED);
        assertThat(Speeds.read(file).of("ppo")).contains(SPEED);
    }
}
