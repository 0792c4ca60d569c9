package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.adapt4j.runtime.cell.InterruptedCellException;
import org.adapt4j.runtime.plugins.PluginLoader;
import org.adapt4j.runtime.program.CellWork;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cloning under every learner and adapter that takes it, through the command line, each cell in its own process. */
@Tag("protocol")
@Tag("native")
@Timeout(240)
final class ImitationTest {

    private static final Path QUICK = Path.of("../../examples/experiments/imitation-quick.conf");

    @TempDir
    private Path temporary = Path.of("");

    private Path experiment = Path.of("");

    @BeforeEach
    void writeTheExperiment() throws IOException {
        experiment = write("imitation.conf");
    }

    private Path write(String name) throws IOException {
        Path file = temporary.resolve(name);
        try (InputStream conf = ImitationTest.class.getResourceAsStream(name)) {
            assertThat(conf).isNotNull();
            Files.write(file, conf.readAllBytes());
        }
        return file;
    }

    @Test
    void fewShotsLowerTheLossOnWhatWasNotShownAndNoShotsChangeNothing() {
        Path out = temporary.resolve("run");

        assertThat(new Screen().run("run", experiment.toString(), "--out", out.toString()))
                .isZero();

        RunFolder run = RunFolder.open(out);
        assertThat(run.status()).hasSize(8).extracting(CellStatus::state).containsOnly(CellState.DONE);
        for (PlannedCell cell : run.plan().cells()) {
            List<ObjectNode> evaluations = JsonLines.read(run.cell(cell).evaluations());
            JsonNode first = evaluations.get(0);
            JsonNode last = evaluations.get(evaluations.size() - 1);
            if (cell.kind().equals("pretrain")) {
                assertThat(last.path("declared-in").asText()).isEqualTo("updates");
                assertThat(last.path("updates").asInt()).isEqualTo(600);
                continue;
            }
            assertThat(evaluations).as(cell.title()).hasSize(3);
            assertThat(last.path("declared-in").asText()).isEqualTo("epochs");
            assertThat(last.path("declared").asInt()).isEqualTo(20);
            assertThat(last.path("epochs").asInt()).isEqualTo(20);
            double before = first.path("action-loss").asDouble();
            double after = last.path("action-loss").asDouble();
            if (cell.method().equals("zero-shot")) {
                assertThat(after).as(cell.title()).isEqualTo(before);
                assertThat(last.has("demonstrations")).isFalse();
            } else {
                assertThat(after).as(cell.title()).isLessThan(before);
                assertThat(last.path("demonstrations").asInt()).isEqualTo(16);
                // 160 pairs in batches of 8 are 20 updates an epoch; the paper halves the rate at epochs 10 and 15.
                List<ObjectNode> metrics = JsonLines.read(run.cell(cell).metrics());
                assertThat(metrics).hasSize(20);
                assertThat(metrics.stream()
                                .map(line -> Math.round(1e5
                                        * line.path("values")
                                                .path("learning-rate")
                                                .asDouble())))
                        .containsExactly(
                                100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 100L, 50L, 50L, 50L, 50L, 50L,
                                25L, 25L, 25L, 25L, 25L);
                assertThat(metrics.get(9).path("updates").asInt()).isEqualTo(200);
            }
        }
    }

    @Test
    void aPolicyOfSoftActorCriticIsClonedFurther() throws IOException {
        Path out = temporary.resolve("run");

        assertThat(new Screen().run("run", write("cloned-sac.conf").toString(), "--out", out.toString()))
                .isZero();

        RunFolder run = RunFolder.open(out);
        PlannedCell adapt = run.plan().cells().get(1);
        List<ObjectNode> evaluations = JsonLines.read(run.cell(adapt).evaluations());
        assertThat(evaluations.get(1).path("action-loss").asDouble())
                .isLessThan(evaluations.get(0).path("action-loss").asDouble());
    }

    @Test
    void whatCannotBeIsSaidBeforehand() throws IOException {
        Path sac = write("cloned-sac.conf");

        assertThat(objections(experiment, "pretrain.budget.demonstrations=0"))
                .contains("bc learns from demonstrations, and the budget has none; set pretrain.budget.demonstrations");
        assertThat(objections(experiment, "pretrain.budget.demonstrations=3"))
                .containsOnlyOnceElementsOf(
                        List.of("MAML needs two episodes of each of 2 tasks, and the budget grants 3"
                                + " demonstrations; set pretrain.budget.demonstrations to 4 or more"));
        assertThat(objections(sac, "methods.fine-tuning.pretrain.learner.name=maml"))
                .anyMatch(reason -> reason.endsWith("and sac learns from a replay"));
        assertThat(objections(sac, "pretrain.budget={epochs=20,environment-steps=0}"))
                .contains("epochs are passes over demonstrations, and sac learns from play; give the budget"
                        + " environment-steps");
        assertThat(objections(experiment, "adapt.budget.demonstrations=31"))
                .allMatch(
                        reason -> reason.startsWith("the budget grants 31 demonstrations, and the data set has 30 of ")
                                && reason.endsWith("; record more, or grant fewer in adapt.budget.demonstrations"));
        assertThat(objections(
                        QUICK, "benchmark.variants=[massdec-25-leggeom,jointdec-50-footjoint,frictiondec-50-footgeom]"))
                .anyMatch(reason -> reason.contains("the data set has no demonstration of hopper/massdec-25-leggeom"
                        + ", which is a training task; record some, or take other tasks"));
    }

    @Test
    void recordingsThatCannotBeReadAreAProblemOfTheExperiment() throws IOException {
        Path damaged = Files.writeString(temporary.resolve("sac-hopper-jointdec_50_footjoint.npz"), "no zip");

        assertThatThrownBy(() -> objections(QUICK, "data-set.folder=\"" + temporary + "\""))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("data-set: " + damaged + ": is not an .npz file, or was damaged or truncated");
    }

    private static List<String> objections(Path experiment, String override) {
        return Engine.open(Optional.empty()).plan(experiment, List.of(override)).cells().stream()
                .flatMap(cell -> cell.notApplicable().stream())
                .toList();
    }

    /** In this process, so that it can be stopped at any pass of the method's loop. */
    @Test
    void endsWithTheSameBytesWhereverItWasStopped() throws IOException {
        Workbench workbench = Engine.open(Optional.empty());
        List<PlannedCell> cells = workbench.plan(experiment, List.of()).cells();
        Random passes = new Random(4);
        for (String method : List.of("maml", "reptile")) {
            for (PlannedCell cell : cells) {
                if (!cell.method().equals(method)) {
                    continue;
                }
                CellFolder calm = folder("calm", cell);
                CellFolder harried = folder("harried", cell);
                assertThat(comesToItsEnd(calm, () -> false)).isTrue();

                int stops = 0;
                boolean ended = false;
                while (!ended) {
                    int[] left = {1 + passes.nextInt(9)};
                    ended = comesToItsEnd(harried, () -> left[0]-- == 0);
                    stops += ended ? 0 : 1;
                }

                assertThat(stops).as(cell.title()).isPositive();
                for (String file : List.of("metrics.jsonl", "evaluations.jsonl", "learned/weights.safetensors")) {
                    if (Files.exists(calm.path().resolve(file))) {
                        assertThat(harried.path().resolve(file))
                                .as(cell.title() + " " + file)
                                .hasSameBinaryContentAs(calm.path().resolve(file));
                    }
                }
            }
        }
    }

    private static boolean comesToItsEnd(CellFolder folder, BooleanSupplier stop) {
        try {
            var unused = CellWork.run(
                    folder, PluginLoader.load(CellWork.class.getClassLoader(), Optional.empty()), stop::getAsBoolean);
            return true;
        } catch (InterruptedCellException e) {
            return false;
        }
    }

    private CellFolder folder(String root, PlannedCell cell) throws IOException {
        Path path = temporary.resolve(root).resolve("cells").resolve(cell.id());
        Files.createDirectories(path);
        Files.writeString(path.resolve("resolved.conf"), cell.resolved());
        return CellFolder.at(path);
    }
}
