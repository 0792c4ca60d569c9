package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellLauncher;
import org.adapt4j.runtime.run.DurableFiles;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;

/**
 * Measures how fast a cell runs on this machine by running it for some seconds in a folder that is thrown away.
 *
 * <p>Where others use the machine meanwhile, a second by the wall is little work; the cell's own processor time tells what it would take
 * alone. The shorter of the two counts: on an idle machine several threads take more processor time than there passes.
 */
final class Probe {
    /** The first updates warm the virtual machine up. */
    private static final int WARM_UP_LINES = 2;

    /** An update that takes this long warms up within itself. */
    private static final double LONG_UPDATE_SECONDS = 5;

    /** Gives up after this many times the seconds to spend. */
    private static final int PATIENCE = 30;

    /** A cell that is asked to stop first ends its update and writes a checkpoint. */
    private static final double STOPPING_SECONDS = 20;

    private static final int ENOUGH_LINES = 12;

    /**
     * What was measured.
     *
     * @param stepsPerSecond environment steps of training; updates where nothing is played
     * @param updatesPerSecond gradient updates, as the method counts them
     * @param measuredStepsPerSecond environment steps of measuring
     * @param memory most resident bytes of the process
     * @param logBytesPerStep growth of the logs
     * @param checkpointBytes size of a checkpoint
     */
    record Speed(
            double stepsPerSecond,
            double updatesPerSecond,
            double measuredStepsPerSecond,
            long memory,
            double logBytesPerStep,
            long checkpointBytes) {}

    /** A measurement, or why there is none. */
    record Outcome(Optional<Speed> speed, String problem) {}

    private final CellLauncher launcher;
    private final double seconds;

    /** @param seconds to spend at most, after the first line of metrics */
    Probe(CellLauncher launcher, double seconds) {
        this.launcher = launcher;
        this.seconds = seconds;
    }

    /** Runs the cell for a while. */
    Outcome measure(PlannedCell cell) {
        try {
            Path root = Files.createTempDirectory("adapt4j-probe");
            try {
                CellFolder folder = CellFolder.at(root.resolve(cell.id()));
                DurableFiles.write(folder.path().resolve("resolved.conf"), cell.resolved());
                return watch(folder);
            } finally {
                delete(root);
            }
        } catch (IOException e) {
            throw new UsageException("cannot measure in " + System.getProperty("java.io.tmpdir") + ": " + e);
        }
    }

    /** When something was seen. @param wall seconds @param processor seconds that the process had used */
    private record Moment(double wall, double processor) {
        static Moment of(CellLauncher.Running running) {
            double used = ProcessHandle.of(running.pid())
                    .flatMap(process -> process.info().totalCpuDuration())
                    .map(time -> time.toMillis() / 1e3)
                    .orElse(0.0);
            return new Moment(System.nanoTime() / 1e9, used);
        }

        double since(Moment before) {
            double used = processor - before.processor;
            double passed = wall - before.wall;
            return used > 0 ? Math.min(used, passed) : passed;
        }
    }

    private Outcome watch(CellFolder folder) throws IOException {
        CellLauncher.Running running = launcher.start(folder);
        try {
            double begin = System.nanoTime() / 1e9;
            int warmUp = WARM_UP_LINES;
            Moment firstAt = Moment.of(running);
            Moment lastAt = firstAt;
            long firstSteps = 0;
            long lastSteps = 0;
            double measuredSpeed = 0;
            long updates = 0;
            int lines = 0;
            while (System.nanoTime() / 1e9 < begin + PATIENCE * seconds && !ended(running, 20)) {
                Optional<ObjectNode> line = JsonLines.last(folder.metrics());
                long steps = steps(line);
                if (steps <= lastSteps) {
                    continue;
                }
                Moment now = Moment.of(running);
                lines++;
                if (lines == 1 && now.wall() - begin > LONG_UPDATE_SECONDS) {
                    warmUp = 1;
                }
                if (lines == 1) {
                    measuredSpeed = measuredSpeed(running, folder, begin + PATIENCE * seconds);
                    now = Moment.of(running);
                    line = JsonLines.last(folder.metrics());
                    steps = steps(line);
                }
                if (lines <= warmUp) {
                    firstAt = now;
                    firstSteps = steps;
                    updates = -line.map(l -> l.path("updates").asLong()).orElse(0L);
                }
                lastAt = now;
                lastSteps = steps;
                if (lines >= ENOUGH_LINES || (lines > warmUp && now.wall() - firstAt.wall() > seconds)) {
                    updates += line.map(l -> l.path("updates").asLong()).orElse(0L);
                    break;
                }
            }
            double time = lastAt.since(firstAt);
            if (lines <= warmUp || time <= 0) {
                return new Outcome(Optional.empty(), problem(folder));
            }
            long memory = memory(running.pid());
            running.askToStop();
            double longestUpdate = (lastAt.wall() - firstAt.wall()) / (lines - warmUp);
            var unused = ended(running, (long) (1e3 * (STOPPING_SECONDS + 2 * longestUpdate)));
            return new Outcome(
                    Optional.of(new Speed(
                            (lastSteps - firstSteps) / time,
                            Math.max(0, updates) / time,
                            measuredSpeed,
                            memory,
                            Files.size(folder.metrics()) / (double) lastSteps,
                            size(folder.path().resolve("checkpoint")))),
                    "");
        } finally {
            running.kill();
            var unused = ended(running, 5_000);
        }
    }

    private static long steps(Optional<ObjectNode> line) {
        return line.map(Steps::of).orElse(0L);
    }

    /** Waits for what the cell measures when its first updates are made; 0 if that does not come. */
    private static double measuredSpeed(CellLauncher.Running running, CellFolder folder, double patience) {
        Moment since = Moment.of(running);
        long trained = steps(JsonLines.last(folder.metrics()));
        while (System.nanoTime() / 1e9 < patience && !ended(running, 5)) {
            if (JsonLines.last(folder.evaluations()).isPresent()) {
                double time = Moment.of(running).since(since);
                // All its lines are written at once; the last may be on its way.
                var unused = ended(running, 100);
                long played = 0;
                for (ObjectNode line : JsonLines.read(folder.evaluations())) {
                    for (JsonNode length : line.path("lengths")) {
                        played += length.asLong();
                    }
                }
                return played / time;
            }
            // A method may make several updates before it lets itself be measured.
            long steps = steps(JsonLines.last(folder.metrics()));
            if (steps > trained) {
                trained = steps;
                since = Moment.of(running);
            }
        }
        return 0;
    }

    private static boolean ended(CellLauncher.Running running, long millis) {
        try {
            var unused = running.exit().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The high-water mark of the resident set; 0 where the system does not tell. */
    private static long memory(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
            return lines.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** What the cell says of itself; where it could not say anything any more, the end of its log. */
    private static String problem(CellFolder folder) {
        Optional<String> reason = folder.lastReason();
        if (reason.isPresent()) {
            return reason.get();
        }
        List<String> tail = folder.logTail();
        return tail.isEmpty() ? "no update was finished in time" : tail.get(tail.size() - 1);
    }

    private static long size(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
