package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellEnd;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.testkit.JarBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A third party's strategy for AMF: the one file that the page on contributing shows, compiled against the contract and the library
 * of strategies alone.
 */
@Tag("protocol")
@Timeout(120)
final class OwnStrategyTest {

    private static final String FILE = "src/main/java/org/example/fewest/FewestSteps.java";

    @TempDir
    private Path temporary = Path.of("");

    private Path plugins = Path.of("");
    private Path experiment = Path.of("");

    @BeforeEach
    void buildTheJar() throws IOException {
        buildTheJar("1.0.0");
        experiment = Files.writeString(
                temporary.resolve("own-strategy.conf"), SmallImitation.text("own-strategy", 8, "fewest-steps", 0));
    }

    private void buildTheJar(String version) throws IOException {
        List<Path> sources = PageFiles.write(FILE, temporary);
        assertThat(sources).as("the page shows %s", FILE).hasSize(1);
        Path classes = Files.createDirectories(temporary.resolve("classes"));
        JarBuilder.compile(sources, classes, PageFiles.modules("api/contract", "plugins-methods/selection"));
        plugins = temporary.resolve("plugins");
        PageFiles.plugIn(
                classes, "org.example.fewest.FewestSteps$InAJar", plugins.resolve("fewest-steps.jar"), version);
    }

    @Test
    void oneFileInAJarChoosesWhatToDemonstrate() throws IOException {
        Path out = temporary.resolve("run");
        Screen screen = new Screen();

        int exit = screen.run(
                "run", experiment.toString(), "--plugins", plugins.toString(), "--out", out.toString(), "--slots", "1");

        assertThat(exit).as(screen.err()).isZero();
        RunFolder run = RunFolder.open(out);
        assertThat(run.status()).extracting(CellStatus::state).containsOnly(CellState.DONE);
        PlannedCell cell = run.plan().cells().get(1);
        assertThat(chosen(JsonLines.read(run.cell(cell).metrics()))).containsExactly(0, 1, 2, 0, 1);
        assertThat(cell.resolved()).contains("org.example.fewest-steps");

        List<String> map = Files.readAllLines(out.resolve("report/figures/choices.csv"));
        assertThat(map).hasSize(1 + 3 * 5);
        assertThat(map.stream().filter(line -> line.endsWith(",1")))
                .extracting(line -> line.substring(line.indexOf(',') + 1))
                .containsExactly("000 *,1,1", "000 *,4,1", "120,2,1", "120,5,1", "240,3,1");
        assertThat(Files.readString(out.resolve("report/report.html")))
                .contains("Which task was chosen", "with an asterisk where pre-training had demonstrations of it");
    }

    @Test
    void aJarOfAnotherVersionIsRefusedUntilItIsAccepted() throws IOException {
        Path out = temporary.resolve("run");
        String[] run = {"run", experiment.toString(), "--plugins", plugins.toString(), "--out", out.toString()};
        assertThat(new Screen().run(run)).isZero();
        RunFolder folder = RunFolder.open(out);
        Path adapted = folder.cell(folder.plan().cells().get(1)).path();
        Files.delete(adapted.resolve("result.json"));
        String[] resume = {"resume", out.toString(), "--plugins", plugins.toString()};
        buildTheJar("1.1.0");

        Screen refused = new Screen();
        assertThat(refused.run(resume)).isEqualTo(2);
        assertThat(refused.err())
                .contains(out + ": was made by other code:\n  - plugins/fewest-steps.jar, version 1.0.0, sha256 ")
                .contains("\n  + plugins/fewest-steps.jar, version 1.1.0, sha256 ")
                .contains("adapt4j resume --accept-changed-code " + out);
        assertThat(folder.status().get(1).state()).isNotEqualTo(CellState.DONE);

        Screen accepted = new Screen();
        assertThat(accepted.run(concat(resume, "--accept-changed-code")))
                .as(accepted.err())
                .isZero();
        assertThat(Files.readString(out.resolve("report/report.html")))
                .contains("<dt>org.example.fewest-steps</dt><dd>1.1.0</dd>")
                .contains("- plugins/fewest-steps.jar, version 1.0.0, sha256 ")
                .contains("+ plugins/fewest-steps.jar, version 1.1.0, sha256 ");
        assertThat(new Screen().run(resume)).isZero();
    }

    @Test
    void aCellRefusesToStartWithOtherCodeThanItsRun() throws IOException {
        Path out = temporary.resolve("run");
        assertThat(new Screen()
                        .run("run", experiment.toString(), "--plugins", plugins.toString(), "--out", out.toString()))
                .isZero();
        RunFolder folder = RunFolder.open(out);
        Path adapted = folder.cell(folder.plan().cells().get(1)).path();
        Files.delete(adapted.resolve("result.json"));
        buildTheJar("1.1.0");

        Screen screen = new Screen();
        int exit = screen.run("cell", adapted.toString(), "--plugins", plugins.toString());

        assertThat(exit).isEqualTo(CellEnd.INTERRUPTED);
        assertThat(screen.err())
                .contains("the code has changed since this run was begun or resumed: - plugins/fewest-steps.jar");
        assertThat(folder.status().get(1).reason()).contains("adapt4j resume " + out);
    }

    private static String[] concat(String[] first, String last) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray(String[]::new);
    }

    private static List<Integer> chosen(List<ObjectNode> metrics) {
        return metrics.stream()
                .map(line -> line.path("values"))
                .filter(values -> values.has("chosen"))
                .map(values -> values.path("chosen").asInt())
                .toList();
    }

    @Test
    void withoutTheJarThereIsNoSuchStrategy() {
        Screen screen = new Screen();

        assertThat(screen.run("validate", experiment.toString())).isEqualTo(2);
        assertThat(screen.out() + screen.err()).contains("no selector 'fewest-steps'", "known: amf, badge, bandit");
    }
}
