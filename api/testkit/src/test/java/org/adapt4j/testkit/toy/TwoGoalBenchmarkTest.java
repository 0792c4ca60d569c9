package org.adapt4j.testkit.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

final class TwoGoalBenchmarkTest extends VectorEnvironmentContract {

    @Override
    protected TaskDistribution benchmark() {
        return new TwoGoalBenchmark(new TwoGoalBenchmark.Settings(5, 2, 5));
    }

    @Override
    protected boolean seedsMatter() {
        return tasks().size() > 1; // which goal comes is all that chance decides
    }

    @Test
    void rewardsReachingTheGoalAndShowsWhereTheEpisodeEnded() {
        List<StepBuffers> seen = walk("goal/4", 1, 1);

        assertThat(seen.get(1).rewards().get(0)).isZero();
        assertThat(seen.get(2).rewards().get(0)).isEqualTo(1);
        assertThat(Flag.in(seen.get(2).flags().get(0))).containsExactlyInAnyOrder(Flag.FIRST, Flag.TERMINATED);
        assertThat(hot(seen.get(2), true)).isEqualTo(4);
        assertThat(hot(seen.get(2), false)).isEqualTo(2);
    }

    @Test
    void theOtherGoalEarnsNothing() {
        List<StepBuffers> seen = walk("goal/4", 0, 0, 0, 0, 0);

        assertThat(seen).allSatisfy(step -> assertThat(step.rewards().get(0)).isZero());
        assertThat(Flag.in(seen.get(5).flags().get(0))).containsExactlyInAnyOrder(Flag.FIRST, Flag.TRUNCATED);
        assertThat(hot(seen.get(5), true)).isZero();
    }

    private List<StepBuffers> walk(String task, int... actions) {
        TaskDistribution benchmark = benchmark();
        TaskSchedule schedule = TaskSchedule.fixed(benchmark.task(task).orElseThrow());
        EnvironmentSpec spec = benchmark.spec(schedule.tasks());
        StepBlock seen = StepBlock.allocate(spec, 1, actions.length + 1);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), 1, 1);
        try (VectorEnvironment environment =
                benchmark.open(new EnvironmentRequest(spec, schedule, 1, TestStreams.root(1), Purpose.TRAINING))) {
            environment.receive(seen.step(0));
            for (int t = 0; t < actions.length; t++) {
                acted.step(0).discrete().put(0, actions[t]);
                environment.send(acted.step(0));
                environment.receive(seen.step(t + 1));
            }
        }
        return IntStream.rangeClosed(0, actions.length).mapToObj(seen::step).toList();
    }

    private static int hot(StepBuffers seen, boolean last) {
        for (int state = 0; state < 5; state++) {
            float value = (last ? seen.lastObservation(0) : seen.observation(0)).getFloat(4 * state);
            if (value == 1) {
                return state;
            }
        }
        return -1;
    }
}
