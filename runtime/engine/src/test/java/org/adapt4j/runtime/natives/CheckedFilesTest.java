package org.adapt4j.runtime.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckedFilesTest {
    @TempDir
    private Path folder = Path.of("");

    private Path one = Path.of("");
    private Path two = Path.of("");

    @BeforeEach
    void check() throws IOException {
        one = Files.writeString(folder.resolve("one.so"), "one");
        two = Files.writeString(folder.resolve("two.so"), "two");
        CheckedFiles.in(folder).note(List.of(one, two));
    }

    private boolean hold() {
        return CheckedFiles.in(folder).hold(List.of(two, one));
    }

    @Test
    void areNotReadAgainWhileTheyStayAsTheyAre() {
        assertThat(hold()).isTrue();
        assertThat(folder).isDirectoryNotContaining("glob:**.checked.*");
    }

    @Test
    void areReadAgainOnceOneWasWrittenTo() throws IOException {
        FileTime before = Files.getLastModifiedTime(one);

        Files.writeString(one, "eno");
        Files.setLastModifiedTime(one, before);

        assertThat(hold()).isFalse();
    }

    @Test
    void areReadAgainOnceOneIsAnotherOrGone() throws IOException {
        Files.move(Files.writeString(folder.resolve("three.so"), "eno"), folder.resolve("four.so"));
        assertThat(CheckedFiles.in(folder).hold(List.of(one, two, folder.resolve("four.so"))))
                .isFalse();
        assertThat(CheckedFiles.in(folder).hold(List.of(one))).isFalse();

        Files.delete(one);

        assertThat(hold()).isFalse();
    }

    @Test
    void areReadAgainAfterAnHour() throws IOException {
        Path notes = folder.resolve(".checked");

        Files.setLastModifiedTime(notes, FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
        assertThat(hold()).isFalse();

        Files.setLastModifiedTime(notes, FileTime.from(Instant.now().plus(Duration.ofMinutes(61))));
        assertThat(hold()).isFalse();
    }
}
