package org.adapt4j.env.gymnasium;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.adapt4j.env.gymnasium.GymnasiumBenchmark.Settings;

/** A Python of this machine that finds the Gymnasium of the tests. */
final class Installation {

    /** The Python itself, not one of the scripts that choose among several; empty if there is none with numpy. */
    private static final String EXECUTABLE = executable();

    private final Path python;

    Installation(Path folder) {
        assumeFalse(EXECUTABLE.isEmpty(), "python3 with numpy is not installed: apt-get install python3-numpy");
        try {
            Path there = Path.of(Objects.requireNonNull(Installation.class.getResource("installation"))
                    .toURI());
            python = folder.resolve("python");
            Files.writeString(python, "#!/bin/sh\nPYTHONPATH='" + there + "' exec '" + EXECUTABLE + "' \"$@\"\n");
            Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String executable() {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import sys, numpy; print(sys.executable)").start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    GymnasiumBenchmark benchmark(String... tasks) {
        return new GymnasiumBenchmark(settings(600, tasks));
    }

    Settings settings(double stepSeconds, String... tasks) {
        return new Settings(
                python.toString(), List.of("json"), List.of(tasks), List.of(tasks), 0, 0, 1, 1, 1, 600, stepSeconds);
    }
}
