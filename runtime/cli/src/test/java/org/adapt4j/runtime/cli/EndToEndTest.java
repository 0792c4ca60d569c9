package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.testkit.FullDisk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole experiments through the command line, each cell in its own process, with real PPO on a toy. */
@Tag("protocol")
@Tag("native")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class EndToEndTest {
    /** Far more than anything here takes on a machine that does nothing else. */
    private static final int PATIENCE_MINUTES = 5;

    @TempDir
    private Path temporary = Path.of("");

    private final Screen screen = new Screen();
    private final List<Process> started = new ArrayList<>();
    private Path experiment = Path.of("");

    @BeforeEach
    void writeTheExperiment() throws IOException {
        experiment = temporary.resolve("toy.conf");
        try (InputStream conf = EndToEndTest.class.getResourceAsStream("toy.conf")) {
            assertThat(conf).isNotNull();
            Files.write(experiment, conf.readAllBytes());
        }
    }

    /** A test that failed leaves nothing behind that trains for hours. */
    @AfterEach
    void endWhatStillRuns() throws Exception {
        for (Process process : started) {
            List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            for (ProcessHandle one : all) {
                one.onExit().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
            }
        }
    }

    @Test
    void runsToItsReportAndRefusesAnotherConfigurationThere() {
        Path run = temporary.resolve("run");

        assertThat(screen.run("run", experiment.toString(), "--out", run.toString()))
                .isZero();

        assertThat(screen.out()).isEqualTo(run.resolve("report/report.html") + "\n");
        assertThat(run.resolve("report/report.html")).isNotEmptyFile();
        assertThat(new Screen().run("run", experiment.toString(), "--out", run.toString()))
                .isZero();
        Screen changed = new Screen();
        assertThat(changed.run("run", experiment.toString(), "seed=7", "--out", run.toString()))
                .isEqualTo(2);
        assertThat(changed.err()).contains("holds a run of another configuration:", "  - seed = 0\n  + seed = 7\n");
    }

    @Test
    void saysBeforehandWhatTrainingAndMeasuringWillTake() throws Exception {
        Process process = start("plan", experiment.toString(), "--slots", "2", "--measure");

        assertThat(exit(process)).isZero();
        assertThat(Files.readString(temporary.resolve("output.txt")))
                .containsPattern(
                        "pretrain multi-task paper +20.0 k +20.0 k +[0-9.]+ k? +[0-9]+ s +240 +[0-9.]+ k? +[0-9]+ s")
                .containsPattern("adapt multi-task paper +1.0 k +1.0 k ")
                .containsPattern("time +[0-9]+ s to train and at most [0-9]+ s to measure, one cell at a time")
                .containsPattern("[0-9]+ s for all of it with 2 at once")
                .doesNotContain("unknown")
                .doesNotContain("?");
        assertThat(temporary.resolve("cache/adapt4j/speeds.jsonl")).isNotEmptyFile();
    }

    @Test
    void endsWithTheSameBytesWhetherItsCellsWereKilledOrNot() throws Exception {
        Path alone = temporary.resolve("alone");
        Path killed = temporary.resolve("killed");
        int[] moments = new Random(5).ints(3, 1, 140).sorted().toArray(); // of about 157 updates
        assertThat(screen.run("run", experiment.toString(), "--out", alone.toString()))
                .isZero();

        int kills = 0;
        for (int moment : moments) {
            Process process = start("run", experiment.toString(), "--out", killed.toString(), "--slots", "1");
            awaitUpdates(killed, process, moment);
            kills += (int)
                    process.descendants().filter(ProcessHandle::destroyForcibly).count();
            exit(process);
        }
        assertThat(new Screen().run("resume", killed.toString())).isZero();

        assertThat(kills).isPositive();
        assertThat(results(killed)).isEqualTo(results(alone));
    }

    @Test
    void endsWithTheSameBytesWhoeverStartsItsCells() throws Exception {
        Path run = temporary.resolve("run");
        Path byHand = temporary.resolve("by-hand");
        assertThat(screen.run(
                        "run",
                        experiment.toString(),
                        "--out",
                        run.toString(),
                        "pretrain.algorithm.network.hidden=[512]",
                        "pretrain.budget.environment-steps=2560"))
                .as(screen.err())
                .isZero();
        RunFolder planned = RunFolder.open(run);
        RunFolder bare = RunFolder.create(byHand, planned.plan());

        for (PlannedCell cell : planned.plan().cells()) {
            assertThat(exit(start("cell", bare.cell(cell).path().toString()))).isZero();
        }

        assertThat(results(byHand)).isEqualTo(results(run));
        assertThat(bare.status()).extracting(CellStatus::state).containsOnly(CellState.DONE);
    }

    @Test
    void stopsAtCtrlCWithFiveAndGoesOn() throws Exception {
        Path run = temporary.resolve("run");
        Process process = start(
                "run", experiment.toString(), "--out", run.toString(), "pretrain.budget.environment-steps=10000000");
        awaitUpdates(run, process, 5);

        // Who starts the tests in the background has told all that they start to ignore Ctrl-C; a batch system's TERM
        // is its equal.
        String signal = ignoresInterrupts() ? "-TERM" : "-INT";
        new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();

        assertThat(exit(process)).isEqualTo(5);
        assertThat(RunFolder.open(run).status())
                .extracting(CellStatus::state)
                .containsExactly(CellState.INTERRUPTED, CellState.PLANNED);
        assertThat(cell(run).resolve("checkpoint/state.bin")).isNotEmptyFile();
    }

    @Test
    void cellsEndWithACheckpointWhenTheirSchedulerIsKilled() throws Exception {
        Path run = temporary.resolve("run");
        Process process = start(
                "run", experiment.toString(), "--out", run.toString(), "pretrain.budget.environment-steps=10000000");
        awaitUpdates(run, process, 5);
        List<ProcessHandle> cells = process.descendants().toList();

        process.destroyForcibly();

        for (ProcessHandle cell : cells) {
            assertThat(cell.onExit().get(PATIENCE_MINUTES, TimeUnit.MINUTES).isAlive())
                    .isFalse();
        }
        assertThat(RunFolder.open(run).status().get(0).state()).isEqualTo(CellState.INTERRUPTED);
    }

    @Test
    void stopsAtAFullDiskAndEndsWithTheSameBytesOnceThereIsSpace() throws Exception {
        Path alone = temporary.resolve("alone");
        Path full = temporary.resolve("full");
        assertThat(screen.run("run", experiment.toString(), "--out", alone.toString()))
                .isZero();
        Process process = start("run", experiment.toString(), "--out", full.toString());
        awaitUpdates(full, process, 5);

        try (FullDisk disk = fullDisk(cell(full).resolve("checkpoint"), process)) {
            assertThat(disk).isNotNull();
            assertThat(exit(process)).isEqualTo(5);
        }

        assertThat(Files.readString(temporary.resolve("output.txt")))
                .contains(cell(full)
                        + ": the disk is full. Free some space and resume the run: nothing that was finished is lost\n"
                        + "Go on with: adapt4j resume " + full);
        assertThat(Files.readString(cell(full).resolve("cell.log")))
                .contains("checkpoint/state.bin: the disk is full.");
        Screen resumed = new Screen();
        int exit = resumed.run("resume", full.toString());
        assertThat(exit)
                .as(
                        "%s%s%n%s",
                        resumed.out(),
                        resumed.err(),
                        Files.readString(cell(full).resolve("cell.log")))
                .isZero();
        assertThat(results(full)).isEqualTo(results(alone));
    }

    @Test
    void stopsAtAReadOnlyFolderAndGoesOnOnceItCanBeWrittenTo() throws Exception {
        Path nobodys = Path.of("/sys/kernel");
        assumeTrue(Files.isDirectory(nobodys));
        Path run = temporary.resolve("run");
        Process process = start("run", experiment.toString(), "--out", run.toString());
        awaitUpdates(run, process, 5);
        Path learned = cell(run).resolve("learned");
        Files.createSymbolicLink(learned, nobodys);

        assertThat(exit(process)).isEqualTo(5);
        assertThat(Files.readString(temporary.resolve("output.txt")))
                .contains(cell(run) + ": a file in this folder cannot be written to any more")
                .contains("Make it writable and resume the run: nothing that was finished is lost")
                .contains("Go on with: adapt4j resume " + run);
        assertThat(Files.readString(cell(run).resolve("cell.log")))
                .contains(learned + ": this folder cannot be written to (needed for facts.json).");
        assertThat(RunFolder.open(run).status())
                .extracting(CellStatus::state)
                .containsExactly(CellState.INTERRUPTED, CellState.PLANNED);
        Files.delete(learned);
        assertThat(screen.run("resume", run.toString())).isZero();
    }

    @Test
    void reportsADamagedCheckpointAsTheCellsFailure() throws Exception {
        Path run = temporary.resolve("run");
        Process process = start(
                "run", experiment.toString(), "--out", run.toString(), "pretrain.budget.environment-steps=10000000");
        awaitUpdates(run, process, 5);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        assertThat(exit(process)).isEqualTo(3);
        try (Stream<Path> states = Files.list(cell(run).resolve("checkpoint"))) {
            for (Path state : states.toList()) {
                byte[] bytes = Files.readAllBytes(state);
                bytes[bytes.length / 2] ^= 1;
                Files.write(state, bytes);
            }
        }

        int exit = screen.run("resume", run.toString());

        assertThat(exit).isEqualTo(3);
        assertThat(screen.err())
                .contains("is damaged: its checksum does not fit", "Delete the folder", "--retry-failed");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        temporary.resolve("output.txt").toFile()));
        if (arguments[0].equals("plan")) {
            builder.environment()
                    .put("XDG_CACHE_HOME", temporary.resolve("cache").toString());
        }
        // What the numerical libraries were told by somebody else: no cell may hear of it.
        builder.environment().putAll(Map.of("OMP_NUM_THREADS", "2", "MKL_NUM_THREADS", "2", "MALLOC_ARENA_MAX", "8"));
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /**
     * Puts a full disk over the checkpoints of a process's cell while that stands still and is not in the middle of a save, whose half would be
     * hidden.
     */
    private static FullDisk fullDisk(Path checkpoint, Process process) throws IOException, InterruptedException {
        List<ProcessHandle> cells = process.descendants().toList();
        while (true) {
            try {
                signal("-STOP", cells);
                for (ProcessHandle cell : cells) {
                    awaitStandstill(cell);
                }
                boolean saved = Files.exists(checkpoint.resolve("state.bin"));
                try (Stream<Path> files = Files.list(checkpoint)) {
                    if (saved && files.noneMatch(file -> file.toString().endsWith(".part"))) {
                        return FullDisk.over(checkpoint);
                    }
                }
            } finally {
                signal("-CONT", cells);
            }
            Thread.sleep(1);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
    }

    private static void awaitStandstill(ProcessHandle process) throws IOException, InterruptedException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        while (process.isAlive() && !Files.readString(status).contains("State:\tT")) {
            Thread.sleep(1);
        }
    }

    private static boolean ignoresInterrupts() throws IOException {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 2) != 0);
        }
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** Waits until the pre-training cell has made some updates, or its process came to an end. */
    private void awaitUpdates(Path run, Process process, int updates) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (!Files.exists(run.resolve("plan.json"))
                || JsonLines.last(cell(run).resolve("metrics.jsonl"))
                        .filter(line -> line.path("updates").asInt() >= updates)
                        .isEmpty()) {
            if (!process.isAlive()) {
                return;
            }
            assertThat(System.nanoTime())
                    .as("%s updates in time:%n%s", updates, Files.readString(temporary.resolve("output.txt")))
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static Path cell(Path run) {
        RunFolder folder = RunFolder.open(run);
        return folder.cell(folder.plan().cells().get(0)).path();
    }

    /** Everything that a cell leaves but times, process numbers and check points. */
    private static Map<String, String> results(Path run) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run.resolve("cells"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith("metrics.jsonl")
                        || name.endsWith("evaluations.jsonl")
                        || name.endsWith(".safetensors")) {
                    bytes.put(run.relativize(file).toString(), Arrays.toString(Files.readAllBytes(file)));
                }
            }
        }
        assertThat(bytes).hasSizeGreaterThanOrEqualTo(5);
        return bytes;
    }
}
