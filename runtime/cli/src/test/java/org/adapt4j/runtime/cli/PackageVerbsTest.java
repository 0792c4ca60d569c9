package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the package that ships as an example. */
final class PackageVerbsTest {
    private static final Path SHIPPED = Path.of("..", "..", "examples", "packages", "which-demonstration.zip");

    private static final Path PUBLISHED = Path.of("..", "..", "examples", "results", "which-demonstration");

    @TempDir
    private Path folder;

    private final Screen screen = new Screen();

    @Test
    void theShippedPackageIsWholeAndItsNumbersFollowTheCommittedOnesAmongThem() {
        assertThat(screen.run("package", "verify", SHIPPED.toString(), "--against", PUBLISHED.toString()))
                .as(screen.out())
                .isZero();

        assertThat(screen.out())
                .contains("archive: good", "integrity: good", "recompute: good", "published: good, 5 files of ");
    }

    /** On another processor bits may differ, which is then no fault; on one of the same kind they may not. */
    @Test
    @Tag("protocol")
    void aCellOfItRunsAgainByItsOwnJars() {
        String again = folder.resolve("again").toString();

        int exit = screen.run("package", "rerun", SHIPPED.toString(), "--trust-all", "--cells", "1", "--out", again);

        assertThat(exit).as(screen.err()).isZero();
        assertThat(screen.out()).containsAnyOf("bitwise: good", "bitwise: not applicable");
        assertThat(screen.out()).containsPattern("statistical: (good|open)");
    }

    /** By the jars of this build, which need nobody's trust. */
    @Test
    @Tag("protocol")
    void otherThreadsAndSmallerBudgetsAreNoDifference() {
        String threads = folder.resolve("threads").toString();
        String budget = folder.resolve("budget").toString();
        String[] more = {"--own-jars", "--cells", "1"};

        int otherThreads = rerun(threads, more, "--threads", "2");
        int smaller = rerun(budget, more, "--budget", "0.5");

        assertThat(otherThreads).as(screen.err()).isZero();
        assertThat(smaller).as(screen.err()).isZero();
        assertThat(screen.out())
                .contains("bitwise: not applicable, because of another configuration, threads = 1 against threads = 2")
                .contains("statistical: not applicable, a budget of 0.5 is another experiment")
                .contains("consistent, not enough runs");
        assertThat(Path.of(threads, "comparison.csv")).content().startsWith("place,task,seeds_before");
    }

    private int rerun(String out, String[] more, String... change) {
        List<String> arguments = new ArrayList<>(List.of("package", "rerun", SHIPPED.toString(), "--out", out));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(change));
        return screen.run(arguments.toArray(String[]::new));
    }

    @Test
    void codeThatAPackageBringsIsNotRunBeforeSomebodySaysSo() throws IOException {
        Path again = folder.resolve("again");

        int exit = screen.run("package", "rerun", SHIPPED.toString(), "--cells", "1", "--out", again.toString());

        assertThat(exit).isEqualTo(Exit.USAGE);
        assertThat(screen.err()).contains("jars that are not those of this Adapt4J", "--trust-all", "--own-jars");
        assertThat(again.resolve("run")).doesNotExist();
        Path key = folder.resolve("mine");
        assertThat(screen.run("package", "keys", key.toString())).isZero();
        assertThat(screen.run("package", "rerun", SHIPPED.toString(), "--key", key + ".pub", "--out", again.toString()))
                .isEqualTo(Exit.USAGE);
        assertThat(screen.err()).contains("is not signed by the owner of " + key + ".pub");
    }

    @Test
    void aBudgetIsAFraction() {
        for (String budget : List.of("0", "1.5", "-1", "NaN")) {
            assertThat(screen.run("package", "rerun", SHIPPED.toString(), "--budget", budget))
                    .isEqualTo(Exit.USAGE);
        }
        assertThat(screen.err()).contains("--budget 1.5: must be a fraction above 0, at most 1");
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
