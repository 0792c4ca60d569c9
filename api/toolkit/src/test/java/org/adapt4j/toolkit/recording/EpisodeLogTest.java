package org.adapt4j.toolkit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EpisodeLogTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void givesBackWhatWasAddedBeforeItWasOpenedAgain() {
        Path file = folder.resolve("task.part");
        try (EpisodeLog log = EpisodeLog.open(file, 3)) {
            log.add(episode(1));
            log.add(episode(2));
        }

        try (EpisodeLog log = EpisodeLog.open(file, 3)) {
            log.add(episode(3));

            assertThat(log.count()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                assertThat(log.episode(i)).isEqualTo(episode(i + 1));
            }
        }
    }

    @Test
    void dropsALastEpisodeThatWasTorn() throws IOException {
        Path file = folder.resolve("task.part");
        try (EpisodeLog log = EpisodeLog.open(file, 0)) {
            log.add(episode(1));
            log.add(episode(2));
        }
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - 1));

        try (EpisodeLog log = EpisodeLog.open(file, 0)) {
            assertThat(log.count()).isEqualTo(1);
            log.add(episode(4));
            assertThat(log.episode(1)).isEqualTo(episode(4));
        }
    }

    @Test
    void emptiesItselfWhereItsEpisodesAreInTheFinishedFile() {
        Path file = folder.resolve("task.part");
        try (EpisodeLog log = EpisodeLog.open(file, 3)) {
            log.add(episode(1));
            log.add(episode(2));
        }

        try (EpisodeLog log = EpisodeLog.open(file, 5)) {
            assertThat(log.count()).isZero();
            log.add(episode(3));
        }

        try (EpisodeLog log = EpisodeLog.open(file, 5)) {
            assertThat(log.count()).isEqualTo(1);
        }
    }

    @Test
    void refusesALogThatBelongsToAnotherFile() throws IOException {
        Path file = folder.resolve("task.part");
        try (EpisodeLog log = EpisodeLog.open(file, 3)) {
            log.add(episode(1));
        }
        Path foreign = Files.writeString(folder.resolve("foreign.part"), "something else altogether");

        assertThatThrownBy(() -> EpisodeLog.open(file, 2))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(file + ": it goes on after 3 episodes, but the finished file holds 2: they do not belong"
                        + " together. Delete one of them");
        assertThatThrownBy(() -> EpisodeLog.open(foreign, 0))
                .hasMessage(foreign + ": it is not a log of episodes. Delete it");
    }

    private static Demonstration episode(int number) {
        return new Demonstration(
                new Task("world", "task", Map.of()),
                2,
                Map.of("action", ByteBuffer.wrap(new byte[] {(byte) number, 2}), "reward", ByteBuffer.allocate(8)),
                number);
    }
}
