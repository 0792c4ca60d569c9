package org.adapt4j.runtime.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is killed with SIGKILL at random moments, twenty times, is only taken up again: no cell is lost, none that is done runs again, and all
 * bytes are those of a local run. Moments are events of the run with a short delay, so they come on any machine.
 */
@Tag("slow")
@Timeout(value = 90, unit = TimeUnit.MINUTES)
final class SparkKillsTest {
    private static final long SEED = 19;
    private static final long PATIENCE_MINUTES = 15;

    /** Who is killed. */
    private enum Victim {
        DRIVER,
        /** With all that it has started. */
        MACHINE,
        /** The process of the worker alone: executor and cell live on for a while. */
        WORKER
    }

    /** What is waited for before. */
    private enum Event {
        NONE(5_000),
        CELL_BEGINS(3_000),
        CHECKPOINT(500),
        CELL_IS_DONE(500);

        private final int delayMillis;

        Event(int delayMillis) {
            this.delayMillis = delayMillis;
        }
    }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path temporary = Path.of("");

    private final Random random = new Random(SEED);
    private final List<ProcessHandle> leftBehind = new ArrayList<>();

    @Test
    void losesNothingAndRepeatsNothingThoughTwentyAreKilled() throws Exception {
        Path experiment = Tool.experiment(temporary, "killed", 4);
        List<Victim> victims = new ArrayList<>(Collections.nCopies(8, Victim.DRIVER));
        victims.addAll(Collections.nCopies(6, Victim.MACHINE));
        victims.addAll(Collections.nCopies(6, Victim.WORKER));
        Collections.shuffle(victims, random);
        try (Tool tool = new Tool(temporary);
                Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            Map<String, String> local = tool.runLocally(experiment, temporary.resolve("local"));
            List<Process> workers = new ArrayList<>(List.of(cluster.worker(), cluster.worker()));

            // A run ends before many are killed: others follow, with and without shared storage in turn.
            for (int round = 0; !victims.isEmpty(); round++) {
                Path run = temporary.resolve("run" + round);
                String[] settings = {
                    "run.spark.bring-back=1s", "run.spark.retries=20", "run.spark.shared=" + (round % 2 == 1)
                };
                Map<String, String> done = new TreeMap<>();
                Process driver = tool.run(experiment, run, cluster, settings);
                while (!victims.isEmpty() && comes(Event.values()[random.nextInt(4)], run, driver)) {
                    done.putAll(resultsOf(run));
                    if (kill(victims.remove(0), driver, workers, cluster)) {
                        driver = tool.run(experiment, run, cluster, settings);
                    }
                }

                assertThat(Tool.exit(driver)).as(tool.said()).isZero();
                assertThat(Tool.results(run)).isEqualTo(local);
                assertThat(resultsOf(run)).as("done once").hasSize(8).containsAllEntriesOf(done);
                assertThat(statesOf(run))
                        .as("never done and begun again")
                        .noneMatch(states -> states.indexOf("done") >= 0 && states.indexOf("done") < states.size() - 1);
            }
            // Of what was left alone, nothing runs for ever.
            for (ProcessHandle left : leftBehind) {
                left.onExit().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
            }
        } finally {
            leftBehind.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Kills, and starts another worker in place of one. @return whether it was the driver */
    private boolean kill(Victim victim, Process driver, List<Process> workers, Cluster cluster) throws Exception {
        if (victim == Victim.DRIVER) {
            driver.destroyForcibly().waitFor();
            return true;
        }
        Process worker = workers.remove(random.nextInt(workers.size()));
        if (victim == Victim.MACHINE) {
            Cluster.kill(worker);
        } else {
            leftBehind.addAll(worker.descendants().toList());
            worker.destroyForcibly().waitFor();
        }
        workers.add(cluster.worker());
        return false;
    }

    /** Waits for an event and somewhat longer. @return whether the driver lives still */
    private boolean comes(Event event, Path run, Process driver) throws Exception {
        int delay = random.nextInt(event.delayMillis);
        String before = sign(event, run);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (event != Event.NONE && driver.isAlive() && sign(event, run).equals(before)) {
            assertThat(System.nanoTime()).as("nothing more happens: %s", event).isLessThan(end);
            Thread.sleep(20);
        }
        return !driver.waitFor(delay, TimeUnit.MILLISECONDS);
    }

    /** Is another once the event has come. */
    private static String sign(Event event, Path run) throws IOException {
        return switch (event) {
            case NONE -> "";
            case CELL_BEGINS ->
                statesOf(run).stream()
                        .map(states -> Integer.toString(Collections.frequency(states, "running")))
                        .toList()
                        .toString();
            case CHECKPOINT -> identities(run, "checkpoint/state.bin").toString();
            case CELL_IS_DONE -> resultsOf(run).keySet().toString();
        };
    }

    /** The results that stand, and which files they are in. */
    private static Map<String, String> resultsOf(Path run) throws IOException {
        return identities(run, "result.json");
    }

    private static Map<String, String> identities(Path run, String name) throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (Path cell : cells(run)) {
            try {
                found.put(
                        cell.getFileName().toString(),
                        Files.readAttributes(cell.resolve(name), "unix:ino,ctime")
                                .toString());
            } catch (IOException e) {
                continue; // there is none yet, or none any more
            }
        }
        return found;
    }

    /** In which states each cell was, in the order of time. */
    private static List<List<String>> statesOf(Path run) throws IOException {
        List<List<String>> all = new ArrayList<>();
        for (Path cell : cells(run)) {
            Path states = cell.resolve("state.jsonl");
            all.add(
                    Files.exists(states)
                            ? Files.readAllLines(states).stream()
                                    .map(line -> line.replaceAll("\\{\"state\":\"([a-z-]+)\".*", "$1"))
                                    .toList()
                            : List.of());
        }
        return all;
    }

    private static List<Path> cells(Path run) throws IOException {
        if (!Files.isDirectory(run.resolve("cells"))) {
            return List.of();
        }
        try (Stream<Path> cells = Files.list(run.resolve("cells"))) {
            return cells.sorted().toList();
        }
    }
}
