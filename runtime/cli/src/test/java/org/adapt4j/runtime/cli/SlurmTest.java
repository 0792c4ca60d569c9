package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code adapt4j submit} writes for Slurm, taken by a Slurm of one node that this test starts, with real PPO on a toy. */
@Tag("protocol")
@Tag("native")
@Tag("slow")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class SlurmTest {
    @TempDir
    private Path temporary = Path.of("");

    @Test
    void endsWithTheBytesOfALocalRunThoughATaskIsCancelledAndOneRequeued() throws Exception {
        Optional<String> hindrance = Slurm.hindrance();
        assumeTrue(hindrance.isEmpty(), hindrance.orElse(""));
        Path experiment = WorkTest.toyIn(temporary);
        Path local = temporary.resolve("local");
        Path shared = temporary.resolve("shared");
        List<String> seeds = List.of("grid.seed=[0,1,2,3]");
        Screen alone = new Screen();
        int ran = alone.run(WorkTest.arguments("run", experiment, local, seeds));
        assertThat(ran).as(alone.err()).isZero();
        Screen screen = new Screen();
        int submitted = screen.run(WorkTest.arguments(
                "submit", experiment, shared, WorkTest.with(seeds, "--to", "slurm", "--workers", "3")));
        assertThat(submitted).as(screen.err()).isZero();

        try (Slurm slurm = new Slurm(temporary.resolve("slurm"))) {
            String said = slurm.tell(screen.out().strip().split(" "));
            assertThat(said).startsWith("Submitted batch job ");
            String job = said.strip().substring("Submitted batch job ".length());
            awaitCell(slurm, shared, "a-toy-1");
            slurm.tell("scancel", job + "_1");
            awaitCell(slurm, shared, "a-toy-2");
            slurm.tell("scontrol", "requeue", job + "_2");

            awaitEnd(slurm);

            assertThat(starts(shared, 1)).isEqualTo(1);
            assertThat(starts(shared, 2)).isEqualTo(2);
        }

        assertThat(RunFolder.open(shared).status())
                .extracting(CellStatus::state)
                .containsOnly(CellState.DONE);
        assertThat(WorkTest.results(shared)).isEqualTo(WorkTest.results(local));
    }

    /** How often a task of the array was started. */
    private static int starts(Path run, int task) throws IOException {
        String log = Files.readString(run.resolve("jobs/worker-" + task + ".log"));
        return log.split("worker a-toy-" + task + " on ", -1).length - 1;
    }

    /** Waits until a worker has a cell, and that has trained. */
    private static void awaitCell(Slurm slurm, Path run, String worker) throws Exception {
        while (!hasCell(run, worker)) {
            assertThat(slurm.tell("squeue", "--noheader")).as(slurm.logs()).isNotBlank();
            Thread.sleep(200);
        }
    }

    private static boolean hasCell(Path run, String worker) throws IOException {
        try (Stream<Path> files = Files.walk(run.resolve("cells"), 2)) {
            for (Path file : files.toList()) {
                if (String.valueOf(file.getFileName()).startsWith("lease-")
                        && Files.exists(file.resolveSibling("metrics.jsonl"))
                        && isOf(file, worker)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOf(Path lease, String worker) throws IOException {
        try {
            String text = Files.readString(lease);
            return text.contains("\"worker\":\"" + worker + "\"") && text.contains("\"released\":false");
        } catch (NoSuchFileException e) {
            return false; // somebody took the cell since
        }
    }

    private static void awaitEnd(Slurm slurm) throws Exception {
        while (!slurm.tell("squeue", "--noheader").isBlank()) {
            Thread.sleep(500);
        }
    }
}
