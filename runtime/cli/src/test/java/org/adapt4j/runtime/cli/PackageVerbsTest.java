package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the package that ships as an example. */
final class PackageVerbsTest {
    private static final Path SHIPPED = Path.of("..", "..", "examples", "packages", "which-demonstration.zip");

    @TempDir
    private Path folder;

    private final Screen screen = new Screen();

    @Test
    void theShippedPackageIsWholeAndItsNumbersFollow() {
        assertThat(screen.run("package", "verify", SHIPPED.toString())).isZero();

        assertThat(screen.out()).contains("archive: good", "integrity: good", "recompute: good");
    }

    /** On another processor bits may differ, which is then no fault; on one of the same kind they may not. */
    @Test
    @Tag("protocol")
    void aCellOfItRunsAgainByItsOwnJars() {
        String again = folder.resolve("again").toString();

        int exit = screen.run("package", "rerun", SHIPPED.toString(), "--cells", "1", "--out", again);

        assertThat(exit).as(screen.err()).isZero();
        assertThat(screen.out()).containsAnyOf("bitwise: good", "bitwise: not applicable");
        assertThat(screen.out()).containsPattern("statistical: (good|open)");
    }

    @Test
    void itIsTheSameAsItself() throws IOException {
        Path copy = Files.copy(SHIPPED, folder.resolve("copy.zip"), StandardCopyOption.REPLACE_EXISTING);
        Path page = folder.resolve("diff.html");

        assertThat(screen.run("package", "diff", SHIPPED.toString(), copy.toString(), "--page", page.toString()))
                .isZero();
        assertThat(screen.out()).contains("Configuration: the same", "Results: the same");
        assertThat(page).content().contains("<h2>Results</h2>");
    }

    @Test
    void whatIsNoPackageIsRefusedInASentence() throws IOException {
        Path file = Files.writeString(folder.resolve("no.zip"), "nothing");

        assertThat(screen.run("package", "verify", file.toString())).isEqualTo(Exit.USAGE);
        assertThat(screen.err()).contains("is not a readable ZIP archive").doesNotContain("\tat ");
    }

    @Test
    void aRunGoesToOtherToolsByName() {
        assertThat(screen.run("export", folder.toString(), "--to", "parquet")).isEqualTo(Exit.USAGE);
        assertThat(screen.err()).contains("CSV, JSON, TENSORBOARD, MLFLOW");
    }
}
