package org.adapt4j.runtime.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several workers, each a process of its own, on one run. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class SharedRunTest {
    private static final int PATIENCE_MINUTES = 15;

    /** The time of day an hour ahead, for programs that load it before the C library; all other clocks are right. */
    private static final String AN_HOUR_AHEAD = """
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>
        extern "C" int clock_gettime(clockid_t clock, struct timespec *now) noexcept {
          int failed = syscall(SYS_clock_gettime, clock, now);
          if (!failed && clock == CLOCK_REALTIME) now->tv_sec += 3600;
          return failed;
        }
        extern "C" int gettimeofday(struct timeval *now, void *) noexcept {
          struct timespec fine;
          int failed = clock_gettime(CLOCK_REALTIME, &fine);
          now->tv_sec = fine.tv_sec;
          now->tv_usec = fine.tv_nsec / 1000;
          return failed;
        }
        """;

    @TempDir
    private Path temporary = Path.of("");

    private Path run = Path.of("");

    @BeforeEach
    void nameTheRun() {
        run = temporary.resolve("run");
    }

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

    /** Two workers at any time, the clock of one an hour ahead. Half of the kills take the process of the cell too, and half leave it behind. */
    @Test
    @Tag("slow")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void losesNothingAndRunsNothingTwiceOverTwentyKills() throws Exception {
        RunFolder folder = RunFolder.create(run, plan(32, "doze"));
        Random random = new Random(20);
        Map<String, String> ahead = anHourAhead();
        List<Process> members = new ArrayList<>(List.of(member("a", Map.of()), member("b", ahead)));
        Map<String, String> done = new HashMap<>();

        for (int kills = 0; kills < 20; kills++) {
            awaitMore(folder, done, members);
            Thread.sleep(random.nextInt(600));
            int which = random.nextInt(2);
            Process victim = members.get(which);
            if (random.nextBoolean()) {
                victim.descendants().forEach(ProcessHandle::destroyForcibly);
            }
            victim.destroyForcibly().waitFor();
            members.set(which, member("after " + kills, which == 0 ? Map.of() : ahead));
        }
        assertThat(done).as("run was over before it was killed").hasSizeLessThan(64);

        for (Process member : members) {
            assertThat(member.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(member.exitValue()).isZero();
        }
        assertThat(folder.status()).extracting(CellStatus::state).containsOnly(CellState.DONE);
        assertThat(done(folder)).anyMatch(SharedRunTest::isAhead).anyMatch(at -> !isAhead(at));
        for (PlannedCell cell : folder.plan().cells()) {
            assertThat(ran(folder, cell)).isEqualTo(done.getOrDefault(cell.id(), ran(folder, cell)));
        }
    }

    private Map<String, String> anHourAhead() throws Exception {
        Path source = Files.writeString(temporary.resolve("ahead.cpp"), AN_HOUR_AHEAD);
        Path library = temporary.resolve("ahead.so");
        Process compiler = new ProcessBuilder("g++", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return Map.of("LD_PRELOAD", library.toString());
    }

    /** When cells were done, by the clocks of those who did them. */
    private static List<Instant> done(RunFolder folder) {
        return folder.plan().cells().stream()
                .map(cell -> folder.cell(cell).lastState().orElseThrow())
                .map(line -> Instant.parse(line.path("at").asText()))
                .toList();
    }

    private static boolean isAhead(Instant at) {
        return at.isAfter(Instant.now().plus(Duration.ofMinutes(1)));
    }

    /** Waits until a cell is done that was not, and notes for each that is how often it ran, and when it ended. */
    private static void awaitMore(RunFolder folder, Map<String, String> done, List<Process> members) throws Exception {
        int before = done.size();
        while (done.size() == before) {
            assertThat(members).as("%s cells are done", before).anyMatch(Process::isAlive);
            for (CellStatus status : folder.status()) {
                if (status.state() == CellState.DONE
                        && !done.containsKey(status.cell().id())) {
                    done.put(status.cell().id(), ran(folder, status.cell()));
                }
            }
            Thread.sleep(20);
        }
    }

    private static String ran(RunFolder folder, PlannedCell cell) throws IOException {
        Path own = folder.cell(cell).path();
        return Files.readString(own.resolve("runs"))
                + Files.getLastModifiedTime(own.resolve("result.json"))
                + Files.readAttributes(own.resolve("result.json"), "unix:ino");
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
