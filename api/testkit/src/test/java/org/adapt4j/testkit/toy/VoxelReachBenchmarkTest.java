package org.adapt4j.testkit.toy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

final class VoxelReachBenchmarkTest extends VectorEnvironmentContract {

    @Override
    protected TaskDistribution benchmark() {
        return new VoxelReachBenchmark(new VoxelReachBenchmark.Settings(16));
    }

    /** What the expert does is the demonstrated place, and nothing else is a success. */
    @Test
    void theExpertReachesTheBallAndNobodyElseDoes() {
        TaskDistribution benchmark = benchmark();
        Task task = benchmark.tasks(Split.TEST).get(0);
        VoxelReachExpert expert = new VoxelReachExpert(new VoxelReachExpert.Settings(3, 4), benchmark);
        Demonstration shown = expert.demonstration(task, 1);
        StepBlock seen = StepBlock.allocate(benchmark.spec(benchmark.tasks(Split.TEST)), 1, 1);
        ActionBlock acted = ActionBlock.allocate(seen(benchmark).action(), List.of(), 1, 1);
        EnvironmentRequest request = new EnvironmentRequest(
                seen(benchmark), TaskSchedule.fixed(task), 1, TestStreams.root(3), EnvironmentRequest.Purpose.TRAINING);
        try (VectorEnvironment environment = benchmark.open(request)) {
            environment.receive(seen.step(0));
            String[] place = String.valueOf(environment.info(0).get("place")).split(" ");
            float[] pose = {
                Float.parseFloat(place[0]), Float.parseFloat(place[1]), Float.parseFloat(place[2]), 0, 1, 0, 0, 1
            };

            assertThat(step(environment, seen, acted, pose[0] + 0.1f, pose, 4)).isZero();
            assertThat(step(environment, seen, acted, pose[0], pose, 3)).isZero();
            assertThat(seen.step(0).is(Flag.FIRST, 0)).isFalse();
            assertThat(step(environment, seen, acted, pose[0], pose, 4)).isEqualTo(1);
            assertThat(seen.step(0).is(Flag.TERMINATED, 0)).isTrue();
            assertThat(step(environment, seen, acted, 1.9f, pose, 4)).isZero();
            assertThat(seen.step(0).is(Flag.TERMINATED, 0)).isTrue();
        }
        assertThat(shown.steps()).isEqualTo(4);
        assertThat(shown.columns()).containsKeys("front-rgb", "front-depth", "gripper-open", "action", "terminated");
        assertThat(expert.demonstration(task, 1)).isEqualTo(shown);
        assertThat(expert.demonstration(task, 2)).isNotEqualTo(shown);
    }

    private static EnvironmentSpec seen(TaskDistribution benchmark) {
        return benchmark.spec(benchmark.tasks(Split.TEST));
    }

    /** @param turned which number of the quaternion is 1 */
    private static float step(
            VectorEnvironment environment, StepBlock seen, ActionBlock acted, float x, float[] pose, int turned) {
        for (int i = 0; i < 8; i++) {
            float number = i == 0 ? x : i >= 3 && i < 7 ? (i == turned ? 1 : 0) : pose[i];
            acted.step(0).continuous().put(i, number);
        }
        environment.send(acted.step(0));
        environment.receive(seen.step(0));
        return seen.step(0).rewards().get(0);
    }
}
