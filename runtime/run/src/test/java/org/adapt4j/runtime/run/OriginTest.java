package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OriginTest {
    @TempDir
    private Path folder;

    private Path data = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        data = Files.writeString(folder.resolve("data.bin"), "one");
        run = folder.resolve("run");
        Path experiment = Files.writeString(folder.resolve("a.conf"), "name = a\n");
        Origin.of(experiment, List.of(), List.of(data)).keepIn(run, new TreeMap<>());
    }

    /** A file system monitor that never answers keeps `git status` waiting. */
    @Test
    void doesWithoutAGitThatNeverEnds() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Path monitor = Files.writeString(repository.resolve("monitor.sh"), "#!/bin/sh\nexec sleep 3600\n");
        assertThat(monitor.toFile().setExecutable(true)).isTrue();
        Path experiment = Files.writeString(repository.resolve("a.conf"), "name = a\n");
        for (String command : List.of(
                "init -q",
                "add .",
                "-c user.name=a -c user.email=a@b commit -q -m a",
                "config core.fsmonitor " + monitor)) {
            List<String> words = new ArrayList<>(List.of("git", "-C", repository.toString()));
            words.addAll(List.of(command.split(" ")));
            assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
        }

        Origin origin = Origin.of(experiment, List.of(), List.of());

        assertThat(origin.commit()).isPresent();
        assertThat(origin.dirty()).isEmpty();
    }

    @Test
    void refusesDataThatChanged() throws IOException {
        assertThatCode(() -> Origin.demandUnchanged(run)).doesNotThrowAnyException();

        Files.writeString(data, "two");

        assertThatThrownBy(() -> Origin.demandUnchanged(run))
                .isInstanceOf(ChangedCodeException.class)
                .hasMessageContaining(data + ": has changed since the run began")
                .hasMessageContaining("--accept-changed-code");
    }

    @Test
    void notesAChangeThatWasAcceptedAndGoesOnFromThere() throws IOException {
        String before = Origin.sum(data);
        Files.writeString(data, "two");

        Origin.accept(run);
        Origin.accept(run);

        Origin origin = Origin.read(run).orElseThrow();
        assertThat(origin.inputs()).containsEntry(data.toString(), Origin.sum(data));
        assertThat(origin.accepted()).hasSize(1);
        assertThat(origin.accepted().get(0))
                .contains(data + ": sha256 " + before.substring(0, 16) + " became sha256 "
                        + Origin.sum(data).substring(0, 16));
        assertThatCode(() -> Origin.demandUnchanged(run)).doesNotThrowAnyException();
    }

    @Test
    void notesThatDataAreGone() throws IOException {
        Files.delete(data);
        assertThatThrownBy(() -> Origin.demandUnchanged(run)).hasMessageContaining("is gone");

        Origin.accept(run);

        assertThat(Origin.read(run).orElseThrow().accepted().get(0)).endsWith("became what is gone");
        assertThatCode(() -> Origin.demandUnchanged(run)).doesNotThrowAnyException();
    }
}
