package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run by workers that a job array starts, each a process of its own, with real PPO on a toy. */
@Tag("protocol")
@Tag("native")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
final class WorkTest {
    private static final int PATIENCE_MINUTES = 15;

    @TempDir
    private Path temporary = Path.of("");

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatStillRuns() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void endsWithTheBytesOfALocalRunThoughAWorkerIsKilled() throws Exception {
        Path experiment = toyIn(temporary);
        Path local = temporary.resolve("local");
        Path shared = temporary.resolve("shared");
        List<String> smaller = List.of("pretrain.budget.environment-steps=10000", "grid.seed=[0,1]");
        Screen alone = new Screen();
        int ran = alone.run(arguments("run", experiment, local, smaller));
        assertThat(ran).as(alone.err()).isZero();
        Screen screen = new Screen();

        int exit =
                screen.run(arguments("submit", experiment, shared, with(smaller, "--to", "slurm", "--workers", "2")));
        assertThat(exit).as(screen.err()).isZero();
        Path script = shared.resolve("jobs/slurm.sh");
        assertThat(screen.out()).isEqualTo("sbatch " + script + "\n");
        Process first = start(script, "1");
        awaitUpdates(shared, first);
        first.descendants().forEach(ProcessHandle::destroyForcibly);
        first.destroyForcibly().waitFor();
        List<Process> others = List.of(start(script, "2"), start(script, "3"));

        for (Process other : others) {
            assertThat(other.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(other.exitValue()).isZero();
        }
        assertThat(RunFolder.open(shared).status())
                .extracting(CellStatus::state)
                .containsOnly(CellState.DONE);
        assertThat(results(shared)).isEqualTo(results(local)).hasSizeGreaterThan(8);
    }

    /** Writes the experiment of a toy into a folder. */
    static Path toyIn(Path folder) throws IOException {
        Path experiment = folder.resolve("toy.conf");
        try (InputStream conf = WorkTest.class.getResourceAsStream("toy.conf")) {
            assertThat(conf).isNotNull();
            Files.write(experiment, conf.readAllBytes());
        }
        return experiment;
    }

    static String[] arguments(String verb, Path experiment, Path out, List<String> more) {
        return with(List.of(verb, experiment.toString(), "--out", out.toString()), more.toArray(String[]::new))
                .toArray(String[]::new);
    }

    static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private Process start(Path script, String index) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString()).inheritIO();
        builder.environment().put("SLURM_ARRAY_TASK_ID", index);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static void awaitUpdates(Path run, Process worker) throws InterruptedException {
        RunFolder folder = RunFolder.open(run);
        while (worker.isAlive()
                && folder.plan().cells().stream()
                        .allMatch(cell ->
                                JsonLines.last(folder.cell(cell).metrics()).isEmpty())) {
            Thread.sleep(20);
        }
    }

    /** Sums of what the cells of a run ended with. */
    static Map<String, String> results(Path run) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run.resolve("cells"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith("metrics.jsonl")
                        || name.endsWith("evaluations.jsonl")
                        || name.endsWith(".safetensors")) {
                    sums.put(run.relativize(file).toString(), Sha256.of(file));
                }
            }
        }
        return sums;
    }
}
