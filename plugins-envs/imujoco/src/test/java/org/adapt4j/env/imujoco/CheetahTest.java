package org.adapt4j.env.imujoco;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.env.imujoco.CheetahBenchmark.Settings;
import org.adapt4j.env.imujoco.CheetahBenchmark.Target;
import org.adapt4j.testkit.HiddenTaskContract;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class CheetahTest extends HiddenTaskContract {

    private final CheetahBenchmark velocity = cheetah(Target.VELOCITY, 17);
    private final CheetahBenchmark direction = cheetah(Target.DIRECTION, 17);

    private static CheetahBenchmark cheetah(Target target, int steps) {
        return new CheetahBenchmark(new Settings(target, steps, Optional.empty(), 1));
    }

    @Override
    protected TaskDistribution benchmark() {
        return velocity;
    }

    @Override
    protected int steps() {
        return 60;
    }

    @Test
    void velocitiesAreThoseOfPearl() {
        assertThat(velocity.tasks(Split.TRAIN).size()).isEqualTo(100);
        assertThat(velocity.tasks(Split.TEST).size()).isEqualTo(30);
        assertThat(velocity.tasks(Split.TRAIN).get(0).name()).isEqualTo("velocity/0.7860740250467451");
        // What the list's maker says of the test velocities: the mean distance to 1.5.
        assertThat(velocity.tasks(Split.TEST).tasks().stream()
                        .mapToDouble(task -> -Math.abs(1.5 - Double.parseDouble(task.attribute("goal"))))
                        .average()
                        .orElseThrow())
                .isEqualTo(-0.8076643393125853, within(1e-12));
        assertThat(velocity.task("velocity/1.5")).isPresent();
        assertThat(velocity.task("velocity/1.50")).isEmpty();
        assertThat(velocity.task("velocity/3.5")).isEmpty();
        assertThat(velocity.task("direction/1.0")).isEmpty();
        assertThat(direction.task("direction/-1.0"))
                .contains(direction.tasks(Split.TEST).get(1));
        assertThat(direction.task("direction/0.5")).isEmpty();
    }

    /** Standing still, as far as one can, and one motor that pushes. */
    @Test
    void paysByVelocityAndChargesForActions() {
        Task one = velocity.task("velocity/1.0").orElseThrow();
        Task two = velocity.task("velocity/2.5").orElseThrow();
        double[] velocities = new double[17];
        double[] rewards = play(velocity, one, 0, velocities);
        double[] dearer = play(velocity, two, 0, new double[17]);
        for (int i = 0; i < rewards.length; i++) {
            assertThat(rewards[i]).isEqualTo(-Math.abs(velocities[i] - 1), within(1e-6));
            assertThat(dearer[i]).isEqualTo(-Math.abs(velocities[i] - 2.5), within(1e-6));
        }
        double[] pushed = play(velocity, one, 1, velocities);
        assertThat(pushed[3]).isEqualTo(-Math.abs(velocities[3] - 1) - 0.05, within(1e-6));

        double[] forwards = play(direction, direction.tasks(Split.TRAIN).get(0), 1, velocities);
        double[] backwards = play(direction, direction.tasks(Split.TRAIN).get(1), 1, new double[17]);
        for (int i = 0; i < forwards.length; i++) {
            assertThat(forwards[i]).isEqualTo(velocities[i] - 0.05, within(1e-6));
            assertThat(backwards[i]).isEqualTo(-velocities[i] - 0.05, within(1e-6));
        }
    }

    /** Rewards of an episode in which the first motor pushes. */
    private static double[] play(CheetahBenchmark benchmark, Task task, float push, double[] velocities) {
        TaskSchedule schedule = TaskSchedule.fixed(task);
        double[] rewards = new double[17];
        try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                benchmark.spec(schedule.tasks()), schedule, 1, TestStreams.root(1), Purpose.MEASURING))) {
            StepBlock seen = StepBlock.allocate(environment.spec(), 1, 1);
            ActionBlock acted = ActionBlock.allocate(environment.spec().action(), List.of(), 1, 1);
            environment.receive(seen.step(0));
            acted.step(0).continuous().put(0, push);
            for (int step = 0; step < rewards.length; step++) {
                environment.send(acted.step(0));
                environment.receive(seen.step(0));
                rewards[step] = seen.step(0).rewards().get(0);
                velocities[step] = (double) requireNonNull(environment.info(0).get("x-velocity"));
            }
        }
        return rewards;
    }

    @Test
    void scoreZeroIsTheBestWithoutMemory() {
        CheetahBenchmark whole = cheetah(Target.VELOCITY, 200);
        Task task = whole.tasks(Split.TEST).get(0);

        assertThat(whole.normalise(task, -150)).isZero();
        assertThat(whole.normalise(task, 0)).isEqualTo(1);
        assertThat(cheetah(Target.DIRECTION, 200).normalise(task, 0)).isZero();
        assertThat(cheetah(Target.DIRECTION, 200).normalise(task, 1500)).isEqualTo(1);
        assertThat(new CheetahBenchmark(new Settings(Target.VELOCITY, 200, Optional.of(-30.0), 1)).normalise(task, -30))
                .isEqualTo(1);
        assertThat(whole.solved(task, -70)).isTrue();
        assertThat(whole.solved(task, -80)).isFalse();
    }

    @Test
    void badNumbersAreSaid() {
        assertThatThrownBy(() -> new Settings(Target.VELOCITY, 200, Optional.of(-150.0), 1))
                .hasMessage("best: must be above -150.0, the best return without memory, but is -150.0");
        assertThatThrownBy(() -> new Settings(Target.VELOCITY, 200, Optional.of(Double.NaN), 1))
                .hasMessageStartingWith("best: ");
        assertThatThrownBy(() -> new Settings(Target.VELOCITY, 0, Optional.empty(), 1))
                .hasMessageStartingWith("steps: ");
    }

    @Test
    void everySettingHasADefaultWithItsSource() {
        ReferenceDefaults.of(ImujocoPlugin.class, "benchmarks.cheetah").match(Settings.class);
    }
}
