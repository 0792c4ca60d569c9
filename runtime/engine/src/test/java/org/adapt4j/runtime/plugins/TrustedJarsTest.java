package org.adapt4j.runtime.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustedJarsTest {
    @TempDir
    private Path folder;

    private TrustedJars trusted() {
        return TrustedJars.in(folder.resolve("config").resolve("trusted.jsonl"));
    }

    private Path jar(String content) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Path jar = plugins.resolve("own.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(PluginJar.SERVICE_FILE));
            out.write("org.example.Own # mine\n".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("content"));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void refusesAJarThatNobodyTrusted() throws IOException {
        Path jar = jar("one");

        assertThatThrownBy(() -> trusted().demandTrusted(jar.resolveSibling(".")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("org.example.Own")
                .hasMessageContaining("adapt4j plugins trust");
    }

    @Test
    void takesAJarFromThenOn() throws IOException {
        Path jar = jar("one");

        String noted = trusted().trust(jar);

        assertThat(noted).contains("org.example.Own").contains(Sha256.of(jar));
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
                        .contains("is not the jar that you trusted")
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
}
