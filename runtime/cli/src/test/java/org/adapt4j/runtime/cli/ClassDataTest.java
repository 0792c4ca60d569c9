package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.run.StorageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassDataTest {
    @TempDir
    private Path folder = Path.of("");

    private final List<Path> tried = new ArrayList<>();
    private String classPath = "";
    private Path beside = Path.of("");
    private Path cache = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        classPath = lib.resolve("a.jar") + File.pathSeparator + lib.resolve("b.jar");
        beside = lib.resolve("cells.jsa");
        cache = folder.resolve("cache.jsa");
    }

    private ClassData.Made write(Path file) {
        tried.add(file);
        try {
            Files.writeString(file, "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ClassData.Made.WRITTEN;
    }

    private ClassData.Made writeInTheCacheOnly(Path file) {
        if (file.equals(cache)) {
            return write(file);
        }
        tried.add(file);
        throw StorageException.of(file, new IOException("Read-only file system"));
    }

    private ClassData.Made fail(Path file) {
        tried.add(file);
        return ClassData.Made.NEVER;
    }

    private ClassData.Made isStopped(Path file) {
        tried.add(file);
        return ClassData.Made.NOT_NOW;
    }

    private Optional<Path> provide(ClassData.Maker maker) throws IOException {
        return ClassData.provide(classPath, cache, () -> true, maker);
    }

    @Test
    void isMadeOnceBesideTheJars() throws IOException {
        Optional<Path> first = provide(this::write);
        Optional<Path> second = provide(this::write);

        assertThat(first).hasValue(beside);
        assertThat(second).hasValue(beside);
        assertThat(tried).containsExactly(beside);
    }

    @Test
    void isMadeInTheCacheWhereTheJarsMayNotBeTouched() throws IOException {
        Optional<Path> made = provide(this::writeInTheCacheOnly);

        assertThat(made).hasValue(cache);
        assertThat(tried).containsExactly(beside, cache);
    }

    @Test
    void isNotTriedAgainWhereJavaMakesNone() throws IOException {
        Optional<Path> first = provide(this::fail);
        Optional<Path> second = provide(this::write);

        assertThat(first).isEmpty();
        assertThat(second).isEmpty();
        assertThat(tried).containsExactly(beside);
    }

    @Test
    void isTriedAgainWhereItWasStopped() throws IOException {
        Optional<Path> first = provide(this::isStopped);
        Optional<Path> second = provide(this::write);

        assertThat(first).isEmpty();
        assertThat(second).hasValue(beside);
        assertThat(tried).containsExactly(beside, beside);
    }

    @Test
    void asksWhetherItIsWorthwhileOnlyIfThereIsNone() throws IOException {
        assertThat(ClassData.provide(classPath, cache, () -> false, this::write))
                .isEmpty();
        Files.writeString(cache, "data");

        Optional<Path> found = ClassData.provide(
                classPath,
                cache,
                () -> {
                    throw new AssertionError("counted the cells");
                },
                this::write);

        assertThat(found).hasValue(cache);
        assertThat(tried).isEmpty();
    }

    @Test
    void tellsAJavaThatMakesNoneFromAProcessThatWasStopped() {
        assertThat(ArchiveVerb.outcome(0, true)).isEqualTo(ClassData.Made.WRITTEN);
        assertThat(ArchiveVerb.outcome(0, false)).isEqualTo(ClassData.Made.NEVER);
        assertThat(ArchiveVerb.outcome(1, false)).isEqualTo(ClassData.Made.NEVER);
        assertThat(List.of(2, 3, 5, 28, 30, 130, 137, 143)).allSatisfy(exit -> {
            assertThat(ArchiveVerb.outcome(exit, false)).isEqualTo(ClassData.Made.NOT_NOW);
            assertThat(ArchiveVerb.outcome(exit, true)).isEqualTo(ClassData.Made.NOT_NOW);
        });
        assertThat(ArchiveVerb.outcome(1, true)).isEqualTo(ClassData.Made.NOT_NOW); // while it wrote
    }
}
