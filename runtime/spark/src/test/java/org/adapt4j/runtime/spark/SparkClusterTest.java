package org.adapt4j.runtime.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

    /** What a local run ends with. */
    private static Map<String, String> local = Map.of();

    @TempDir
    private Path temporary = Path.of("");

    private Tool tool = new Tool(Path.of(""));
    private Path experiment = Path.of("");
    private Path run = Path.of("");

    @BeforeEach
    void writeTheExperimentAndRunItHere() throws Exception {
        tool = new Tool(temporary);
        experiment = Tool.experiment(temporary, "tiny", 2);
        if (local.isEmpty()) {
            local = tool.runLocally(experiment, temporary.resolve("local"));
        }
        run = temporary.resolve("run");
    }

    @AfterEach
    void endWhatStillRuns() {
        tool.close();
    }

    @Test
    void endsWithTheBytesOfALocalRunWithAndWithoutSharedStorage() throws Exception {
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            cluster.worker();
            cluster.worker();

            assertThat(Tool.exit(onSpark(cluster))).as(tool.said()).isZero();

            assertThat(Tool.results(run)).isEqualTo(local);
            assertThat(run.resolve(".spark")).doesNotExist();
            // Nothing but a driver, and executors that know the secret.
            assertThat(Files.readString(run.resolve("spark.log"))).doesNotContain("ERROR");
            run = temporary.resolve("shared");
            assertThat(Tool.exit(onSpark(cluster, "run.spark.shared=true")))
                    .as(tool.said())
                    .isZero();
            assertThat(Tool.results(run)).isEqualTo(local);
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

            assertThat(Tool.exit(driver)).as(tool.said()).isZero();
            assertThat(Tool.results(run)).isEqualTo(local);
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

            assertThat(Tool.exit(tool.start(List.of("resume", run.toString()))))
                    .as(tool.said())
                    .isZero();
            assertThat(Tool.results(run)).isEqualTo(local);
        }
    }

    @Test
    void stopsWithCheckpointsThatALocalRunGoesOnFrom() throws Exception {
        try (Cluster cluster = new Cluster(temporary.resolve("cluster"))) {
            cluster.worker();
            Process driver = onSpark(cluster, "run.spark.bring-back=1s");
            awaitCheckpoint(driver);

            driver.destroy();

            assertThat(Tool.exit(driver)).as(tool.said()).isEqualTo(5);
            assertThat(states()).anyMatch(line -> line.contains("stopped on request"));
            assertThat(tool.said()).contains("Go on with: adapt4j resume " + run);
        }
        assertThat(Tool.exit(tool.start(List.of("resume", run.toString(), "run.executor=local"))))
                .as(tool.said())
                .isZero();
        assertThat(Tool.results(run)).isEqualTo(local);
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

            assertThat(Tool.exit(driver)).as(tool.said()).isZero();
            assertThat(Tool.results(run)).isEqualTo(local);
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
            assertThat(Tool.exit(tool.start(List.of(
                            "run",
                            experiment.toString(),
                            "--out",
                            run.toString(),
                            "run.executor=spark",
                            "run.spark.master=" + cluster.url()))))
                    .isEqualTo(2);
            assertThat(tool.said()).contains("run.spark.secret-file=FILE", "run.spark.authenticate=false");
        }
    }

    private Process onSpark(Cluster cluster, String... more) throws IOException {
        return tool.run(experiment, run, cluster, more);
    }

    /** Waits until a cell has left a checkpoint in the run's folder, and is not done. */
    private void awaitCheckpoint(Process driver) throws Exception {
        while (driver.isAlive() && found(file -> file.endsWith("state.bin")).isEmpty()) {
            Thread.sleep(20);
        }
        assertThat(driver.isAlive()).as(tool.said()).isTrue();
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
}
