package org.adapt4j.runtime.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.Sha256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tool as a user runs it, on a real cluster of a master and two workers: with the bytes of a local run, whatever is killed. */
@Tag("slow")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class SparkClusterTest {
    private static final long PATIENCE_MINUTES = 20;

    private static final String EXPERIMENT = """
        name = tiny
        benchmark { name = gridworld }
        pretrain {
          algorithm { name = ppo, rollout-steps = 16, minibatch-size = 64, network { encoder = mlp, hidden = [16], heads = [] } }
          slots = 8
          budget { environment-steps = 20000 }
          measure { every = 10000, episodes = 2, tasks = 2 }
        }
        adapt {
          algorithm = ${pretrain.algorithm}
          slots = 4
          budget { environment-steps = 1000 }
          measure { every = 500, episodes = 2 }
          tasks = 1
        }
        methods { multi-task { pretrain.learner.name = multi-task, adapt.adapter.name = fine-tune } }
        grid { seed = [0, 1] }
        run { heap = 256, checkpoint-every = 0s }
        """;

    /** What a local run ends with. */
    private static Map<String, String> local = Map.of();

    @TempDir
    private Path temporary = Path.of("");

    private final List<Process> started = new ArrayList<>();
    private Path run = Path.of("");

    @BeforeEach
    void writeTheExperimentAndRunItHere() throws Exception {
        Files.writeString(temporary.resolve("tiny.conf"), EXPERIMENT);
        if (local.isEmpty()) {
            local = local();
        }
        run = temporary.resolve("run");
    }

    @AfterEach
    void endWhatStillRuns() {
        for (Process process : started) {
            Cluster.kill(process);
        }
    }

    @Test
    void endsWithTheBytesOfALocalRunWithAndWithoutSharedStorage() throws Exception {
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            cluster.worker();
            cluster.worker();

            assertThat(exit(onSpark(cluster))).as(said()).isZero();

            assertThat(results(run)).isEqualTo(local);
            assertThat(run.resolve(".spark")).doesNotExist();
            // Nothing but a driver, and executors that know the secret.
            assertThat(Files.readString(run.resolve("spark.log"))).doesNotContain("ERROR");
            run = temporary.resolve("shared");
            assertThat(exit(onSpark(cluster, "run.spark.shared=true")))
                    .as(said())
                    .isZero();
            assertThat(results(run)).isEqualTo(local);
        }
    }

    @Test
    void goesOnElsewhereWhenAWorkerIsKilled() throws Exception {
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            Process first = cluster.worker();
            Process driver = onSpark(cluster, "run.spark.bring-back=1s");
            awaitCheckpoint(driver);
            cluster.worker();

            Cluster.kill(first);

            assertThat(exit(driver)).as(said()).isZero();
            assertThat(results(run)).isEqualTo(local);
            assertThat(states()).anyMatch(line -> line.contains("its executor was lost"));
        }
    }

    @Test
    void goesOnWhenTheDriverWasKilledAndIsResumed() throws Exception {
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            cluster.worker();
            cluster.worker();
            Process driver = onSpark(cluster, "run.spark.bring-back=1s");
            awaitCheckpoint(driver);

            driver.destroyForcibly().waitFor();

            assertThat(exit(tool("resume", run.toString()))).as(said()).isZero();
            assertThat(results(run)).isEqualTo(local);
        }
    }

    @Test
    void stopsWithCheckpointsThatALocalRunGoesOnFrom() throws Exception {
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            cluster.worker();
            Process driver = onSpark(cluster, "run.spark.bring-back=1s");
            awaitCheckpoint(driver);

            driver.destroy();

            assertThat(exit(driver)).as(said()).isEqualTo(5);
            assertThat(states()).anyMatch(line -> line.contains("stopped on request"));
            assertThat(said()).contains("Go on with: adapt4j resume " + run);
        }
        assertThat(exit(tool("resume", run.toString(), "run.executor=local")))
                .as(said())
                .isZero();
        assertThat(results(run)).isEqualTo(local);
    }

    @Test
    void goesOnWhenAnExecutorRunsOutOfMemory() throws Exception {
        Path signal = temporary.resolve("hog");
        String agent = Hog.option(temporary.resolve("hog.jar"), signal);
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            cluster.worker();
            Process driver = onSpark(
                    cluster,
                    "run.spark.bring-back=1s",
                    "run.spark.conf=[\"spark.executor.extraJavaOptions=" + agent + "\"]");
            awaitCheckpoint(driver);

            Files.createFile(signal);

            assertThat(exit(driver)).as(said()).isZero();
            assertThat(results(run)).isEqualTo(local);
            // Spark's exit status for it.
            assertThat(states()).anyMatch(line -> line.contains("its executor was lost") && line.contains("code 52"));
        }
    }

    @Test
    void givesACellTheDeviceThatSparkGaveItsTask() throws Exception {
        Path script = Files.writeString(
                temporary.resolve("devices.sh"), "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"7\"]}'\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            Process worker = cluster.worker(
                    "-Dspark.worker.resource.gpu.amount=1", "-Dspark.worker.resource.gpu.discoveryScript=" + script);
            Process driver =
                    onSpark(cluster, "device=gpu"); // this machine has none: its cells end once they look for it
            Optional<String> device = Optional.empty();
            while (device.isEmpty() && driver.isAlive()) {
                device = worker.descendants()
                        .flatMap(process -> variables(process.pid()).stream())
                        .filter(variable -> variable.startsWith("CUDA_VISIBLE_DEVICES="))
                        .findFirst();
                Thread.sleep(20);
            }

            assertThat(device).hasValue("CUDA_VISIBLE_DEVICES=7");
        }
    }

    private static List<String> variables(long pid) {
        try {
            return List.of(
                    Files.readString(Path.of("/proc/" + pid + "/environ")).split("\0"));
        } catch (IOException e) {
            return List.of(); // it has ended
        }
    }

    @Test
    void refusesAClusterWhoseSecretItDoesNotKnow() throws Exception {
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            assertThat(exit(tool(
                            "run",
                            temporary.resolve("tiny.conf").toString(),
                            "--out",
                            run.toString(),
                            "run.executor=spark",
                            "run.spark.master=" + cluster.url())))
                    .isEqualTo(2);
            assertThat(said()).contains("run.spark.secret-file=FILE", "run.spark.authenticate=false");
        }
    }

    private Map<String, String> local() throws Exception {
        Path alone = temporary.resolve("local");
        assertThat(exit(tool("run", temporary.resolve("tiny.conf").toString(), "--out", alone.toString())))
                .as(said())
                .isZero();
        // Nobody who runs locally has Spark about.
        assertThat(alone.resolve("spark.log")).doesNotExist();
        Map<String, String> results = results(alone);
        assertThat(results).hasSizeGreaterThan(8);
        return results;
    }

    private Process onSpark(Cluster cluster, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                temporary.resolve("tiny.conf").toString(),
                "--out",
                run.toString(),
                "run.executor=spark",
                "run.spark.master=" + cluster.url(),
                "run.spark.secret-file=" + cluster.secret()));
        arguments.addAll(List.of(more));
        return tool(arguments.toArray(String[]::new));
    }

    private Process tool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", System.getProperty("adapt4j.launcher", "")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        temporary.resolve("said.txt").toFile()));
        builder.environment().put("ADAPT4J_LIB", System.getProperty("adapt4j.lib", ""));
        builder.environment().put("ADAPT4J_EXECUTORS", Cluster.EXECUTORS.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private String said() throws IOException {
        return Files.readString(temporary.resolve("said.txt"));
    }

    /** Waits until a cell has left a checkpoint in the run's folder, and is not done. */
    private void awaitCheckpoint(Process driver) throws Exception {
        while (driver.isAlive() && found(file -> file.endsWith("state.bin")).isEmpty()) {
            Thread.sleep(20);
        }
        assertThat(driver.isAlive()).as(said()).isTrue();
        assertThat(found(file -> file.endsWith("result.json"))).isEmpty();
    }

    private List<Path> found(Predicate<Path> which) throws IOException {
        if (!Files.isDirectory(run.resolve("cells"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(run.resolve("cells"), 3, (file, facts) -> which.test(file))) {
            return all.toList();
        }
    }

    private List<String> states() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : found(name -> name.endsWith("state.jsonl"))) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }

    private static Map<String, String> results(Path run) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run.resolve("cells"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.matches("metrics.jsonl|evaluations.jsonl|weights.safetensors|facts.json|film.gif")) {
                    sums.put(run.relativize(file).toString(), Sha256.of(file));
                }
            }
        }
        return sums;
    }
}
