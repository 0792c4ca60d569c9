package org.adapt4j.runtime.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.adapt4j.runtime.run.CellExecutor;
import org.adapt4j.runtime.run.ExecutorException;
import org.adapt4j.runtime.run.LocalExecutor;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstalledExecutorsTest {
    @TempDir
    private Path work = Path.of("");

    private Path folder = Path.of("");
    private InstalledExecutors executors = new InstalledExecutors(getClass().getClassLoader(), work);

    @BeforeEach
    void findExecutorsInAFolder() {
        folder = work.resolve("executors");
        executors = new InstalledExecutors(getClass().getClassLoader(), folder);
    }

    /** An executor {@code other.E} of a name, with a library of its own in another jar. */
    private void install(String folderName, String name) throws IOException {
        new JarBuilder(work.resolve("build"))
                .source("other/E.java", """
                    package other;
                    import org.adapt4j.runtime.run.*;
                    public final class E implements CellExecutor<E.S> {
                        public record S() {}
                        @Override public String name() { return "%s"; }
                        @Override public Class<S> settings() { return S.class; }
                        @Override public CellLauncher open(RunFolder run, S settings, CellProcess processes) { return processes; }
                    }
                    """.formatted(name))
                .entry("META-INF/services/" + CellExecutor.class.getName(), "other.E\n")
                .build(folder.resolve(folderName).resolve("own.jar"));
        JarBuilder library =
                new JarBuilder(work.resolve("build")).source("lib/L.java", "package lib; public class L {}");
        library.build(folder.resolve(folderName).resolve("jars/library.jar"));
    }

    @Test
    void loadsTheJarsOfAFolderApartFromAllOthers() throws Exception {
        install("echo", "echo");

        CellExecutor<?> found = executors.find("echo").orElseThrow();

        ClassLoader loader = found.getClass().getClassLoader();
        assertThat(found.name()).isEqualTo("echo");
        assertThat(loader.loadClass("lib.L").getClassLoader()).isSameAs(loader);
        assertThat(loader.loadClass(CellExecutor.class.getName())).isSameAs(CellExecutor.class);
        // Not even the libraries of the application are seen.
        assertThatThrownBy(() -> loader.loadClass("com.google.inject.Guice"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(executors.find("echo")).containsSame(found);
    }

    @Test
    void knowsNamesWithoutLoadingAnything() throws IOException {
        Files.createDirectories(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken/own.jar"), "no jar");

        assertThat(executors.names()).contains("broken", "local", "spark");
        assertThat(executors.find(LocalExecutor.NAME))
                .hasValueSatisfying(local -> assertThat(local).isInstanceOf(LocalExecutor.class));
    }

    @Test
    void saysWhatIsWrongWithAFolder() throws IOException {
        install("ekko", "echo");

        assertThatThrownBy(() -> executors.find("ekko"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining("none of the jars in " + folder.resolve("ekko") + " holds the executor 'ekko'");
        assertThatThrownBy(() -> executors.find("spark"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining("is not installed", "README.md");
        assertThat(executors.find("../ekko")).isEmpty();
        assertThat(executors.find("unheard-of")).isEmpty();
    }
}
