package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several workers, each a process of its own, on one run. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class SharedRunTest {
    private static final int PATIENCE_MINUTES = 5;

    @TempDir
    private Path run = Path.of("");

    /** A program that runs the cells of a folder together with others of its kind. */
    static final class Member {
        private Member() {}

        public static void main(String[] arguments) {
            RunFolder folder = RunFolder.open(Path.of(arguments[0]));
            CellProcess processes =
                    new CellProcess(cell -> new CellResources(32, 1), FakeCell.class.getName(), Optional.empty());
            Scheduler.shared(
                            folder,
                            processes,
                            () -> 1,
                            cell -> 1,
                            DiskSpace.ofThisMachine(),
                            new Silent(),
                            Worker.ofThisProcess(arguments[1]))
                    .run(false);
        }
    }

    private static final class Silent implements Scheduler.Listener {
        @Override
        public void started(PlannedCell cell) {}

        @Override
        public void ended(CellStatus status) {}
    }

    @Test
    void runsEachCellOnce() throws Exception {
        RunFolder folder = RunFolder.create(run, plan(4));

        List<Process> members = List.of(member("a"), member("b"), member("c"));
        for (Process member : members) {
            assertThat(member.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(member.exitValue()).isZero();
        }

        assertThat(folder.status()).extracting(CellStatus::state).containsOnly(CellState.DONE);
        for (PlannedCell cell : folder.plan().cells()) {
            assertThat(folder.cell(cell).path().resolve("runs")).hasContent("x");
        }
    }

    @Test
    void takesUpWhatAKilledOneLeft() throws Exception {
        RunFolder folder = RunFolder.create(run, plan(3));
        Random random = new Random(19);

        for (int kills = 0; kills < 3; kills++) {
            Process victim = member("victim " + kills);
            awaitLease(folder, victim, "victim " + kills);
            Thread.sleep(random.nextInt(300));
            victim.descendants().forEach(ProcessHandle::destroyForcibly);
            victim.destroyForcibly().waitFor();
        }
        Process survivor = member("survivor");

        assertThat(survivor.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(folder.status()).extracting(CellStatus::state).containsOnly(CellState.DONE);
    }

    @Test
    void tellsACellOfAFarWorkerFromALostOne() {
        PlannedCell cell = Plans.pretrain("ok", 0);
        RunFolder folder = RunFolder.create(run, Plans.of(cell));
        CellFolder own = folder.cell(cell);
        Worker far = new Worker("node7:12", 12, 1, "another boot");
        Lease lease = Lease.take(own, far).orElseThrow();
        own.enter(CellState.RUNNING, null, 4_000_000); // no process here has this number

        assertThat(folder.status())
                .extracting(CellStatus::state, CellStatus::reason)
                .containsExactly(tuple(CellState.RUNNING, "worker node7:12"));
        lease.close();

        assertThat(folder.status()).extracting(CellStatus::state).containsExactly(CellState.LOST);
    }

    private static RunPlan plan(int pairs) {
        List<PlannedCell> cells = new ArrayList<>();
        for (int seed = 0; seed < pairs; seed++) {
            PlannedCell pretrain = Plans.pretrain("ok", seed);
            cells.add(pretrain);
            cells.add(Plans.adapt("ok", pretrain));
        }
        return Plans.of(cells.toArray(PlannedCell[]::new));
    }

    private Process member(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Member.class.getName(),
                        run.toString(),
                        name)
                .inheritIO()
                .start();
    }

    /** Waits until a member works on a cell, or is done with all. */
    private static void awaitLease(RunFolder folder, Process member, String name) throws InterruptedException {
        while (member.isAlive()) {
            for (PlannedCell cell : folder.plan().cells()) {
                if (Lease.holder(folder.cell(cell))
                        .filter(holder -> holder.worker().name().equals(name))
                        .isPresent()) {
                    return;
                }
            }
            Thread.sleep(20);
        }
    }
}
