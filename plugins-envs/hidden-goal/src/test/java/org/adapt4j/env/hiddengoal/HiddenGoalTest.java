package org.adapt4j.env.hiddengoal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.env.hiddengoal.HiddenGoalBenchmark.Reward;
import org.adapt4j.env.hiddengoal.HiddenGoalBenchmark.Scale;
import org.adapt4j.env.hiddengoal.HiddenGoalBenchmark.Settings;
import org.adapt4j.testkit.HiddenTaskContract;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

final class HiddenGoalTest extends HiddenTaskContract {

    private final HiddenGoalBenchmark dense = new HiddenGoalBenchmark(new Settings(Reward.DENSE, 20, 100, 20));
    private final HiddenGoalBenchmark sparse = new HiddenGoalBenchmark(new Settings(Reward.SPARSE, 20, 100, 20));

    @Override
    protected TaskDistribution benchmark() {
        return dense;
    }

    @Override
    protected boolean seedsMatter() {
        return false; // a fixed goal leaves nothing to chance
    }

    /** Mean return of walking straight to a point of each goal's choice, over many goals, played by the environment. */
    private static double mean(HiddenGoalBenchmark benchmark, int goals, Function<Task, double[]> targets) {
        double sum = 0;
        for (int i = 0; i < goals; i++) {
            Task goal = HalfCircle.spread(i, goals);
            sum += walk(benchmark, goal, targets.apply(goal)) / goals;
        }
        return sum;
    }

    private static double walk(HiddenGoalBenchmark benchmark, Task goal, double[] target) {
        TaskSchedule schedule = TaskSchedule.fixed(goal);
        try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                benchmark.spec(schedule.tasks()), schedule, 1, TestStreams.root(1), Purpose.MEASURING))) {
            StepBlock seen = StepBlock.allocate(environment.spec(), 1, 1);
            ActionBlock acted = ActionBlock.allocate(environment.spec().action(), List.of(), 1, 1);
            environment.receive(seen.step(0));
            double sum = 0;
            for (int step = 0; step < environment.spec().maxEpisodeSteps(); step++) {
                for (int i = 0; i < 2; i++) {
                    double left = target[i] - seen.step(0).observation(0).getFloat(4 * i);
                    acted.step(0).continuous().put(i, (float) Math.max(-1, Math.min(1, left / HalfCircle.STRIDE)));
                }
                environment.send(acted.step(0));
                environment.receive(seen.step(0));
                sum += seen.step(0).rewards().get(0);
            }
            return sum;
        }
    }

    private static double[] goalOf(Task goal) {
        return new double[] {Math.cos(HalfCircle.angle(goal)), Math.sin(HalfCircle.angle(goal))};
    }

    @Test
    void whoIsToldTheGoalScoresOne() {
        assertThat(mean(dense, 500, HiddenGoalTest::goalOf)).isEqualTo(-3.8408, within(1e-3));
        assertThat(mean(sparse, 500, HiddenGoalTest::goalOf)).isEqualTo(13.3820, within(0.01));
    }

    @Test
    void theBestWithoutMemoryScoresZero() {
        double[] diagonal = {0.98 * Math.cos(0.7808459011842783), 0.98 * Math.sin(0.7808459011842783)};

        assertThat(mean(dense, 500, goal -> new double[] {0, 0.7885})).isEqualTo(-14.9208, within(1e-3));
        assertThat(mean(sparse, 500, goal -> diagonal)).isEqualTo(1.6875, within(0.01));
        assertThat(mean(dense, 500, goal -> new double[] {0, 0})).isEqualTo(-20, within(1e-4));
    }

    /** The numbers of the scale by a sum of its own, longer episodes too, and no other point to stay at is better. */
    @Test
    void scalesAreMeansOverTheHalfCircle() {
        for (int steps : new int[] {20, 100}) {
            assertThat(sum(Reward.DENSE, steps, -1, 0))
                    .isEqualTo(Scale.of(Reward.DENSE, steps).told(), within(1e-4));
            assertThat(sum(Reward.SPARSE, steps, -1, 0))
                    .isEqualTo(Scale.of(Reward.SPARSE, steps).told(), within(5e-3));
            double bestDense = Double.NEGATIVE_INFINITY;
            double bestSparse = Double.NEGATIVE_INFINITY;
            for (int degrees : new int[] {0, 30, 44, 45, 60, 90}) {
                for (double radius : new double[] {0.7, 0.78, 0.7885, 0.8, 0.9, 0.96, 0.98, 0.986, 1, 1.04}) {
                    bestDense = Math.max(bestDense, sum(Reward.DENSE, steps, radius, Math.toRadians(degrees)));
                    bestSparse = Math.max(bestSparse, sum(Reward.SPARSE, steps, radius, Math.toRadians(degrees)));
                }
            }
            assertThat(bestDense).isEqualTo(Scale.of(Reward.DENSE, steps).blind(), within(1e-4));
            assertThat(bestSparse).isEqualTo(Scale.of(Reward.SPARSE, steps).blind(), within(2e-4 * steps));
        }
    }

    /** Mean return over goals of walking to a point, or with a negative radius to the goal. */
    private static double sum(Reward reward, int steps, double radius, double angle) {
        int goals = radius < 0 || reward == Reward.DENSE ? 2_001 : 8_001;
        double sum = 0;
        for (int i = 0; i < goals; i++) {
            double goal = Math.PI * (i + 0.5) / goals;
            double targetX = radius < 0 ? Math.cos(goal) : radius * Math.cos(angle);
            double targetY = radius < 0 ? Math.sin(goal) : radius * Math.sin(angle);
            double x = 0;
            double y = 0;
            for (int step = 0; step < steps; step++) {
                x += Math.max(-0.1, Math.min(0.1, targetX - x));
                y += Math.max(-0.1, Math.min(0.1, targetY - y));
                double distance = Math.hypot(Math.cos(goal) - x, Math.sin(goal) - y);
                sum += reward == Reward.DENSE ? -distance : distance <= 0.2 ? 1 - distance : 0;
            }
        }
        return sum / goals;
    }

    @Test
    void noTestGoalIsATrainingGoal() {
        Set<Task> train = new HashSet<>(dense.tasks(Split.TRAIN).tasks());

        assertThat(train).hasSize(100);
        assertThat(dense.tasks(Split.TEST).tasks()).hasSize(20).doesNotContainAnyElementsOf(train);
        assertThat(dense.tasks(Split.TEST).get(0).name()).isEqualTo("goal/004.50000");
        assertThat(dense.task("goal/004.50000"))
                .contains(dense.tasks(Split.TEST).get(0));
        assertThat(dense.task("goal/4.5")).isEmpty();
        assertThat(dense.task("goal/190.00000")).isEmpty();
        assertThat(dense.task("goal/NaN")).isEmpty();
        assertThat(train.stream().mapToDouble(HalfCircle::angle).average().orElseThrow())
                .isEqualTo(Math.PI / 2, within(4 * Math.PI / Math.sqrt(12 * 100)));
    }

    @Test
    void sparseRewardsHideTheGoalToo() {
        Task goal = sparse.tasks(Split.TEST).get(10);

        assertThat(walk(sparse, goal, new double[] {0, -1})).isZero();
        assertThat(walk(sparse, goal, goalOf(goal))).isGreaterThan(10);
        assertThat(sparse.normalise(goal, 13.382047634737276)).isEqualTo(1, within(1e-9));
        assertThat(sparse.solved(goal, 11)).isTrue();
        assertThat(sparse.solved(goal, 5)).isFalse();
    }

    @Test
    void badNumbersAreSaid() {
        assertThatThrownBy(() -> new Settings(Reward.DENSE, 30, 10, 10))
                .hasMessage("steps: must be 20 or 100, for which scores are known, but is 30");
        assertThatThrownBy(() -> new Settings(Reward.DENSE, 20, 0, 10)).hasMessageStartingWith("train-goals: ");
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(HiddenGoalPlugin.class).check();
        ReferenceDefaults.of(HiddenGoalPlugin.class, "benchmarks.hidden-goal").match(Settings.class);
    }
}
