package org.adapt4j.env.gridworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.testkit.HiddenTaskContract;
import org.adapt4j.testkit.PluginArchitecture;
import org.adapt4j.testkit.ReferenceDefaults;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

final class GridworldTest extends HiddenTaskContract {

    private static final int STAY = 0;

    private final GridworldBenchmark grid = new GridworldBenchmark(new GridworldBenchmark.Settings(0));

    @Override
    protected TaskDistribution benchmark() {
        return grid;
    }

    @Override
    protected boolean seedsMatter() {
        return false; // a fixed goal leaves nothing to chance
    }

    /** Says what to do by where one is and whether the goal was met there. */
    private interface Player {
        int act(int step, int x, int y, boolean atGoal);
    }

    /** Returns of some episodes on one goal, player and all. */
    private double[] returns(Task goal, int episodes, Player player) {
        TaskSchedule schedule = TaskSchedule.fixed(goal);
        double[] returns = new double[episodes];
        try (VectorEnvironment environment = grid.open(new EnvironmentRequest(
                grid.spec(schedule.tasks()), schedule, 1, TestStreams.root(1), Purpose.MEASURING))) {
            StepBlock seen = StepBlock.allocate(environment.spec(), 1, 1);
            ActionBlock acted = ActionBlock.allocate(environment.spec().action(), List.of(), 1, 1);
            environment.receive(seen.step(0));
            for (int step = 0; step < episodes * Grid.STEPS; step++) {
                int x = hot(seen, 0);
                int y = hot(seen, Grid.SIZE);
                boolean atGoal = step > 0 && seen.step(0).rewards().get(0) > 0;
                acted.step(0).discrete().put(0, player.act(step, x, y, atGoal));
                environment.send(acted.step(0));
                environment.receive(seen.step(0));
                returns[step / Grid.STEPS] += seen.step(0).rewards().get(0);
            }
        }
        return returns;
    }

    private static int hot(StepBlock seen, int from) {
        for (int i = 0; i < Grid.SIZE; i++) {
            if (seen.step(0).observation(0).getFloat(4 * (from + i)) == 1) {
                return i;
            }
        }
        throw new AssertionError("nowhere");
    }

    private static int towards(int x, int y, int goalX, int goalY) {
        for (int action = 1; action < Grid.actions(); action++) {
            int nextX = Grid.x(x, action);
            int nextY = Grid.y(y, action);
            if (Math.abs(nextX - goalX) + Math.abs(nextY - goalY) < Math.abs(x - goalX) + Math.abs(y - goalY)) {
                return action;
            }
        }
        return STAY;
    }

    private double[] meanReturns(int episodes, java.util.function.Function<Task, Player> players) {
        double[] means = new double[episodes];
        for (Task goal : Grid.goals()) {
            double[] returns = returns(goal, episodes, players.apply(goal));
            for (int i = 0; i < episodes; i++) {
                means[i] += returns[i] / Grid.goals().size();
            }
        }
        return means;
    }

    @Test
    void whoIsToldTheGoalEarnsElevenAndMore() {
        double[] means =
                meanReturns(1, goal -> (step, x, y, atGoal) -> towards(x, y, Grid.goalX(goal), Grid.goalY(goal)));

        assertThat(means[0]).isEqualTo(11.071428571428571, within(1e-5));
    }

    @Test
    void theBestSearchEarnsWhatScoreOneIsMadeOf() {
        double[] means = meanReturns(4, goal -> new Searcher());

        assertThat(means[0]).isEqualTo(4, within(1e-5));
        assertThat(means[1]).isEqualTo(10.966666666666665, within(1e-5));
        assertThat(means[2]).isEqualTo(11.071428571428571, within(1e-5));
        assertThat(means[3]).isEqualTo(11.071428571428571, within(1e-5));
        assertThat(grid.normalise(Grid.goals().get(0), Arrays.stream(means).sum() / 4))
                .isEqualTo(1, within(1e-6));
    }

    /** Walks a path until it meets the goal, and then goes there straight. */
    private static final class Searcher implements Player {
        private final List<int[]> path = path();
        private int walked;
        private int goalX = -1;
        private int goalY = -1;

        @Override
        public int act(int step, int x, int y, boolean atGoal) {
            if (atGoal && goalX < 0) {
                goalX = path.get(walked - 1)[0];
                goalY = path.get(walked - 1)[1];
            }
            if (goalX >= 0) {
                return towards(x, y, goalX, goalY);
            }
            int[] next = path.get(walked++);
            return towards(x, y, next[0], next[1]);
        }

        private static List<int[]> path() {
            List<int[]> path = new ArrayList<>();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    Objects.requireNonNull(GridworldTest.class.getResourceAsStream("/search.txt")),
                    StandardCharsets.UTF_8))) {
                lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                    String[] cell = line.split(" ", 2);
                    path.add(new int[] {Integer.parseInt(cell[0]), Integer.parseInt(cell[1])});
                });
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return path;
        }
    }

    @Test
    void nothingWithoutMemoryEarnsMoreThanStayingOnAGoal() {
        // Whatever path of fifteen cells: its mean over the goals, of which this one is the best there is.
        double[] means = meanReturns(1, goal -> (step, x, y, atGoal) -> step == 0 ? 2 : step == 1 ? 2 : STAY);

        assertThat(means[0]).isEqualTo(GridworldBenchmark.BLIND, within(1e-5));
        assertThat(grid.normalise(Grid.goals().get(0), means[0])).isEqualTo(0, within(1e-6));
    }

    @Test
    void actionsAreStayUpRightDownLeftAndWallsHold() {
        assertThat(new int[] {Grid.x(2, 1), Grid.y(2, 1)}).containsExactly(2, 3);
        assertThat(new int[] {Grid.x(2, 2), Grid.y(2, 2)}).containsExactly(3, 2);
        assertThat(new int[] {Grid.x(2, 3), Grid.y(2, 3)}).containsExactly(2, 1);
        assertThat(new int[] {Grid.x(2, 4), Grid.y(2, 4)}).containsExactly(1, 2);
        assertThat(new int[] {Grid.x(4, 2), Grid.y(4, 1)}).containsExactly(4, 4);
        assertThat(new int[] {Grid.x(0, 4), Grid.y(0, 3)}).containsExactly(0, 0);
    }

    @Test
    void goalsMayBeHeldOut() {
        GridworldBenchmark held = new GridworldBenchmark(new GridworldBenchmark.Settings(5));

        assertThat(grid.tasks(Split.TRAIN).size()).isEqualTo(21);
        assertThat(grid.tasks(Split.TEST)).isEqualTo(grid.tasks(Split.TRAIN));
        assertThat(held.tasks(Split.TRAIN).size()).isEqualTo(16);
        assertThat(held.tasks(Split.TEST).tasks())
                .hasSize(5)
                .doesNotContainAnyElementsOf(held.tasks(Split.TRAIN).tasks());
        assertThat(held.tasks(Split.TEST).tasks())
                .extracting(Task::name)
                .containsExactly("goal/0-2", "goal/2-2", "goal/4-0", "goal/1-2", "goal/3-0");
        assertThat(Grid.goals()).hasSize(21).doesNotHaveDuplicates();
        assertThat(grid.task("goal/3-2").orElseThrow().attributes())
                .containsEntry("x", "3")
                .containsEntry("y", "2");
        assertThat(grid.task("goal/1-1")).isEmpty();
        assertThat(grid.task("goal/5-0")).isEmpty();
        assertThat(grid.solved(Grid.goals().get(0), -0.4)).isTrue();
        assertThat(grid.solved(Grid.goals().get(0), -1.5)).isFalse();
        assertThatThrownBy(() -> new GridworldBenchmark.Settings(21))
                .hasMessage("holdout: must lie in [0, 20] but is 21");
    }

    @Test
    void keepsTheRulesOfTheHouse() {
        PluginArchitecture.of(GridworldPlugin.class).check();
        ReferenceDefaults.of(GridworldPlugin.class, "benchmarks.gridworld").match(GridworldBenchmark.Settings.class);
    }
}
