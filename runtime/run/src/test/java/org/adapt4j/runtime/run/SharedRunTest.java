package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several workers, each a process of its own, on one run. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class SharedRunTest {
    private static final int PATIENCE_MINUTES = 15;

    /** Debian's libfaketime; without it the loader says that it is not there, and the clock is right. */
    private static final Map<String, String> AN_HOUR_AHEAD = Map.of(
            "LD_PRELOAD", "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
            "FAKETIME", "+1h",
            "FAKETIME_DONT_FAKE_MONOTONIC", "1",
            "NO_FAKE_STAT", "1");

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

    @Test
    void tellsACellThatAnEngineRunsElsewhereForAProcessHere() {
        PlannedCell cell = Plans.pretrain("ok", 0);
        RunFolder folder = RunFolder.create(run, Plans.of(cell));
        CellFolder own = folder.cell(cell);
        Lease lease = Lease.take(own, Worker.ofThisProcess("driver")).orElseThrow();
        try (JsonLines states = JsonLines.open(own.path().resolve("state.jsonl"), JsonLines.ALL)) {
            states.append(JsonNodeFactory.instance
                    .objectNode()
                    .put("state", "running")
                    .put("at", Instant.now().toString())
                    .put("pid", ProcessHandle.current().pid())
                    .put("boot", "that of another machine"));
        }

        assertThat(folder.status())
                .extracting(CellStatus::state, CellStatus::reason)
                .containsExactly(tuple(CellState.RUNNING, "worker driver"));
        lease.close();

        assertThat(folder.status()).extracting(CellStatus::state).containsExactly(CellState.LOST);
    }

    /** Two workers at any time, one of which goes an hour before the other where the machine can have two clocks. */
    @Test
    @Tag("slow")
    void losesNothingAndRunsNothingTwiceOverTwentyKills() throws Exception {
        RunFolder folder = RunFolder.create(run, plan(24, "doze"));
        Random random = new Random(20);
        List<Process> members = new ArrayList<>(List.of(member("a", Map.of()), member("b", AN_HOUR_AHEAD)));
        Map<String, String> done = new HashMap<>();

        for (int kills = 0; kills < 20; kills++) {
            Thread.sleep(random.nextInt(1000));
            assertThat(members).as("run was over after " + kills).anyMatch(Process::isAlive);
            int which = random.nextInt(2);
            Process victim = members.get(which);
            victim.descendants().forEach(ProcessHandle::destroyForcibly);
            victim.destroyForcibly().waitFor();
            for (CellStatus status : folder.status()) {
                if (status.state() == CellState.DONE) {
                    done.putIfAbsent(status.cell().id(), runs(folder, status.cell()));
                }
            }
            members.set(which, member("after " + kills, which == 0 ? Map.of() : AN_HOUR_AHEAD));
        }

        for (Process member : members) {
            assertThat(member.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(member.exitValue()).isZero();
        }
        assertThat(folder.status()).extracting(CellStatus::state).containsOnly(CellState.DONE);
        assertThat(done).isNotEmpty();
        for (PlannedCell cell : folder.plan().cells()) {
            assertThat(runs(folder, cell)).isEqualTo(done.getOrDefault(cell.id(), runs(folder, cell)));
        }
    }

    private static String runs(RunFolder folder, PlannedCell cell) throws IOException {
        return Files.readString(folder.cell(cell).path().resolve("runs"));
    }

    private static RunPlan plan(int pairs) {
        return plan(pairs, "ok");
    }

    private static RunPlan plan(int pairs, String behaviour) {
        List<PlannedCell> cells = new ArrayList<>();
        for (int seed = 0; seed < pairs; seed++) {
            PlannedCell pretrain = Plans.pretrain(behaviour, seed);
            cells.add(pretrain);
            cells.add(Plans.adapt(behaviour, pretrain));
        }
        return Plans.of(cells.toArray(PlannedCell[]::new));
    }

    private Process member(String name) throws IOException {
        return member(name, Map.of());
    }

    private Process member(String name, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Member.class.getName(),
                        run.toString(),
                        name)
                .inheritIO();
        builder.environment().putAll(variables);
        return builder.start();
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
