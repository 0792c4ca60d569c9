package org.adapt4j.testkit.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.junit.jupiter.api.Test;

final class ReachBenchmarkTest extends VectorEnvironmentContract {

    @Override
    protected TaskDistribution benchmark() {
        return new ReachBenchmark(new ReachBenchmark.Settings(4, 10));
    }

    @Test
    void itsTasksAreGoalsApart() {
        assertThat(benchmark().tasks(Split.TEST).tasks())
                .extracting(Task::name)
                .containsExactly("goal/4", "goal/8", "goal/12", "goal/16");
    }

    @Test
    void theExpertGoesStraightToTheGoalAndStays() {
        TaskDistribution benchmark = benchmark();
        Task task = benchmark.tasks(Split.TEST).get(3);
        ReachExpert expert = new ReachExpert(new ReachExpert.Settings(5), benchmark);

        for (int index = 0; index < expert.count(task); index++) {
            Demonstration episode = expert.demonstration(task, index);
            ByteBuffer states = Objects.requireNonNull(episode.columns().get("state"));
            ByteBuffer actions = Objects.requireNonNull(episode.columns().get("action"));

            assertThat(states.getFloat((10 * 21 + 16) * 4))
                    .as("at the goal in the end")
                    .isEqualTo(1);
            assertThat(actions.getFloat(9 * 4)).isCloseTo(0, within(1e-6f));
            assertThat(episode.episodeReturn()).isBetween(-10.0, 0.0);
            assertThat(expert.demonstration(task, index).episodeReturn()).isEqualTo(episode.episodeReturn());
        }
    }
}
