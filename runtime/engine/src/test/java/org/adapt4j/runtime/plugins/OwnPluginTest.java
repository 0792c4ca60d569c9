package org.adapt4j.runtime.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.run.Resource;
import org.adapt4j.runtime.cell.CellJob;
import org.adapt4j.runtime.cell.CellRunner;
import org.adapt4j.runtime.cell.PhaseResult;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.experiment.Experiment;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A third party's project, from its sources to a run of its method. */
final class OwnPluginTest {

    private static final Path PROJECT = Path.of("..", "..", "examples", "own-plugin");

    @TempDir
    private Path work;

    @Test
    void aJarInTheFolderIsLoadedAndItsMethodRuns() throws IOException {
        new JarBuilder(work.resolve("build"))
                .version("1.0.0")
                .sources(PROJECT.resolve("src/main/java"))
                .resources(PROJECT.resolve("src/main/resources"))
                .build(work.resolve("plugins/shrink-1.0.0.jar"));
        Path experiment = Files.writeString(work.resolve("exp.conf"), """
            name = own-plugin
            description = ""
            benchmark { name = toy-two-goal }
            pretrain {
              learner { name = one-task, task = 1 }
              algorithm { name = toy-policy-gradient }
              slots = 4
              budget { environment-steps = 2000 }
              measure { points = [0, 2000], episodes = 2 }
            }
            adapt {
              adapter { name = shrink }
              algorithm { name = toy-policy-gradient }
              slots = 4
              budget { environment-steps = 2000 }
              measure { points = [0, 2000], episodes = 2 }
              tasks = 1
            }
            """);
        PluginCatalogue catalogue =
                PluginLoader.load(getClass().getClassLoader(), Optional.of(work.resolve("plugins")));

        RunPlan plan = Experiment.plan(experiment, List.of("adapt.adapter.keep=0.75"), catalogue);
        PlannedCell pretrain = plan.cells().get(0);
        PlannedCell adapt = plan.cells().get(1);
        CellConfig learning = CellConfig.read(pretrain.resolved(), catalogue);
        CellConfig adapting = CellConfig.read(adapt.resolved(), catalogue);
        PhaseResult learned = run(
                "pretrain",
                learning,
                new CellJob.Method.Pretrain(learning.learner().orElseThrow()));
        PhaseResult adapted = run(
                "adapt",
                adapting,
                new CellJob.Method.Adapt(
                        adapting.adapter().orElseThrow(),
                        adapting.tasks().orElseThrow(),
                        Optional.of(work.resolve("pretrain/learned")),
                        adapting.conditioning()));

        assertThat(plan.versions()).containsEntry("org.example.shrink", "1.0.0");
        assertThat(adapt.learned()).contains(pretrain.id());
        assertThat(adapt.resolved()).contains("keep = 0.75").contains("org.example.shrink");
        assertThat(learned.environmentSteps()).isGreaterThanOrEqualTo(2000);
        assertThat(adapted.environmentSteps()).isGreaterThanOrEqualTo(2000);
    }

    private PhaseResult run(String folder, CellConfig cell, CellJob.Method method) throws IOException {
        CellJob job = new CellJob(
                Files.createDirectories(work.resolve(folder)),
                cell.benchmark(),
                cell.algorithm(),
                method,
                4,
                Map.of(Resource.ENVIRONMENT_STEPS, 2000L),
                new CellJob.Measure(List.of(0L, 2000L), 2, 2, List.of(), 1),
                cell.seed(),
                cell.data(),
                cell.evaluator(),
                Duration.ofMinutes(1),
                0);
        return CellRunner.run(job, () -> false);
    }
}
