package org.adapt4j.runtime.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.PlannedCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamedFilesTest {

    @TempDir
    private Path folder = Path.of("");

    private static List<Path> of(String resolved) {
        return List.copyOf(NamedFiles.of(List.of(new PlannedCell(
                "0",
                "adapt",
                "m",
                "paper",
                Map.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                resolved))));
    }

    @Test
    void findsANativeLibraryWithItsPicturesAndAProgramByItsPath() throws IOException {
        Path library = Files.createFile(folder.resolve("libenv.so"));
        Path assets = Files.createDirectory(folder.resolve("assets"));
        Path python = Files.createFile(folder.resolve("python"));

        assertThat(of("benchmark { back-end = native, library = \"" + library + "\", assets = \"" + assets
                        + "\", lost = \"" + folder.resolve("lost") + "\", bridge.python = \"" + python + "\" }"))
                .containsExactly(assets, library, python);
    }

    /** Relative to where the tool was started, as the plug-in takes it. */
    @Test
    void findsAFileOfTheWorkingFolderByItsNameAlone() {
        assertThat(of("benchmark { library = pom.xml, name = src, game = none.such }"))
                .containsExactly(Path.of("pom.xml"));
    }

    @Test
    void findsTheProgramThatPlays() {
        Path shell = Stream.of(System.getenv("PATH").split(":"))
                .map(path -> Path.of(path).resolve("sh"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();

        assertThat(of("benchmark { name = gymnasium, python = sh }")).containsExactly(shell);
        assertThat(of("benchmark { back-end = bridge, bridge.python = sh }")).containsExactly(shell);
        assertThat(of("benchmark { back-end = embedded, bridge.python = sh }")).isEmpty();
        assertThat(of("benchmark { python = \"no such program\" }")).isEmpty();
    }
}
