package org.adapt4j.runtime.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.adapt4j.runtime.run.CellCommand;
import org.adapt4j.runtime.run.CellEnd;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellLauncher;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.Failure;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfileBuilder;
import org.apache.spark.resource.TaskResourceRequests;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** The cells of a run on a cluster: each is a job of Spark with one task. */
final class SparkCells implements CellLauncher {
    /**
     * Ends that come from outside, so that another try may end otherwise: SIGHUP, SIGKILL, SIGTERM, and a process of a lost executor that has
     * not stopped yet.
     */
    private static final List<Integer> FROM_OUTSIDE = List.of(128 + 1, 128 + 9, 128 + 15, CellEnd.BUSY);

    private final SparkSettings settings;
    private final CellProcess processes;
    private final JavaSparkContext spark;
    private final CellDesk desk;
    private final Path runPath;
    private final Optional<CodeArchive> code;
    private final int taskCores;
    private final Map<String, Integer> cores = new ConcurrentHashMap<>();

    SparkCells(RunFolder run, SparkSettings settings, CellProcess processes, JavaSparkContext spark) {
        this.settings = settings;
        this.processes = processes;
        this.spark = spark;
        this.runPath = run.path().toAbsolutePath().normalize();
        this.desk = new CellDesk(
                runPath,
                settings.shared(),
                run.plan().cells().stream().collect(Collectors.toMap(PlannedCell::id, PlannedCell::learned)));
        this.taskCores = spark.getConf().getInt("spark.task.cpus", 1);
        CellLink.answerBy(desk::answer);
        spark.sc().addSparkListener(new Counting());
        this.code = settings.shared() || run.plan().cells().isEmpty()
                ? Optional.empty()
                : Optional.of(CodeArchive.of(
                        processes.command(run.cell(run.plan().cells().get(0))), runPath.resolve(".spark")));
        code.ifPresent(archive -> spark.sc().addArchive(archive.address()));
    }

    /** Knows how many cores the cluster has for this application. */
    private final class Counting extends SparkListener {
        @Override
        public void onExecutorAdded(SparkListenerExecutorAdded added) {
            cores.put(added.executorId(), added.executorInfo().totalCores());
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
            cores.remove(removed.executorId());
        }
    }

    /** As many as the executors have cores for now; at least one, since a cluster may wait for a task before it makes executors. */
    @Override
    public OptionalInt capacity() {
        return OptionalInt.of(Math.max(
                1, cores.values().stream().mapToInt(each -> each / taskCores).sum()));
    }

    @Override
    public Running start(CellFolder folder) {
        CellRun cell = new CellRun(folder);
        Thread waiting = new Thread(cell, "cell " + cell.name);
        waiting.setDaemon(true);
        waiting.setContextClassLoader(SparkCells.class.getClassLoader());
        waiting.start();
        return cell;
    }

    @Override
    public void close() {
        spark.close();
        CellLink.answerBy(null);
        desk.deleteAside();
    }

    /** A cell, from its first task to the end of its last. */
    private final class CellRun implements Running, Runnable {
        private final CellFolder folder;
        private final String name;
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();
        private volatile long pid;

        private CellRun(CellFolder folder) {
            this.folder = folder;
            this.name = String.valueOf(folder.path().getFileName());
            desk.want(name);
        }

        @Override
        public void run() {
            int status = CellEnd.INTERRUPTED;
            try {
                status = compute();
            } catch (RuntimeException e) {
                interrupted("Spark failed: " + e.getMessage());
            } finally {
                desk.forget(name);
                exit.complete(status);
            }
        }

        private int compute() {
            for (int attempt = 0; ; attempt++) {
                String lost;
                try {
                    String[] end = task();
                    pid = Long.parseLong(end[1]);
                    int status = Integer.parseInt(end[0]);
                    if (status == CellTask.NONE) {
                        interrupted(end[2].isEmpty() ? "stopped before it began" : end[2]);
                        return CellEnd.INTERRUPTED;
                    }
                    if (!FROM_OUTSIDE.contains(status)
                            || desk.wish(name) != Words.GO
                            || attempt == settings.retries()) {
                        return status;
                    }
                    lost = status == CellEnd.BUSY
                            ? "another process still worked on it"
                            : "signal " + (status - 128) + " ended its process";
                } catch (SparkException e) {
                    lost = "its executor was lost: " + firstLine(e);
                }
                if (desk.wish(name) != Words.GO || spark.sc().isStopped()) {
                    interrupted(
                            desk.wish(name) != Words.GO ? "stopped on request" : "Spark's application ended: " + lost);
                    return CellEnd.INTERRUPTED;
                }
                if (attempt == settings.retries()) {
                    folder.fail(new Failure(
                            Failure.Kind.KILLED,
                            lost + ", as " + attempt + (attempt == 1 ? " time" : " times")
                                    + " before (run.spark.retries). Resume the run to go on from the last checkpoint"));
                    return CellEnd.FAILED;
                }
                desk.because(name, lost);
            }
        }

        /** Has Spark run one task of the cell; returns what that returns. @throws SparkException if its executor was lost, or nobody wants it */
        private String[] task() throws SparkException {
            CellCommand command = processes.command(folder);
            CellTask task = new CellTask(
                    name,
                    runPath.toString(),
                    settings,
                    command,
                    code.map(CodeArchive::classPath)
                            .orElseGet(() -> command.classPath().stream()
                                    .map(jar -> jar.toAbsolutePath().toString())
                                    .toList()),
                    code.isPresent()
                            ? code.get().plugins()
                            : command.plugins()
                                    .map(jars -> jars.toAbsolutePath().toString()));
            spark.setJobGroup(name, "cell " + name, true);
            JavaRDD<String[]> one = spark.parallelize(List.of(0), 1).map(task);
            if (command.given().accelerated()) {
                one = one.withResources(new ResourceProfileBuilder()
                        .require(new TaskResourceRequests().cpus(taskCores).resource(CellTask.ACCELERATOR, 1))
                        .build());
            }
            return only(one);
        }

        private String[] only(JavaRDD<String[]> one) throws SparkException {
            try {
                return one.collect().get(0);
            } catch (Exception e) { // Scala declares nothing
                if (e instanceof SparkException lost) {
                    throw lost;
                }
                throw new SparkException(String.valueOf(e.getMessage()), e);
            }
        }

        private void interrupted(String why) {
            pid = ProcessHandle.current().pid(); // who says it
            folder.enter(CellState.INTERRUPTED, why.lines().findFirst().orElse(""));
        }

        private String firstLine(Exception e) {
            return String.valueOf(e.getMessage())
                    .lines()
                    .findFirst()
                    .orElse("")
                    .replaceAll(".*most recent failure: ", "");
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public void askToStop() {
            desk.wish(name, Words.STOP);
            if (!desk.isTaken(name)) {
                spark.sc().cancelJobGroup(name); // it waits in Spark's queue
            }
        }

        @Override
        public void kill() {
            desk.wish(name, Words.END);
            spark.sc().cancelJobGroup(name);
        }
    }
}
