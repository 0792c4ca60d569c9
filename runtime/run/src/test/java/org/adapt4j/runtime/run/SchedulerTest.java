package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
final class SchedulerTest {
    @TempDir
    private Path temporary = Path.of("");

    private final List<String> started = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Scheduler.Listener listener = new Scheduler.Listener() {
        @Override
        public void started(PlannedCell cell) {
            started.add(cell.id());
        }

        @Override
        public void ended(CellStatus status) {
            ended.add(status.cell().id() + " " + status.state());
        }
    };

    @Test
    void runsACellOnceItsPreTrainingIsDoneAndNeverAgain() throws IOException {
        PlannedCell pretrain = Plans.pretrain("ok", 0);
        PlannedCell adapt = Plans.adapt("ok", pretrain);
        RunFolder folder = RunFolder.create(temporary, Plans.of(adapt, pretrain));

        List<CellStatus> first = scheduler(folder, 2).run(false);
        List<CellStatus> second = scheduler(folder, 2).run(true);

        assertThat(first).extracting(CellStatus::state).containsOnly(CellState.DONE);
        assertThat(second).isEqualTo(first);
        assertThat(started).containsExactly(pretrain.id(), adapt.id());
        assertThat(Files.readString(folder.cell(adapt).path().resolve("runs"))).isEqualTo("x");
    }

    @Test
    void recordsAFailureAsAResultAndGoesOn() {
        PlannedCell bad = Plans.pretrain("throw", 0);
        PlannedCell after = Plans.adapt("ok", bad);
        PlannedCell good = Plans.pretrain("ok", 0);
        PlannedCell never = Plans.impossible("PEARL needs old experience");
        RunFolder folder = RunFolder.create(temporary, Plans.of(bad, after, good, never));

        List<CellStatus> status = scheduler(folder, 1).run(false);

        assertThat(status)
                .extracting(CellStatus::state, CellStatus::reason)
                .containsExactly(
                        tuple(CellState.FAILED, "the network is made of cheese"),
                        tuple(CellState.NOT_APPLICABLE, "its pre-training failed: the network is made of cheese"),
                        tuple(CellState.DONE, ""),
                        tuple(CellState.NOT_APPLICABLE, "PEARL needs old experience"));
        assertThat(scheduler(folder, 1).run(false)).isEqualTo(status);
        assertThat(started).containsExactly(bad.id(), good.id());
    }

    @Test
    void recognisesACellThatDiverged() {
        PlannedCell cell = Plans.pretrain("diverge", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell));

        CellStatus status = scheduler(folder, 1).run(false).get(0);

        assertThat(status)
                .extracting(CellStatus::state, CellStatus::reason, CellStatus::retryable)
                .containsExactly(CellState.FAILED, "diverged at update 3: loss is NaN", false);
        assertThat(folder.cell(cell).result().orElseThrow())
                .isInstanceOfSatisfying(
                        CellResult.Failed.class,
                        failed -> assertThat(failed.failure())
                                .extracting(Failure::kind)
                                .isEqualTo(Failure.Kind.DIVERGED));
    }

    @Test
    void recognisesACellThatRanOutOfMemory() {
        PlannedCell cell = Plans.pretrain("hoard", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell));

        CellStatus status = scheduler(folder, 1).run(false).get(0);

        assertThat(status.state()).isEqualTo(CellState.FAILED);
        assertThat(status.retryable()).isTrue();
        assertThat(status.reason())
                .isEqualTo("out of memory: the Java heap of the cell is too small."
                        + " Give cells more with --heap, or make the experiment smaller");
        assertThat(folder.cell(cell).result().orElseThrow())
                .isInstanceOfSatisfying(
                        CellResult.Failed.class,
                        failed -> assertThat(failed.logTail())
                                .anyMatch(line -> line.startsWith("Terminating due to java.lang.OutOfMemoryError")));
    }

    @Test
    void takesAKilledCellUpAgainWhenResumed() throws IOException {
        PlannedCell cell = Plans.pretrain("wait once", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell));
        CellLauncher shooting = place -> {
            CellLauncher.Running running = processes().start(place);
            awaitFile(place.path().resolve("runs"));
            ProcessHandle.of(running.pid()).orElseThrow().destroyForcibly();
            return running;
        };

        CellStatus killed = new Scheduler(folder, shooting, () -> 1, c -> 1, DiskSpace.ofThisMachine(), listener)
                .run(false)
                .get(0);
        CellStatus resumed = scheduler(folder, 1).run(false).get(0);

        assertThat(killed.state()).isEqualTo(CellState.FAILED);
        assertThat(killed.reason())
                .startsWith("killed by signal 9 (SIGKILL): by a person, a batch system, or the kernel");
        assertThat(resumed.state()).isEqualTo(CellState.DONE);
        assertThat(Files.readString(folder.cell(cell).path().resolve("runs"))).isEqualTo("xx");
    }

    @Test
    void asksItsCellsToStopAndLeavesTheRestPlanned() throws InterruptedException {
        PlannedCell running = Plans.pretrain("stop when asked", 2);
        PlannedCell waiting = Plans.pretrain("ok", 1);
        RunFolder folder = RunFolder.create(temporary, Plans.of(running, waiting));
        Scheduler scheduler = scheduler(folder, 1);
        CompletableFuture<List<CellStatus>> run = CompletableFuture.supplyAsync(() -> scheduler.run(false));
        awaitFile(folder.cell(running).path().resolve("ready"));

        scheduler.stop();

        assertThat(run.join()).extracting(CellStatus::state).containsExactly(CellState.INTERRUPTED, CellState.PLANNED);
    }

    @Test
    void killsItsCellsWhenAskedTwice() throws InterruptedException {
        PlannedCell running = Plans.pretrain("wait once", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(running));
        Scheduler scheduler = scheduler(folder, 1);
        CompletableFuture<List<CellStatus>> run = CompletableFuture.supplyAsync(() -> scheduler.run(false));
        awaitFile(folder.cell(running).path().resolve("runs"));

        scheduler.kill();

        assertThat(run.join()).extracting(CellStatus::state).containsExactly(CellState.INTERRUPTED);
    }

    @Test
    void startsTheLongestChainFirst() {
        PlannedCell small = Plans.pretrain("ok", 1);
        PlannedCell large = Plans.pretrain("ok", 5);
        PlannedCell chained = Plans.pretrain("ok", 2);
        PlannedCell last = Plans.adapt("ok", chained);
        RunFolder folder = RunFolder.create(temporary, Plans.of(small, chained, large, last));

        scheduler(folder, 1).run(false);

        assertThat(started).containsExactly(large.id(), chained.id(), last.id(), small.id());
    }

    @Test
    void startsNothingOnADiskThatIsTooFull() {
        RunFolder folder = RunFolder.create(temporary, Plans.of(Plans.pretrain("ok", 0)));
        Scheduler scheduler = new Scheduler(folder, processes(), () -> 1, c -> 1, place -> 5_000_000, listener);

        assertThatThrownBy(() -> scheduler.run(false))
                .isInstanceOf(StorageException.class)
                .hasMessage(temporary + ": the disk is too full: 100 MB are needed, 5 MB are free."
                        + " Free some space and resume the run: nothing that was finished is lost");
        assertThat(started).isEmpty();
    }

    @Test
    void stopsTheRunWhenACellMeetsAFullDisk() {
        PlannedCell full = Plans.pretrain("full", 2);
        PlannedCell next = Plans.pretrain("ok", 1);
        RunFolder folder = RunFolder.create(temporary, Plans.of(full, next));

        assertThatThrownBy(() -> scheduler(folder, 1).run(false))
                .isInstanceOf(StorageException.class)
                .hasMessage(folder.cell(full).path()
                        + ": the disk is full. Free some space and resume the run: nothing that was finished is lost");
        assertThat(folder.status())
                .extracting(CellStatus::state)
                .containsExactly(CellState.INTERRUPTED, CellState.PLANNED);
    }

    @Test
    void stopsTheRunWhenACellCannotWriteAnyMore() {
        PlannedCell unwritable = Plans.pretrain("unwritable", 2);
        PlannedCell next = Plans.pretrain("ok", 1);
        RunFolder folder = RunFolder.create(temporary, Plans.of(unwritable, next));
        CellFolder cell = folder.cell(unwritable);

        assertThatThrownBy(() -> scheduler(folder, 1).run(false))
                .isInstanceOf(StorageException.class)
                .hasMessage(cell.path() + ": a file in this folder cannot be written to any more (" + cell.log()
                        + " names it). Make it writable and resume the run: nothing that was finished is lost");
        assertThat(folder.status())
                .extracting(CellStatus::state)
                .containsExactly(CellState.INTERRUPTED, CellState.PLANNED);
    }

    @Test
    void runsTheOthersWhenSomebodyStopsACell() {
        PlannedCell left = Plans.pretrain("leave", 2);
        PlannedCell next = Plans.pretrain("ok", 1);
        RunFolder folder = RunFolder.create(temporary, Plans.of(left, next));

        List<CellStatus> status = scheduler(folder, 1).run(false);

        assertThat(status)
                .extracting(CellStatus::state, CellStatus::reason)
                .containsExactly(tuple(CellState.INTERRUPTED, "stopped on request"), tuple(CellState.DONE, ""));
    }

    @Test
    void saysSoWhenACellEndsWithoutAWord() {
        PlannedCell cell = Plans.pretrain("vanish", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell));

        CellStatus status = scheduler(folder, 1).run(false).get(0);

        assertThat(status.reason())
                .isEqualTo("ended with exit status 7 and no result; see "
                        + folder.cell(cell).log());
    }

    @Test
    void triesACellThatCrashedOnceMore() throws IOException {
        PlannedCell cell = Plans.pretrain("crash once", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell));

        CellStatus status = scheduler(folder, 1).run(false).get(0);

        assertThat(status.state()).isEqualTo(CellState.DONE);
        assertThat(ended).containsExactly(cell.id() + " INTERRUPTED", cell.id() + " DONE");
        assertThat(Files.readString(folder.cell(cell).path().resolve("runs"))).isEqualTo("xx");
    }

    @Test
    void saysWhichSignalAndWhoseCodeACellCrashedOf() throws IOException {
        PlannedCell cell = Plans.pretrain("crash", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell));

        CellStatus status = scheduler(folder, 1).run(false).get(0);

        assertThat(status.state()).isEqualTo(CellState.FAILED);
        assertThat(status.retryable()).isTrue();
        assertThat(status.reason())
                .startsWith("a native library crashed: SIGSEGV (0xb) in ")
                .contains(", called from org.adapt4j.runtime.run.FakeCell.")
                .endsWith("; see " + folder.cell(cell).path().resolve("hs_err.log"));
        assertThat(Files.readString(folder.cell(cell).path().resolve("runs"))).isEqualTo("xx");
    }

    @Test
    void takesACellForInterruptedThatSomebodyStoppedWhileItStarted() {
        PlannedCell cell = Plans.pretrain("terminated", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell));

        CellStatus status = scheduler(folder, 1).run(false).get(0);

        assertThat(status.state()).isEqualTo(CellState.INTERRUPTED);
        assertThat(status.reason()).isEqualTo("stopped on request");
    }

    @Test
    void leavesACellAloneThatAnotherProcessWorksOn() {
        PlannedCell cell = Plans.pretrain("busy", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell));

        assertThat(scheduler(folder, 1).run(false))
                .extracting(CellStatus::state)
                .containsExactly(CellState.LOST);
    }

    @Test
    void failsACellWhoseFolderWasDeletedAndStartsItAnewWhenResumed() {
        PlannedCell cell = Plans.pretrain("delete own folder", 0);
        PlannedCell other = Plans.pretrain("ok", 0);
        RunFolder folder = RunFolder.create(temporary, Plans.of(cell, other));

        List<CellStatus> status = scheduler(folder, 1).run(false);

        assertThat(status).extracting(CellStatus::state).containsExactly(CellState.FAILED, CellState.DONE);
        assertThat(status.get(0).retryable()).isTrue();
        assertThat(status.get(0).reason())
                .isEqualTo(folder.cell(cell).path()
                        + ": this folder was deleted while its cell ran, and with it what it had logged and learned."
                        + " Resume the run to start the cell anew");
        assertThat(RunFolder.open(temporary).status().get(0).state()).isEqualTo(CellState.FAILED);
    }

    @Test
    void runsCellsWhoseFoldersWereDeletedBeforeTheyBegan() {
        RunFolder folder =
                RunFolder.create(temporary, Plans.of(Plans.pretrain("delete all cells", 0), Plans.pretrain("ok", 0)));

        assertThat(scheduler(folder, 1).run(false))
                .extracting(CellStatus::state)
                .containsExactly(CellState.FAILED, CellState.DONE);
    }

    @Test
    void endsWithASentenceWhenTheRunIsDeletedBeneath() {
        Path place = temporary.resolve("run");
        PlannedCell cell = Plans.pretrain("delete the run", 0);
        PlannedCell next = Plans.pretrain("ok", 0);
        RunFolder folder = RunFolder.create(place, Plans.of(cell, next));

        assertThatThrownBy(() -> scheduler(folder, 1).run(false))
                .isInstanceOf(StorageException.class)
                .hasMessage(place + ": this folder was deleted, or replaced by another, while its cells ran. What they"
                        + " did since is lost: run the experiment again");
        assertThat(place).doesNotExist();
        assertThat(started).containsExactly(cell.id());
    }

    private Scheduler scheduler(RunFolder folder, int slots) {
        return new Scheduler(folder, processes(), () -> slots, PlannedCell::seed, DiskSpace.ofThisMachine(), listener);
    }

    private static CellProcess processes() {
        return new CellProcess(cell -> new CellResources(32, 1), FakeCell.class.getName(), Optional.empty());
    }

    /** Waits until something stands in the file. */
    private static void awaitFile(Path file) {
        try {
            while (!Files.exists(file) || Files.size(file) == 0) {
                Thread.sleep(20);
            }
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
