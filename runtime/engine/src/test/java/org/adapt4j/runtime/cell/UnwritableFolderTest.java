package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.run.StorageException;
import org.adapt4j.testkit.FullDisk;
import org.adapt4j.testkit.toy.Toys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cell whose disk fills up, or whose folder becomes read-only, while it runs. The operating system itself refuses, for every user and
 * root too: {@code /dev/full} takes no byte, and nobody can make a file in {@code /sys}.
 */
final class UnwritableFolderTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final Path READ_ONLY = Path.of("/sys/kernel");
    private static final BooleanSupplier GO_ON = () -> false;
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    private Path folder = Path.of("");

    private final AtomicInteger updates = new AtomicInteger();

    private final Learner learner = session -> {
        try (Agent agent = session.agent(Conditioning.none())) {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
                updates.incrementAndGet();
            }
            return Checkpoint.of(agent);
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"metrics.jsonl", "evaluations.jsonl"})
    void saysWhichLogMetTheFullDiskAndEndsTheSameOnceThereIsSpace(String file) throws IOException {
        assumeTrue(Files.isWritable(FULL));
        Path calm = folder.resolve("calm");
        Path full = folder.resolve("full");
        job(calm, NEVER).run(GO_ON);
        Path link = link(full.resolve(file), FULL);

        // Without checkpoints in between, it is the log's own line that does not fit.
        assertThatThrownBy(() -> job(full, NEVER).run(GO_ON))
                .isInstanceOf(StorageException.class)
                .hasMessage(full.resolve(file)
                        + ": the disk is full. Free some space and resume the run: nothing that was finished is lost");

        Files.deleteIfExists(link);
        job(full).run(GO_ON);
        assertSameBytes(full, calm);
    }

    @ParameterizedTest
    @CsvSource({"checkpoint/state.bin, 0", "learned/facts.json, 0", "learned/weights.safetensors, 1"})
    void saysWhichFileMetTheFullDiskAndEndsTheSameOnceThereIsSpace(String file, int pages) throws IOException {
        Path calm = folder.resolve("calm");
        Path full = folder.resolve("full");
        job(calm, NEVER).run(GO_ON);
        Path within = full.resolve(file).resolve("..").normalize();

        try (FullDisk disk = pages == 0 ? FullDisk.over(within) : FullDisk.withPages(within, pages)) {
            assertThat(disk).isNotNull();
            assertThatThrownBy(() -> job(full, file.startsWith("checkpoint") ? Duration.ZERO : NEVER)
                            .run(GO_ON))
                    .isInstanceOf(StorageException.class)
                    .hasMessage(full.resolve(file) + ": the disk is full. Free some space and resume the run: nothing"
                            + " that was finished is lost");
        }

        job(full).run(GO_ON);
        assertSameBytes(full, calm);
    }

    @Test
    void goesOnFromItsLastCheckpointAfterTheDiskWasFull() throws IOException {
        Path calm = folder.resolve("calm");
        Path full = folder.resolve("full");
        job(calm, NEVER).run(GO_ON);
        int all = updates.getAndSet(0);
        AtomicReference<FullDisk> disk = new AtomicReference<>();

        assertThatThrownBy(() -> job(full).run(atPass(6, () -> disk.set(FullDisk.over(full.resolve("checkpoint"))))))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith(full.resolve("checkpoint/state.bin") + ": the disk is full.");
        Objects.requireNonNull(disk.get()).close();

        int before = updates.getAndSet(0);
        job(full).run(GO_ON);
        assertThat(before).isEqualTo(5);
        assertThat(updates.get()).isEqualTo(all - before + 1);
        assertSameBytes(full, calm);
    }

    @Test
    void goesOnFromItsLastCheckpointAfterItsFolderWasReadOnly() throws IOException {
        assumeTrue(Files.isDirectory(READ_ONLY) && !Files.exists(READ_ONLY.resolve("state.bin")));
        Path calm = folder.resolve("calm");
        Path locked = folder.resolve("locked");
        job(calm, NEVER).run(GO_ON);
        int all = updates.getAndSet(0);
        Path checkpoint = locked.resolve("checkpoint");
        Path aside = locked.resolve("aside");

        assertThatThrownBy(() -> job(locked).run(atPass(6, () -> {
                    Files.move(checkpoint, aside);
                    link(checkpoint, READ_ONLY);
                })))
                .isInstanceOf(StorageException.class)
                .hasMessage(checkpoint + ": this folder cannot be written to (needed for state.bin)."
                        + " Make it writable, or choose another with --out");

        int before = updates.getAndSet(0);
        Files.delete(checkpoint);
        Files.move(aside, checkpoint);
        job(locked).run(GO_ON);
        assertThat(updates.get()).isEqualTo(all - before + 1);
        assertSameBytes(locked, calm);
    }

    private CellJob job(Path where) {
        return job(where, Duration.ZERO);
    }

    private CellJob job(Path where, Duration checkpointEvery) {
        return CellJob.of(
                where,
                Toys.twoGoal(),
                Toys.policyGradient(),
                new CellConfig.Method.Pretrain(learner),
                CellJob.phase(
                        4,
                        Map.of(Resource.ENVIRONMENT_STEPS, 4_000L),
                        CellJob.measure(List.of(0L, 1_000L, 4_000L), 2, 5, List.of(Split.TEST), 2)),
                1,
                checkpointEvery);
    }

    private interface Deed {
        void happen() throws IOException;
    }

    /** Asks for no stop, but lets something happen before the checkpoint of a pass. */
    private static BooleanSupplier atPass(int pass, Deed deed) {
        AtomicInteger passes = new AtomicInteger();
        return () -> {
            if (passes.incrementAndGet() == pass) {
                try {
                    deed.happen();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            return false;
        };
    }

    private static Path link(Path link, Path to) throws IOException {
        Files.createDirectories(link.resolve("..").normalize());
        return Files.createSymbolicLink(link, to);
    }

    private static void assertSameBytes(Path actual, Path expected) throws IOException {
        for (String file : List.of("metrics.jsonl", "evaluations.jsonl", "learned/weights.safetensors")) {
            assertThat(Files.readAllBytes(actual.resolve(file)))
                    .as(file)
                    .isEqualTo(Files.readAllBytes(expected.resolve(file)));
        }
    }
}
