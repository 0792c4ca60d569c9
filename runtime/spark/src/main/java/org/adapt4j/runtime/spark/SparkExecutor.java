package org.adapt4j.runtime.spark;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapt4j.runtime.run.CellExecutor;
import org.adapt4j.runtime.run.CellLauncher;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.CellResources;
import org.adapt4j.runtime.run.ExecutorException;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Computes cells on a cluster of Apache Spark: {@code run.executor = spark}. */
public final class SparkExecutor implements CellExecutor<SparkSettings> {
    /** Of an executor's heap: it starts processes and hands on their files. */
    private static final String HEAP = "512m";

    private static final int SECRET_BYTES = 32;

    @Override
    public String name() {
        return "spark";
    }

    @Override
    public Class<SparkSettings> settings() {
        return SparkSettings.class;
    }

    @Override
    public CellLauncher open(RunFolder run, SparkSettings settings, CellProcess processes) {
        System.setProperty("adapt4j.spark.log", run.path().resolve("spark.log").toString());
        ClassLoader own = SparkExecutor.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(own); // where Spark looks for its parts, and ours
        try {
            SparkConf conf = conf(run, settings, processes);
            return new SparkCells(run, settings, processes, context(settings, conf, run));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static JavaSparkContext context(SparkSettings settings, SparkConf conf, RunFolder run) {
        try {
            return new JavaSparkContext(conf);
        } catch (RuntimeException e) { // Spark throws what it likes, and says more in its log
            throw new ExecutorException(
                    "run.spark.master = " + settings.master() + ": no application could be started there: "
                            + e.getMessage() + ". See " + run.path().resolve("spark.log"),
                    e);
        }
    }

    private static SparkConf conf(RunFolder run, SparkSettings settings, CellProcess processes) {
        List<CellResources> cells = run.plan().cells().stream()
                .filter(cell -> cell.notApplicable().isEmpty())
                .map(cell -> processes.command(run.cell(cell)).given())
                .toList();
        // A core of Spark for each thread, of the cell with the most.
        int threads = cells.stream().mapToInt(CellResources::threads).max().orElse(1);
        SparkConf conf = new SparkConf(false)
                .setMaster(settings.master())
                .setAppName("adapt4j " + run.plan().name())
                .set("spark.driver.host", settings.host())
                .set("spark.driver.bindAddress", settings.host())
                .set("spark.ui.enabled", "false")
                .set("spark.ui.showConsoleProgress", "false")
                .set("spark.executor.memory", HEAP)
                .set("spark.task.cpus", Integer.toString(threads))
                // A cell is taken up again by kind of end, which Spark does not know.
                .set("spark.task.maxFailures", "1")
                .set("spark.speculation", "false")
                .set("spark.plugins", CellLink.class.getName())
                .set("spark.jars", jars());
        if (cells.stream().anyMatch(CellResources::accelerated)) {
            conf.set("spark.executor.resource." + CellTask.ACCELERATOR + ".amount", "1");
        }
        if (settings.authenticate()) {
            conf.set("spark.authenticate", "true");
            secret(settings).ifPresent(secret -> conf.set("spark.authenticate.secret", secret));
        }
        for (String property : settings.conf()) {
            int equals = property.indexOf('=');
            conf.set(
                    property.substring(0, equals).strip(),
                    property.substring(equals + 1).strip());
        }
        return conf;
    }

    /** The secret that the cluster knows, or one for executors of this application only; empty where Spark makes one itself. */
    private static Optional<String> secret(SparkSettings settings) {
        if (settings.secretFile().isPresent()) {
            Path file = settings.secretFile().get();
            try {
                return Optional.of(Files.readString(file).strip());
            } catch (IOException e) {
                throw new ExecutorException("run.spark.secret-file: " + file + " cannot be read: " + e, e);
            }
        }
        if (settings.master().startsWith("spark://")) {
            throw new ExecutorException("run.spark.master = " + settings.master()
                    + ": a cluster that runs by itself knows a secret of its own, spark.authenticate.secret of master"
                    + " and workers. Name a file that holds it: run.spark.secret-file=FILE; or, where everybody may"
                    + " run what they like on that cluster, say run.spark.authenticate=false");
        }
        if (!settings.master().startsWith("local-cluster")) {
            return Optional.empty();
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return Optional.of(HexFormat.of().formatHex(secret));
    }

    /** What an executor loads: the task, and how a cell is started. */
    private static String jars() {
        return List.of(SparkExecutor.class, PlannedCell.class).stream()
                .map(SparkExecutor::jar)
                .map(Path::toString)
                .collect(Collectors.joining(","));
    }

    private static Path jar(Class<?> type) {
        try {
            URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(place);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
