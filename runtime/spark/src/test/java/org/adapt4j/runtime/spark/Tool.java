package org.adapt4j.runtime.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.Sha256;

/** The tool as a user runs it, with this executor; whatever still runs is killed at the end. */
final class Tool implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 20;

    /** Pre-training and one task to adapt to for each seed, seconds each. */
    private static final String EXPERIMENT = """
        name = %s
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
        grid { seed = %s }
        run { heap = 256, checkpoint-every = 0s }
        """;

    private final Path said;
    private final List<Process> started = new ArrayList<>();

    /** @param folder keeps what the tool says */
    Tool(Path folder) {
        said = folder.resolve("said.txt");
    }

    /** Writes an experiment of that name into a folder, of two cells a seed. */
    static Path experiment(Path folder, String name, int seeds) throws IOException {
        List<Integer> numbers = IntStream.range(0, seeds).boxed().toList();
        return Files.writeString(folder.resolve(name + ".conf"), EXPERIMENT.formatted(name, numbers));
    }

    /** Starts it. The process is that of Java, for the launcher gives way to it. */
    Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", System.getProperty("adapt4j.launcher", "")));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
        builder.environment().put("ADAPT4J_LIB", System.getProperty("adapt4j.lib", ""));
        builder.environment().put("ADAPT4J_EXECUTORS", Cluster.EXECUTORS.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Runs an experiment on a cluster. @param more settings */
    Process run(Path experiment, Path run, Cluster cluster, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                experiment.toString(),
                "--out",
                run.toString(),
                "run.executor=spark",
                "run.spark.master=" + cluster.url(),
                "run.spark.secret-file=" + cluster.secret()));
        arguments.addAll(List.of(more));
        return start(arguments);
    }

    /** Runs an experiment without Spark. @return {@link #results} */
    Map<String, String> runLocally(Path experiment, Path run) throws Exception {
        assertThat(exit(start(List.of("run", experiment.toString(), "--out", run.toString()))))
                .as(said())
                .isZero();
        // Nobody who runs locally has Spark about.
        assertThat(run.resolve("spark.log")).doesNotExist();
        Map<String, String> results = results(run);
        assertThat(results).hasSizeGreaterThan(8);
        return results;
    }

    /** Waits for the end. */
    static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** All that it has said. */
    String said() throws IOException {
        return Files.readString(said);
    }

    /** Sums of all that the cells of a run ended with. */
    static Map<String, String> results(Path run) throws IOException {
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

    @Override
    public void close() {
        started.forEach(Cluster::kill);
    }
}
