package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows the page that tells how to write a plug-in to the letter: its files, and nothing else. */
final class ContributingTest {
    @TempDir
    private Path project = Path.of("");

    private final Screen screen = new Screen();
    private Path classes = Path.of("");
    private Path plugins = Path.of("");

    @BeforeEach
    void buildWhatThePageShows() throws IOException {
        assertThat(PageFiles.all()).containsKeys("pom.xml", "warm-up.conf", "src/main/resources/reference.conf");
        PageFiles.write("", project);
        classes = Files.createDirectories(project.resolve("target/classes"));
        compile("src/main/java");
        copy(project.resolve("src/main/resources"), classes);
        plugins = Files.createDirectories(project.resolve("plugins"));
        JarBuilder.of(classes).api(apiVersion()).build(plugins.resolve("warm-up-1.0.0.jar"));
    }

    @Test
    void thePlugInIsLoadedWithItsDefaults() {
        assertThat(screen.run("plugins", "--settings", "--plugins", plugins.toString()))
                .isZero();

        assertThat(screen.out()).contains("org.example.warm-up", "learner warm-up", "tasks", "fraction");
    }

    @Test
    void itsExperimentIsValid() {
        String experiment = project.resolve("warm-up.conf").toString();

        assertThat(screen.run("validate", experiment, "--plugins", plugins.toString()))
                .isZero();
        assertThat(screen.out() + screen.err()).contains("4 cells, 0 of them n/a");
        assertThat(new Screen().run("validate", experiment)).isEqualTo(2);
    }

    @Test
    void itsTestsPass() throws IOException, ReflectiveOperationException {
        compile("src/test/java");

        assertThat(PageFiles.runTests(classes, "org.example.warmup.WarmUpTest")).isGreaterThan(5);
    }

    private void compile(String folder) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(project.resolve(folder))) {
            sources = files.filter(Files::isRegularFile).toList();
        }
        JarBuilder.compile(sources, classes, classes + ":" + System.getProperty("java.class.path"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolve("..").normalize());
                Files.copy(file, target);
            }
        }
    }

    /** As the page's pom.xml has it. */
    private String apiVersion() throws IOException {
        Matcher version = Pattern.compile("<Adapt4J-Api-Version>(.*)</Adapt4J-Api-Version>")
                .matcher(Files.readString(project.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
