package org.adapt4j.runtime.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A standalone cluster on this machine, from the jars of the executor: a master, and workers with one core each that know a secret. */
final class Cluster implements AutoCloseable {
    static final Path EXECUTORS = Path.of(System.getProperty("adapt4j.executors", ""));
    private static final Pattern URL = Pattern.compile("spark://127\\.0\\.0\\.1:\\d+");
    private static final long PATIENCE_MINUTES = 5;

    private final Path folder;
    private final Path secret;
    private final Path properties;
    private final List<Process> workers = new ArrayList<>();
    private final Process master;
    private final String url;

    /** Starts a master in a folder. */
    Cluster(Path folder) throws Exception {
        this.folder = Files.createDirectories(folder);
        secret = Files.writeString(folder.resolve("secret"), "not for everybody\n");
        properties = Files.writeString(
                folder.resolve("cluster.conf"),
                "spark.authenticate true\nspark.authenticate.secret not for everybody\nspark.ui.enabled false\n");
        master = start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0");
        url = await("master", URL);
    }

    /** Starts a worker with one core. @param options further properties of Java, such as those of its devices */
    Process worker(String... options) throws Exception {
        String name = "worker" + workers.size();
        Path work = Files.createDirectories(folder.resolve(name));
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                work.toString(),
                url()));
        Process worker = start(name, arguments.toArray(String[]::new));
        workers.add(worker);
        await(name, Pattern.compile("Successfully registered with master"));
        return worker;
    }

    String url() {
        return url;
    }

    /** File with the secret of the cluster. */
    Path secret() {
        return secret;
    }

    /** Kills a worker with all that it has started, as a machine that loses its power does. */
    static void kill(Process worker) {
        List<ProcessHandle> all = new ArrayList<>(worker.descendants().toList());
        worker.destroyForcibly();
        worker.onExit().join();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                EXECUTORS.resolve("spark/jars") + "/*"));
        for (String argument : arguments) {
            command.add(argument);
            if (argument.startsWith("org.apache.spark.")) {
                command.addAll(List.of("--properties-file", properties.toString(), "--webui-port", "0"));
            }
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        environment(builder.environment());
        return builder.start();
    }

    /** What Spark takes from the environment. */
    static void environment(Map<String, String> variables) {
        variables.put("SPARK_HOME", EXECUTORS.resolve("spark").toString());
        variables.put("SPARK_SCALA_VERSION", "2.13");
        variables.put("SPARK_LOCAL_IP", "127.0.0.1");
    }

    private String await(String name, Pattern what) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        while (System.nanoTime() < end) {
            String log = Files.readString(folder.resolve(name + ".log"));
            Matcher found = what.matcher(log);
            if (found.find()) {
                return found.group();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no " + what + " in:\n" + Files.readString(folder.resolve(name + ".log")));
    }

    @Override
    public void close() {
        for (Process worker : workers) {
            kill(worker);
        }
        kill(master);
    }
}
