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

    private boolean write(Path file) {
        tried.add(file);
        try {
            Files.writeString(file, "data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    private boolean writeInTheCacheOnly(Path file) {
        if (file.equals(cache)) {
            return write(file);
        }
        tried.add(file);
        throw StorageException.of(file, new IOException("Read-only file system"));
    }

    private boolean fail(Path file) {
        tried.add(file);
        return false;
    }

    @Test
    void isMadeOnceBesideTheJars() throws IOException {
        Optional<Path> first = ClassData.provide(classPath, cache, this::write);
        Optional<Path> second = ClassData.provide(classPath, cache, this::write);

        assertThat(first).hasValue(beside);
        assertThat(second).hasValue(beside);
        assertThat(tried).containsExactly(beside);
    }

    @Test
    void isMadeInTheCacheWhereTheJarsMayNotBeTouched() throws IOException {
        Optional<Path> made = ClassData.provide(classPath, cache, this::writeInTheCacheOnly);

        assertThat(made).hasValue(cache);
        assertThat(tried).containsExactly(beside, cache);
    }

    @Test
    void isNotTriedAgainWhereJavaMakesNone() throws IOException {
        Optional<Path> first = ClassData.provide(classPath, cache, this::fail);
        Optional<Path> second = ClassData.provide(classPath, cache, this::write);

        assertThat(first).isEmpty();
        assertThat(second).isEmpty();
        assertThat(tried).containsExactly(beside);
    }
}
