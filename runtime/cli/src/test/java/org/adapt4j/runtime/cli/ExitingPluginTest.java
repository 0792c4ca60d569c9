package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plug-in that ends the process is not taken for the tool's success. */
@Tag("protocol")
@Timeout(300)
final class ExitingPluginTest {
    @TempDir
    private Path temporary = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"System.exit(0)", "Runtime.getRuntime().halt(0)"})
    void isNamedAndEndsTheToolAsAFault(String end) throws IOException, InterruptedException {
        Path source = Files.writeString(temporary.resolve("Quitter.java"), """
            public final class Quitter implements org.adapt4j.api.plugin.Plugin {
                @Override
                public String id() {
                    return "org.example.quitter";
                }

                @Override
                public void contribute(org.adapt4j.api.plugin.Contributions contributions) {
                    %s;
                }
            }
            """.formatted(end));
        Path classes = Files.createDirectories(temporary.resolve("classes"));
        JarBuilder.compile(List.of(source), classes, System.getProperty("java.class.path"));
        Path plugins = Files.createDirectories(temporary.resolve("plugins"));
        JarBuilder.of(classes).service("Quitter").build(plugins.resolve("quitter-1.0.0.jar"));

        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "plugins",
                        "--trust-all",
                        "--plugins",
                        plugins.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tool.waitFor()).isEqualTo(2);
        assertThat(said)
                .contains("Quitter.contribute(Quitter.java:9) of quitter-1.0.0.jar called System.exit, which ends the"
                        + " whole tool. A plug-in returns, or throws what went wrong; tell its author, or take it out"
                        + " of the folder of plug-ins");
    }
}
