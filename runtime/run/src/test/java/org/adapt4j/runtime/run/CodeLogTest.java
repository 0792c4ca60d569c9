package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeLogTest {

    @TempDir
    private Path temporary = Path.of("");

    private Path engine = Path.of("");
    private Path plugins = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void makeJars() throws IOException {
        run = Files.createDirectory(temporary.resolve("run"));
        engine = jar(temporary.resolve("engine.jar"), "1.0", "one");
        plugins = Files.createDirectory(temporary.resolve("plugins"));
        jar(plugins.resolve("warm-up.jar"), "1.0.0", "two");
    }

    @Test
    void pinsJavaAndEveryJar() throws IOException {
        CodeLog log = CodeLog.of(run);

        log.pin(code(), Map.of("org.example.warm-up", "1.0.0"), true, false);

        Code pinned = log.last().orElseThrow();
        assertThat(pinned.java()).startsWith(Runtime.version() + ", ").endsWith(System.getProperty("java.vendor"));
        assertThat(pinned.parts()).extracting(Code.Part::name).containsExactly("engine.jar", "plugins/warm-up.jar");
        assertThat(pinned.parts()).extracting(Code.Part::version).containsExactly("1.0", "1.0.0");
        assertThat(pinned.parts().get(0).sha256()).isEqualTo(Sha256.of(engine));
        assertThat(log.entries().get(0).plugins()).containsEntry("org.example.warm-up", "1.0.0");
    }

    @Test
    void goesOnWithTheSameCodeWhereverItLies() throws IOException {
        CodeLog log = CodeLog.of(run);
        log.pin(code(), Map.of(), true, false);
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        engine = Files.move(engine, elsewhere.resolve("engine.jar"));

        log.pin(code(), Map.of(), false, false);

        assertThat(log.entries()).hasSize(1);
        assertThat(log.last().orElseThrow().parts().get(0).seen()).startsWith(engine.toRealPath() + " ");
    }

    @Test
    void refusesAnotherJarAndSaysWhich() throws IOException {
        CodeLog log = CodeLog.of(run);
        log.pin(code(), Map.of(), true, false);
        String before = Sha256.of(plugins.resolve("warm-up.jar")).substring(0, 16);
        jar(plugins.resolve("warm-up.jar"), "1.1.0", "three");
        String after = Sha256.of(plugins.resolve("warm-up.jar")).substring(0, 16);

        assertThatThrownBy(() -> log.pin(code(), Map.of(), false, false))
                .isInstanceOf(ChangedCodeException.class)
                .hasMessage(run + ": was made by other code:\n"
                        + "  - plugins/warm-up.jar, version 1.0.0, sha256 " + before + "\n"
                        + "  + plugins/warm-up.jar, version 1.1.0, sha256 " + after + "\n"
                        + "Go on with the code that it was made by, or accept the change, which the report will show:"
                        + " adapt4j resume --accept-changed-code " + run);
        assertThat(log.entries()).hasSize(1);
    }

    @Test
    void refusesAJarThatIsNewOrGone() throws IOException {
        CodeLog log = CodeLog.of(run);
        log.pin(code(), Map.of(), true, false);
        jar(plugins.resolve("another.jar"), "", "four");
        Files.delete(plugins.resolve("warm-up.jar"));

        assertThatThrownBy(() -> log.pin(code(), Map.of(), false, false))
                .hasMessageContaining("  - plugins/warm-up.jar, version 1.0.0, sha256 ")
                .hasMessageContaining("  + plugins/another.jar, sha256 ");
    }

    @Test
    void saysWhereAFolderOfPluginsWasLeftOut() throws IOException {
        CodeLog log = CodeLog.of(run);
        log.pin(code(), Map.of(), true, false);
        Code alone = Code.of(List.of(engine), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> log.pin(alone, Map.of(), false, false))
                .hasMessageContaining("\nName the folder of its plug-ins: --plugins DIR\n");
    }

    @Test
    void notesAChangeThatWasAccepted() throws IOException {
        CodeLog log = CodeLog.of(run);
        log.pin(code(), Map.of("org.example.warm-up", "1.0.0"), true, false);
        jar(plugins.resolve("warm-up.jar"), "1.1.0", "three");

        log.pin(code(), Map.of("org.example.warm-up", "1.1.0"), false, true);
        log.pin(code(), Map.of("org.example.warm-up", "1.1.0"), false, false);

        assertThat(log.entries()).hasSize(2);
        assertThat(log.entries().get(1).plugins()).containsEntry("org.example.warm-up", "1.1.0");
        assertThat(log.entries().get(1).difference())
                .contains("- plugins/warm-up.jar, version 1.0.0", "+ plugins/warm-up.jar, version 1.1.0");
    }

    @Test
    void refusesARunThatLostItsRecord() throws IOException {
        CodeLog log = CodeLog.of(run);
        log.pin(code(), Map.of(), true, false);
        Files.delete(run.resolve("code.jsonl"));

        assertThatThrownBy(() -> log.pin(code(), Map.of(), false, false))
                .hasMessageStartingWith(run + ": has lost code.jsonl, which says what code it was made by.\n");
    }

    @Test
    void readsNothingAgainThatHasNotChanged() throws IOException {
        Code first = code();
        Code claimed = new Code(
                first.java(),
                first.parts().stream()
                        .map(part -> new Code.Part(part.name(), part.version(), "f".repeat(64), part.seen()))
                        .toList());

        assertThat(Code.of(List.of(engine), Optional.of(plugins), Optional.of(claimed)))
                .isEqualTo(claimed);

        Files.copy(engine, temporary.resolve("copy.jar"));
        Files.move(temporary.resolve("copy.jar"), engine, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Code.of(List.of(engine), Optional.empty(), Optional.of(claimed))
                        .parts()
                        .get(0)
                        .sha256())
                .isEqualTo(first.parts().get(0).sha256());
    }

    @Test
    void knowsAFolderOfClassesByWhatIsInIt() throws IOException {
        Path classes = Files.createDirectories(temporary.resolve("engine/target/classes"));
        Files.writeString(classes.resolve("A.class"), "a");
        Code before = Code.of(List.of(classes), Optional.empty(), Optional.empty());
        Files.writeString(classes.resolve("A.class"), "b");

        Code after = Code.of(List.of(classes), Optional.empty(), Optional.of(before));

        assertThat(before.parts().get(0).name()).isEqualTo("engine/target/classes");
        assertThat(after.isSame(before)).isFalse();
    }

    private Code code() throws IOException {
        return Code.of(List.of(engine), Optional.of(plugins), CodeLog.of(run).last());
    }

    private static Path jar(Path file, String version, String content) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!version.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry("content"));
            jar.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return file;
    }
}
