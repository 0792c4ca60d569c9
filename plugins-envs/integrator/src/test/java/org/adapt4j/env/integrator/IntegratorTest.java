package org.adapt4j.env.integrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Test;

final class IntegratorTest extends VectorEnvironmentContract {

    private final IntegratorBenchmark circle = new IntegratorBenchmark(new IntegratorBenchmark.Settings(12, 6));

    @Override
    protected TaskDistribution benchmark() {
        return circle;
    }

    @Override
    protected boolean seedsMatter() {
        return false; // a fixed task leaves nothing to chance
    }

    @Test
    void halfOfTheGoalsAreToLearnFrom() {
        assertThat(circle.tasks(Split.TRAIN).tasks())
                .extracting(Task::name)
                .containsExactly("goal/000", "goal/030", "goal/060", "goal/090", "goal/120", "goal/150");
        assertThat(circle.tasks(Split.TEST).size()).isEqualTo(12);
        assertThat(circle.task("goal/210")).contains(circle.tasks(Split.TEST).get(7));
        assertThat(circle.task("goal/360")).isEmpty();
        assertThat(circle.task("goal/7")).isEmpty();
        assertThat(circle.task("circle/000")).isEmpty();
    }

    @Test
    void theExpertWithoutNoiseReachesTheBestReturn() {
        Task task = circle.tasks(Split.TEST).get(4);

        Demonstration shown = new IntegratorExpert(new IntegratorExpert.Settings(0, 1)).demonstration(task, 0);

        assertThat(shown.episodeReturn()).isEqualTo(Integrator.BEST, within(1e-5));
        assertThat(circle.normalise(task, shown.episodeReturn())).isEqualTo(1, within(1e-5));
        assertThat(circle.normalise(task, -15)).isZero();
        assertThat(circle.solved(task, -7.6)).isTrue();
        assertThat(circle.solved(task, -9)).isFalse();
        assertThat(Objects.requireNonNull(shown.columns().get("goal")).slice(0, 8))
                .isEqualTo(circle.taskObservation(task).get("goal"));
    }

    @Test
    void theSameDemonstrationIsTheSameEachTime() {
        IntegratorExpert expert = new IntegratorExpert(new IntegratorExpert.Settings(0.3, 3));
        Task task = circle.tasks(Split.TEST).get(1);

        assertThat(expert.demonstration(task, 2)).isEqualTo(expert.demonstration(task, 2));
        assertThat(expert.demonstration(task, 2)).isNotEqualTo(expert.demonstration(task, 1));
        assertThatThrownBy(() -> expert.demonstration(task, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(expert.count(new Task("other", "goal/000", java.util.Map.of())))
                .isZero();
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(IntegratorPlugin.class).check();
        ReferenceDefaults.of(IntegratorPlugin.class, "benchmarks.integrator").match(IntegratorBenchmark.Settings.class);
        ReferenceDefaults.of(IntegratorPlugin.class, "data-sets.integrator-expert")
                .match(IntegratorExpert.Settings.class);
    }
}
