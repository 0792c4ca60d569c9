package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
