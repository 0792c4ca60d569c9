package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that say what to play and how. */
final class PlayOption {
    private static final int STEPS = 500;
    private static final String EXPERT = "expert";

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--task", required = true, paramLabel = "NAME", description = "Such as coinrun/10000.")
    private String task = "";

    @Option(
            names = "--actions",
            required = true,
            paramLabel = "FILE|random:SEED|expert",
            description =
                    "Actions, one a line, numbers separated by spaces; or drawn at random; or as the benchmark's expert plays.")
    private String actions = "";

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "How many actions to take; by default all of the file, " + STEPS
                    + " at random, or an episode of the expert.")
    private @Nullable Integer steps;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of what a task leaves to chance.")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
    private Path out = Path.of("");

    Path out() {
        return out;
    }

    /** Opens the task's environment. */
    Playback open() {
        Path file = experiment.file();
        TaskDistribution benchmark = plugins.workbench().benchmark(file, experiment.overrides());
        Task found = benchmark
                .task(task)
                .orElseThrow(() -> new UsageException("--task " + task + ": " + benchmark.title()
                        + " has no such task; "
                        + benchmark
                                .nearestName(task)
                                .map(near -> "did you mean '" + near + "'?")
                                .orElseGet(() -> "its tasks are called like " + example(benchmark))));
        return new Playback(benchmark, found, seed);
    }

    Actions actions(Playback playback) {
        Actions given = actions.equals(EXPERT)
                ? playback.shown(steps == null)
                        .orElseThrow(() -> new UsageException("--actions expert: this benchmark has no expert that"
                                + " plays; give a file or random:SEED"))
                : Actions.parse(actions, playback.spec().action());
        if (steps != null && steps > given.count()) {
            throw new UsageException("--steps " + steps + ": " + actions + " holds " + given.count() + " actions only");
        }
        if (steps != null && steps < 0) {
            throw new UsageException("--steps " + steps + ": must not be negative");
        }
        return given;
    }

    int steps(Actions given) {
        return steps != null ? steps : actions.startsWith("random:") ? STEPS : given.count();
    }

    private static String example(TaskDistribution benchmark) {
        TaskSet held = benchmark.tasks(Split.TEST);
        return held.get(0).name();
    }
}
