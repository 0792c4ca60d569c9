package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A third party's benchmark: the files that the page on contributing shows, compiled against the API alone. */
@Tag("protocol")
@Timeout(120)
final class OwnBenchmarkTest {

    @TempDir
    private Path temporary = Path.of("");

    private Path classes = Path.of("");

    @BeforeEach
    void build() throws IOException {
        classes = Files.createDirectories(temporary.resolve("classes"));
        List<Path> sources = PageFiles.write("src/main/java/org/example/ball/", temporary);
        assertThat(sources).hasSize(2);
        JarBuilder.compile(sources, classes, PageFiles.modules("api/contract", "api/toolkit"));
    }

    @Test
    void passesTheSuite() throws IOException, ReflectiveOperationException {
        List<Path> tests = PageFiles.write("src/test/java/org/example/ball/", temporary);
        JarBuilder.compile(tests, classes, classes + ":" + System.getProperty("java.class.path"));

        assertThat(PageFiles.runTests(classes, "org.example.ball.BallTest")).isGreaterThan(15);
    }

    @Test
    void isPlayedFromAJar() throws IOException {
        Path plugins = temporary.resolve("plugins");
        PageFiles.plugIn(classes, "org.example.ball.BallBenchmark$InAJar", plugins.resolve("ball-1.0.0.jar"));
        Path experiment = Files.writeString(temporary.resolve("ball.conf"), "benchmark { name = ball }\n");
        Path trace = temporary.resolve("trace.jsonl");
        Screen screen = new Screen();

        int exit = screen.run(
                "env",
                "trace",
                experiment.toString(),
                "--plugins",
                plugins.toString(),
                "--task",
                "place/0.75",
                "--actions",
                "random:1",
                "--steps",
                "60",
                "--out",
                trace.toString());

        assertThat(exit).as(screen.err()).isZero();
        assertThat(Files.readAllLines(trace))
                .hasSize(61)
                .allMatch(line -> line.contains("place/0.75"))
                .filteredOn(line -> line.contains("TRUNCATED"))
                .singleElement()
                .asString()
                .contains("\"step\":50");
    }
}
