package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.Origin;
import org.adapt4j.runtime.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bit of a run's files changes, whoever reads the file next says so. */
@Tag("protocol")
@Timeout(240)
final class DamageTest {

    /** Files of which every byte is tried. */
    private static final int SMALL = 300;

    private static final int PLACES = 100;

    @TempDir
    private Path temporary = Path.of("");

    private Path run = Path.of("");

    @BeforeEach
    void makeARun() throws IOException {
        run = temporary.toRealPath().resolve("run");
        Path experiment =
                Files.writeString(temporary.resolve("damage.conf"), SmallImitation.text("damage", 4, "uniform", 5));
        Screen screen = new Screen();
        assertThat(screen.run("run", experiment.toString(), "--out", run.toString(), "--slots", "1"))
                .as(screen.err())
                .isZero();
    }

    @Test
    void everyFileThatALaterStepReadsIsCheckedBeforeItIsUsed() throws IOException {
        Workbench workbench = Engine.open(Optional.empty());
        List<Path> files;
        try (Stream<Path> all = Files.walk(run)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !isReadByNobody(run.relativize(file).toString()))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(12);
        Random random = new Random(3);

        for (Path file : files) {
            byte[] sound = Files.readAllBytes(file);
            int[] places = sound.length <= SMALL
                    ? IntStream.range(0, sound.length).toArray()
                    : random.ints(PLACES, 0, sound.length).toArray();
            for (int place : places) {
                byte[] changed = sound.clone();
                changed[place] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, changed);
                assertThat(isNoticed(workbench, file))
                        .as("%s: byte %d was %d and is %d", file, place, sound[place], changed[place])
                        .isTrue();
            }
            Files.write(file, sound);
            assertThat(isNoticed(workbench, file)).as("%s as it was", file).isFalse();
        }
    }

    /** For people only, or of no content. */
    private static boolean isReadByNobody(String file) {
        return file.startsWith("report/")
                || file.endsWith("cell.log")
                || file.endsWith("lock")
                || file.contains("lease-") // of a cell that nobody works on any more
                // Spares time only: what does not read as it was written is found out anew.
                || file.equals("natives.json")
                // Only a cell that goes on reads its checkpoints; StateFileTest and the replays' tests damage these.
                || file.contains("/checkpoint/");
    }

    /** Has those read a file who would: a resumed run, the report, a cell that adapts or a recording. */
    private boolean isNoticed(Workbench workbench, Path file) {
        String name = run.relativize(file).toString();
        RunFolder folder;
        try {
            if (name.equals("code.jsonl")) {
                return CodeLog.of(run).last().isEmpty();
            }
            if (name.equals("origin.jsonl") || name.startsWith("source/")) {
                return Origin.read(run).isEmpty();
            }
            folder = RunFolder.open(run);
            if (name.equals("executor.conf")) {
                assertThat(workbench.place(folder, List.of())).isNotNull(); // which who resumes asks for
                return false;
            }
        } catch (DamagedFileException e) {
            return namesFileAndRemedy(String.valueOf(e.getMessage()));
        }
        if (name.contains("/learned/")) {
            try {
                workbench.recorder(folder.cell(folder.plan().cells().get(0))).close();
                return false;
            } catch (DamagedFileException e) {
                return namesFileAndRemedy(String.valueOf(e.getMessage()));
            }
        }
        boolean refused = folder.status().stream()
                .filter(status -> status.state() == CellState.FAILED)
                .map(CellStatus::reason)
                .anyMatch(DamageTest::namesFileAndRemedy);
        return refused
                || org.adapt4j.runtime.report.folder.RunFolder.read(run).cells().stream()
                        .filter(cell -> cell.state() == Cell.State.DAMAGED)
                        .anyMatch(cell -> namesFileAndRemedy(cell.reason()));
    }

    private static boolean namesFileAndRemedy(String message) {
        return message.matches("(?s).*(\\.jsonl|\\.json|\\.conf|\\.gif|\\.safetensors|SHA256SUMS): .*")
                && (message.contains("Restore") || message.contains("Undo the change"));
    }

    @Test
    void aFlippedWeightStopsTheAdaptationAndRunningThePreTrainingAgainMendsIt() throws IOException {
        RunFolder folder = RunFolder.open(run);
        Path learned = folder.cell(folder.plan().cells().get(0)).learned();
        Path weights = learned.resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        byte[] changed = bytes.clone();
        changed[changed.length - 2] ^= 1;
        Files.write(weights, changed);
        delete(folder.cell(folder.plan().cells().get(1)).path());

        Screen screen = new Screen();
        assertThat(screen.run("resume", run.toString())).isEqualTo(3);

        String remedy = "delete the folder " + learned.getParent()
                + " of the pre-training and resume the run with --retry-failed: it runs again";
        assertThat(RunFolder.open(run).status().get(1).reason())
                .isEqualTo(
                        weights + ": does not agree with its check sum in SHA256SUMS: the file was changed or the disk"
                                + " is failing. Restore it from a copy, or " + remedy);
        delete(learned.resolve("..").normalize());
        Screen again = new Screen();
        assertThat(again.run("resume", "--retry-failed", run.toString()))
                .as(again.err())
                .isZero();
        assertThat(weights).hasBinaryContent(bytes);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aHeaderWithoutTensorsIsNotFromScratch() throws IOException {
        RunFolder folder = RunFolder.open(run);
        Path learned = folder.cell(folder.plan().cells().get(0)).learned();
        for (String header : List.of("{}      ", "[]      ")) {
            Files.write(
                    learned.resolve("weights.safetensors"),
                    ("\b\0\0\0\0\0\0\0" + header).getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> Engine.open(Optional.empty())
                            .recorder(folder.cell(folder.plan().cells().get(0))))
                    .isInstanceOf(DamagedFileException.class);
        }
    }
}
