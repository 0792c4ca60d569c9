package org.adapt4j.runtime.spark;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.CellCommand;
import org.adapt4j.runtime.run.CellResources;
import org.adapt4j.runtime.run.KnownSums;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;

/**
 * The task of a cell, on the worker that Spark chose: starts the process that a local run would start, asks the driver what is wished of it, and
 * without shared storage fetches what the cell needs and brings back what it makes. A crash of native code ends that process, not the executor.
 *
 * <p>It returns the exit status, the number of the process, and what was wrong if no process came to be. It throws only if the executor cannot go
 * on.
 */
final class CellTask implements Function<Integer, String[]> {
    private static final long serialVersionUID = 1;

    private static final long BEAT_MILLIS = 1_000;

    /** A cell that is asked to stop ends its update first, and writes a checkpoint. */
    private static final long STOP_MINUTES = 10;

    /** Spark's name of what a cell with {@code device = gpu} needs one of. */
    static final String ACCELERATOR = "gpu";

    /** No process ends with it: none was started. */
    static final int NONE = -1;

    private final String cell;
    private final String run;
    private final boolean shared;
    private final long bringBackMillis;
    private final int heapMegabytes;
    private final int threads;
    private final String mainClass;
    private final ArrayList<String> classPath;
    private final boolean plugins;
    private final String pluginFolder;

    /**
     * @param cell its name
     * @param run folder of the run, where this machine has it
     * @param command that starts the cell here; without shared storage its jars are those of {@link CodeArchive}
     * @param classPath where the jars are on the worker
     */
    CellTask(
            String cell,
            String run,
            SparkSettings settings,
            CellCommand command,
            List<String> classPath,
            Optional<String> pluginFolder) {
        this.cell = cell;
        this.run = run;
        this.shared = settings.shared();
        this.bringBackMillis = settings.bringBack().toMillis();
        this.heapMegabytes = command.given().heapMegabytes();
        this.threads = command.given().threads();
        this.mainClass = command.mainClass();
        this.classPath = new ArrayList<>(classPath);
        this.plugins = pluginFolder.isPresent();
        this.pluginFolder = pluginFolder.orElse("");
    }

    @Override
    public String[] call(Integer unused) throws Exception {
        Path local = Path.of(SparkFiles.getRootDirectory()).toAbsolutePath();
        TaskContext task = TaskContext.get();
        Path root = shared ? Path.of(run) : local.resolve("adapt4j-cell-" + task.taskAttemptId());
        CellShuttle shuttle = new CellShuttle(cell, root, CellLink::ask);
        DataInputStream order = shuttle.take();
        if (shuttle.verdict() != Words.GO) {
            return end(NONE, 0, "");
        }
        try {
            if (shared) {
                if (!Files.isWritable(shuttle.folder()) || !Files.exists(Path.of(classPath.get(0)))) {
                    return end(
                            NONE,
                            0,
                            "the worker on " + InetAddress.getLocalHost().getHostName() + " cannot write to "
                                    + shuttle.folder() + ", or does not see " + classPath.get(0)
                                    + ". Set run.spark.shared = false where workers see other folders than this"
                                    + " machine");
                }
            } else {
                shuttle.fetch(order);
                handOnSums(local, root);
            }
            return run(shuttle, local, task);
        } finally {
            if (!shared) {
                handOnSums(root, local);
                delete(root);
            }
        }
    }

    private String[] run(CellShuttle shuttle, Path local, TaskContext task) throws Exception {
        List<Path> jars = new ArrayList<>();
        classPath.forEach(jar -> jars.add(local.resolve(jar))); // a path of shared storage stays as it is
        CellCommand command = new CellCommand(
                new CellResources(heapMegabytes, threads),
                jars,
                mainClass,
                plugins ? Optional.of(local.resolve(pluginFolder)) : Optional.empty());
        ResourceInformation given = task.resourcesJMap().get(ACCELERATOR);
        ProcessBuilder builder = command.in(shuttle.folder(), given == null ? List.of() : List.of(given.addresses()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return end(NONE, 0, "its process cannot be started on this worker: " + e.getMessage());
        }
        try {
            long brought = System.nanoTime();
            boolean asked = false;
            while (!process.waitFor(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
                int wish = shuttle.beat();
                if (wish == Words.END) {
                    process.destroyForcibly();
                } else if (wish == Words.STOP && !asked) {
                    process.destroy();
                    asked = true;
                }
                if (!shared && System.nanoTime() - brought > TimeUnit.MILLISECONDS.toNanos(bringBackMillis)) {
                    shuttle.bringBack(false);
                    brought = System.nanoTime();
                }
            }
            if (!shared) {
                shuttle.bringBack(true);
            }
            return end(process.exitValue(), process.pid(), "");
        } catch (InterruptedException e) {
            process.destroyForcibly().waitFor(); // nobody waits for it any more
            throw e;
        } finally {
            if (process.isAlive()) { // the driver does not answer: somebody may go on from the checkpoint
                process.destroy();
                if (!process.waitFor(STOP_MINUTES, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                }
            }
        }
    }

    /** Hands on what one cell found out of the jars and libraries here: half a gigabyte that the next need not read. */
    private static void handOnSums(Path from, Path to) {
        Path sums = from.resolve(KnownSums.FILE);
        try {
            if (Files.exists(sums)) {
                Path part = Files.createTempFile(to, KnownSums.FILE, ".part");
                Files.copy(sums, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, to.resolve(KnownSums.FILE), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            return; // the next cell reads them again
        }
    }

    private static String[] end(int exit, long pid, String problem) {
        return new String[] {Integer.toString(exit), Long.toString(pid), problem};
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // Spark deletes what is left of an application
        }
    }
}
