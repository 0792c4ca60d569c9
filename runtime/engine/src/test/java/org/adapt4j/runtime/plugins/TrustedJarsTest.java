package org.adapt4j.runtime.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustedJarsTest {
    @TempDir
    private Path folder;

    private TrustedJars trusted() {
        return TrustedJars.in(folder.resolve("config").resolve("trusted.jsonl"));
    }

    private Path jar(String content) throws IOException {
        Path jar = Files.createDirectories(folder.resolve("plugins")).resolve("own.jar");
        return new JarBuilder(folder.resolve("work"))
                .plugin("org.example.own", "")
                .version("1.2")
                .entry("content", content)
                .build(jar);
    }

    @Test
    void refusesAJarThatNobodyTrusted() throws IOException {
        Path jar = jar("one");

        assertThatThrownBy(() -> trusted().demandTrusted(jar.resolveSibling(".")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("other.P")
                .hasMessageContaining("adapt4j plugins trust");
    }

    @Test
    void takesAJarFromThenOn() throws IOException {
        Path jar = jar("one");

        String noted = trusted().trust(jar);

        assertThat(noted).isEqualTo("org.example.own 1.2, sha256 " + Sha256.of(jar));
        assertThatCode(() -> trusted().demandTrusted(jar.resolveSibling("."))).doesNotThrowAnyException();
    }

    @Test
    void refusesAJarThatChangedAndSaysWhichSumWasExpected() throws IOException {
        Path jar = jar("one");
        trusted().trust(jar);
        String expected = Sha256.of(jar);
        jar("two");

        assertThat(trusted().objection(jar))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("is not the jar that you trusted: org.example.own 1.2 had sha256")
                        .contains(expected));
    }

    @Test
    void doesNotTrustWhatIsNoPlugin() throws IOException {
        Path jar = folder.resolve("empty.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("content"));
        }

        assertThatThrownBy(() -> trusted().trust(jar)).hasMessageContaining("is not a plug-in");
    }

    @Test
    void doesNotTrustWhatCannotSayItsId() throws IOException {
        Path jar = new JarBuilder(folder.resolve("work"))
                .service("org.example.Missing")
                .build(folder.resolve("lost.jar"));

        assertThatThrownBy(() -> trusted().trust(jar))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\n  " + jar + ": ") // and not the copy that was asked
                .hasMessageContaining("org.example.Missing");
        assertThat(trusted().objection(jar)).isPresent();
    }
}
