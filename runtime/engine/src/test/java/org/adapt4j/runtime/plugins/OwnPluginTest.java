package org.adapt4j.runtime.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.experiment.Catalogue;
import org.adapt4j.runtime.experiment.Experiment;
import org.adapt4j.runtime.program.CellWork;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.testkit.JarBuilder;
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
              learner { name = test-learner }
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
        RunFolder run = RunFolder.create(work.resolve("run"), plan);
        CellResult.Done learned = finish(run.cell(pretrain), catalogue);
        CellResult.Done adapted = finish(run.cell(adapt), catalogue);

        assertThat(plan.versions()).containsEntry("org.example.shrink", "1.0.0");
        assertThat(adapt.learned()).contains(pretrain.id());
        assertThat(adapt.resolved()).contains("keep = 0.75").contains("org.example.shrink");
        assertThat(learned.spent().environmentSteps()).isGreaterThanOrEqualTo(2000);
        assertThat(adapted.spent().environmentSteps()).isGreaterThanOrEqualTo(2000);
    }

    private static CellResult.Done finish(CellFolder cell, Catalogue catalogue) {
        CellResult.Done result = CellWork.run(cell, catalogue, () -> false);
        cell.end(result);
        return result;
    }
}
