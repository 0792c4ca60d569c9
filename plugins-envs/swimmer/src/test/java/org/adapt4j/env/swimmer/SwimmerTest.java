package org.adapt4j.env.swimmer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class SwimmerTest extends VectorEnvironmentContract {

    private final SwimmerBenchmark benchmark =
            new SwimmerBenchmark(new SwimmerBenchmark.Settings(List.of(0.1, 0.2), List.of(-0.2, -0.1, 0.1, 0.2)));

    @Override
    protected TaskDistribution benchmark() {
        return benchmark;
    }

    @Override
    protected int steps() {
        return 2 * Swimmer.STEPS + 50;
    }

    @Test
    void theExpertKeepsUpInBothDirections() {
        SwimmerExpert expert = new SwimmerExpert(new SwimmerExpert.Settings(0.1, 3));

        for (Task task : benchmark.tasks(Split.TEST).tasks()) {
            Demonstration shown = expert.demonstration(task, 1);

            assertThat(benchmark.normalise(task, shown.episodeReturn()))
                    .as(task.name())
                    .isBetween(0.75, 1.0);
            assertThat(benchmark.solved(task, shown.episodeReturn())).isTrue();
        }
    }

    @Test
    void theSameDemonstrationIsTheSameEachTime() {
        SwimmerExpert expert = new SwimmerExpert(new SwimmerExpert.Settings(0.1, 3));
        Task task = benchmark.tasks(Split.TEST).get(1);

        assertThat(expert.demonstration(task, 2)).isEqualTo(expert.demonstration(task, 2));
        assertThat(expert.demonstration(task, 2)).isNotEqualTo(expert.demonstration(task, 1));
        assertThatThrownBy(() -> expert.demonstration(task, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void tasksAreVelocities() {
        Task backwards = benchmark.tasks(Split.TEST).get(0);

        assertThat(backwards.name()).isEqualTo("velocity/-0.200");
        assertThat(benchmark.task("velocity/-0.200")).contains(backwards);
        assertThat(benchmark.task("velocity/9")).isEmpty();
        assertThat(Objects.requireNonNull(benchmark.taskObservation(backwards).get("command"))
                        .getFloat(0))
                .isEqualTo(-1);
        assertThat(benchmark.normalise(backwards, Swimmer.idle(backwards))).isEqualTo(0, within(1e-9));
        assertThat(benchmark.normalise(backwards, 0)).isEqualTo(1);
        assertThatThrownBy(() -> new SwimmerBenchmark.Settings(List.of(0.0), List.of(0.1)))
                .hasMessageContaining("train-velocities");
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(SwimmerPlugin.class)
                .seeing("org.adapt4j.env.mujoco", "org.adapt4j.env.mujoco.render")
                .check();
        ReferenceDefaults.of(SwimmerPlugin.class, "benchmarks.swimmer").match(SwimmerBenchmark.Settings.class);
        ReferenceDefaults.of(SwimmerPlugin.class, "data-sets.swimmer-expert").match(SwimmerExpert.Settings.class);
    }
}
