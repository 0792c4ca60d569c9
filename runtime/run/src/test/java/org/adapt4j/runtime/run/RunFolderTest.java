package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
    /** No process has this number: it lies above the kernel's limit. */
    private static final long NOBODY = 1L << 30;

    private static final CellResult DONE =
            new CellResult.Done(CellResult.Spent.NOTHING, "", "", "", 0, "", Optional.empty());

    @TempDir
    private Path temporary = Path.of("");

    private final PlannedCell pretrain = Plans.pretrain("ok", 0);
    private final PlannedCell adapt = Plans.adapt("ok", pretrain);
    private final RunPlan plan = Plans.of(pretrain, adapt);

    @Test
    void opensWhatItCreated() {
        Path path = temporary.resolve("run");
        RunFolder.create(path, plan);

        RunFolder opened = RunFolder.open(path);

        assertThat(opened.plan()).isEqualTo(plan);
        assertThat(opened.status()).extracting(CellStatus::state).containsOnly(CellState.PLANNED);
    }

    @Test
    void refusesAPlanThatIsTooDeepToBeOne() throws IOException {
        Path path = temporary.resolve("run");
        RunFolder.create(path, plan);
        Files.writeString(path.resolve("plan.json"), "[".repeat(100_000));

        assertThatThrownBy(() -> RunFolder.open(path))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage(path.resolve("plan.json")
                        + ": does not agree with its check sum in SHA256SUMS: the file was changed or the disk is failing."
                        + " Restore it from a copy, or run the experiment again into another folder with --out");
    }

    @Test
    void finishesACreationThatWasCutOff() throws IOException {
        Path path = temporary.resolve("run");
        RunFolder.create(path, plan);
        Files.delete(path.resolve("plan.json"));
        Files.writeString(path.resolve("plan.json.part"), "{");

        RunFolder again = RunFolder.create(path, plan);

        assertThat(again.status()).hasSize(2);
    }

    @Test
    void refusesAFolderOfAnotherConfigurationAndShowsTheDifference() {
        Path path = temporary.resolve("run");
        RunFolder.create(path, plan);
        RunPlan other = new RunPlan(
                plan.name(),
                plan.description(),
                plan.versions(),
                plan.claims(),
                plan.published(),
                plan.cells(),
                "x = 1\ny = 5\nz = 3\n");

        assertThatThrownBy(() -> RunFolder.create(path, other))
                .isInstanceOf(ChangedConfigurationException.class)
                .hasMessage(path + ": holds a run of another configuration:\n  - y = 2\n  + y = 5\n"
                        + "Choose another folder with --out, or go on with the old configuration: adapt4j resume "
                        + path);
    }

    @Test
    void refusesAFolderWhoseDefaultsHaveChangedSince() {
        Path path = temporary.resolve("run");
        RunFolder.create(path, plan);

        assertThatThrownBy(() -> RunFolder.create(path, Plans.of(pretrain, Plans.adapt("slow", pretrain))))
                .isInstanceOf(ChangedConfigurationException.class)
                .hasMessageContaining("  - ok\n  + slow\n");
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse() throws IOException {
        Files.writeString(temporary.resolve("thesis.tex"), "");

        assertThatThrownBy(() -> RunFolder.create(temporary, plan))
                .isInstanceOf(ChangedConfigurationException.class)
                .hasMessage(temporary
                        + ": is not a run folder, and not empty (it holds thesis.tex). Choose another with --out");
    }

    @Test
    void refusesToOpenWhatIsNoRunFolder() {
        assertThatThrownBy(() -> RunFolder.open(temporary))
                .isInstanceOf(StorageException.class)
                .hasMessage(temporary
                        + ": is not a run folder, it has no plan.json. Start one with: adapt4j run FILE.conf");
    }

    @Test
    void runsACellAgainWhoseFolderWasDeleted() throws IOException {
        RunFolder folder = RunFolder.create(temporary, plan);
        PlannedCell cell = plan.cells().get(0);
        folder.cell(cell).end(DONE);
        try (Stream<Path> files = Files.walk(folder.cell(cell).path())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        RunFolder again = RunFolder.open(temporary);

        assertThat(again.status().get(0).state()).isEqualTo(CellState.PLANNED);
        assertThat(again.cell(cell).resolved()).isEqualTo(cell.resolved());
    }

    @Test
    void refusesTheConfigurationOfACellThatWasEdited() throws IOException {
        RunFolder folder = RunFolder.create(temporary, plan);
        Path file = folder.cell(adapt).path().resolve("resolved.conf");
        Files.writeString(file, "ok\nlearned = nothing\n");

        assertThatThrownBy(() -> RunFolder.open(temporary))
                .isInstanceOf(DamagedFileException.class)
                .hasMessageStartingWith(file + ": was changed after the run was planned: its hash is ")
                .hasMessageContaining("the cell is called " + adapt.id() + ". Undo the change, or start a new run");
    }

    @Test
    void noticesEveryBitOfItsFilesThatChanged() throws IOException {
        RunFolder.create(temporary, plan);

        for (String name : List.of("plan.json", "experiment.conf", "SHA256SUMS")) {
            Path file = temporary.resolve(name);
            byte[] sound = Files.readAllBytes(file);
            for (int bit = 0; bit < 8 * sound.length; bit += 13) {
                byte[] changed = sound.clone();
                changed[bit / 8] ^= (byte) (1 << (bit % 8));
                Files.write(file, changed);
                assertThatThrownBy(() -> RunFolder.open(temporary))
                        .as("%s: bit %d", name, bit)
                        .isInstanceOf(DamagedFileException.class)
                        .hasMessageContaining(
                                "Restore it from a copy, or run the experiment again into another folder");
            }
            Files.write(file, sound);
        }
        assertThat(RunFolder.open(temporary).plan()).isEqualTo(plan);
    }

    @Test
    void keepsSumsThatOthersCanCheck() throws Exception {
        RunFolder folder = RunFolder.create(temporary, plan);
        folder.cell(pretrain).end(DONE);

        for (Path path : List.of(temporary, folder.cell(pretrain).path())) {
            Process sums = new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS")
                    .directory(path.toFile())
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(sums.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEmpty();
            assertThat(sums.waitFor()).isZero();
        }
    }

    @Test
    void noticesWhatBecameOfTheLogsOfACellThatIsDone() throws IOException {
        CellFolder cell = RunFolder.create(temporary, plan).cell(pretrain);
        try (JsonLines log = JsonLines.open(cell.metrics(), 0)) {
            log.append(JsonNodeFactory.instance.objectNode().put("updates", 1));
            log.append(JsonNodeFactory.instance.objectNode().put("updates", 2));
        }
        cell.end(DONE);
        assertThat(cell.lines(cell.metrics())).hasSize(2);

        Files.writeString(cell.metrics(), Files.readAllLines(cell.metrics()).get(0) + "\n");

        assertThat(JsonLines.read(cell.metrics())).hasSize(1);
        assertThatThrownBy(() -> cell.lines(cell.metrics()))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage(
                        cell.metrics() + ": does not agree with its check sum in SHA256SUMS: the file was changed or"
                                + " the disk is failing. Restore it from a copy, or delete the folder " + cell.path()
                                + " and resume the run: this cell runs again");
    }

    @Test
    void noticesResultsOfAnotherCell() throws IOException {
        RunFolder folder = RunFolder.create(temporary, plan);
        folder.cell(pretrain).end(DONE);
        assertThat(folder.cell(pretrain).result()).isPresent();

        for (String name : List.of("result.json", "SHA256SUMS")) {
            Files.copy(
                    folder.cell(pretrain).path().resolve(name),
                    folder.cell(adapt).path().resolve(name));
        }

        assertThatThrownBy(folder.cell(adapt)::result)
                .isInstanceOf(DamagedFileException.class)
                .hasMessageContaining("result.json: is the result of another cell, " + pretrain.id());
    }

    @Test
    void tellsARunningCellFromALostOne() {
        RunFolder folder = RunFolder.create(temporary, plan);
        folder.cell(pretrain).enter(CellState.RUNNING, null);
        folder.cell(adapt).enter(CellState.RUNNING, null, NOBODY);

        assertThat(folder.status()).extracting(CellStatus::state).containsExactly(CellState.RUNNING, CellState.LOST);
    }

    @Test
    void reportsADamagedResultAsAFailureOfItsCellAlone() throws IOException {
        RunFolder folder = RunFolder.create(temporary, plan);
        Path result = folder.cell(adapt).path().resolve("result.json");
        folder.cell(pretrain).end(DONE);
        folder.cell(adapt).end(DONE);
        Files.writeString(result, Files.readString(result).replace("done", "dune"));

        CellStatus damaged = folder.status().get(1);

        assertThat(folder.status().get(0).state()).isEqualTo(CellState.DONE);
        assertThat(damaged.state()).isEqualTo(CellState.FAILED);
        assertThat(damaged.retryable()).isFalse();
        assertThat(damaged.reason())
                .isEqualTo(result
                        + ": does not agree with its check sum in SHA256SUMS: the file was changed or the disk is"
                        + " failing. Restore it from a copy, or delete " + result
                        + " and resume the run: this cell goes on from its last checkpoint");
    }

    @Test
    void keepsASecondSchedulerOut() {
        RunFolder folder = RunFolder.create(temporary, plan);

        CellFolder.Lock held = folder.lock();
        try {
            assertThatThrownBy(folder::lock)
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            problem -> assertThat(problem.kind()).isEqualTo(StorageException.Kind.BUSY))
                    .hasMessage(temporary
                            + ": another adapt4j runs the cells of this folder. Wait for it, or stop it first");
        } finally {
            held.close();
        }
    }
}
