package org.adapt4j.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanVerbTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void plansAGridThatSpansBenchmarksAtOnceAndSaysWhatItDoesNotKnow() throws Exception {
        Path experiment = Files.writeString(folder.resolve("grid.conf"), """
                name = grid
                description = "Two benchmarks"
                preset = paper
                adapt {
                  algorithm { name = ppo, rollout-steps = 17, minibatch-size = 34, network { encoder = mlp, hidden = [5], heads = [] } }
                  slots = 2
                  budget { environment-steps = 680 }
                  measure { points = [0], episodes = 1 }
                  tasks = 1
                }
                methods { scratch { adapt.adapter.name = fine-tune } }
                grid { seed = [0, 1, 2], benchmark.name = [toy-two-goal, bandit] }
                """);
        Screen screen = new Screen();

        int exit = screen.run("plan", experiment.toString());

        assertThat(exit).as(screen.err()).isZero();
        assertThat(screen.err()).isEmpty();
        assertThat(screen.out())
                .contains("6 cells, 4.1 k environment steps")
                .contains("speeds  not known for 2 of 2 rows: measure them with --measure");
    }

    @Test
    void plansNothingForAMethodThatSpendsNothing() throws Exception {
        Path experiment = Files.writeString(folder.resolve("imitation.conf"), """
                name = imitation
                benchmark { name = imujoco, body = hopper, train-tasks = [base], test-tasks = [massinc-300-torsogeom] }
                data-set { name = imujoco-rollouts }
                pretrain {
                  learner { name = expert-policy }
                  algorithm { name = bc, network { encoder = mlp, hidden = [5] } }
                  budget { updates = 1000, demonstrations = 1 }
                  measure { points = [] }
                }
                adapt {
                  adapter { name = bc-finetune }
                  algorithm { name = bc, network { encoder = mlp, hidden = [5] } }
                  budget { updates = 30, demonstrations = 1 }
                  measure { points = [], slots = 3 }
                  tasks = 1
                }
                methods { copied {} }
                """);
        Screen screen = new Screen();

        int exit = screen.run("plan", experiment.toString());

        assertThat(exit).as(screen.err()).isZero();
        assertThat(screen.out())
                .contains("30 updates, and at most")
                .contains("pretrain copied paper: nothing of its budget will be spent");

        Files.writeString(
                experiment,
                Files.readString(experiment)
                        .replace(
                                "imujoco, body = hopper, train-tasks = [base], test-tasks = [massinc-300-torsogeom]",
                                "integrator, goals = 3, train-goals = 1")
                        .replace("imujoco-rollouts", "integrator-expert"));
        screen.run("plan", experiment.toString());

        assertThat(screen.out()).contains("n/a: the data set keeps no policy of goal/000");
    }
}
