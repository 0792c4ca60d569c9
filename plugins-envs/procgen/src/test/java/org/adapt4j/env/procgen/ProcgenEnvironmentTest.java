package org.adapt4j.env.procgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.VectorEnvironmentContract;
import org.adapt4j.testkit.fake.TestStreams;
import org.junit.jupiter.api.Test;

final class ProcgenEnvironmentTest extends VectorEnvironmentContract {

    private static final int RIGHT_AND_JUMP = 8;

    private static ProcgenBenchmark.Settings settings(int threads, boolean sequential, Optional<Integer> randSeed) {
        Setup setup = new Setup();
        setup.threads = threads;
        setup.useSequentialLevels = sequential;
        setup.randSeed = randSeed;
        return setup.settings();
    }

    private static TaskDistribution benchmark(int threads) {
        return new ProcgenBenchmark(settings(threads, false, Optional.empty()));
    }

    @Override
    protected TaskDistribution benchmark() {
        return benchmark(1);
    }

    @Override
    protected int steps() {
        return 700;
    }

    @Test
    void playsTheSameOverAnyNumberOfThreads() {
        assertThat(checksums(benchmark(3), 7, 200)).isEqualTo(checksums(benchmark(1), 7, 200));
    }

    private static List<Object> checksums(TaskDistribution benchmark, int slots, int steps) {
        TaskSchedule schedule = TaskSchedule.eachEpisode(benchmark.tasks(Split.TRAIN));
        List<Object> seen = new ArrayList<>();
        Random random = new Random(4);
        StepBlock block = StepBlock.allocate(benchmark.spec(schedule.tasks()), slots, 1);
        ActionBlock actions =
                ActionBlock.allocate(benchmark.spec(schedule.tasks()).action(), List.of(), slots, 1);
        try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                benchmark.spec(schedule.tasks()), schedule, slots, TestStreams.root(3), Purpose.TRAINING))) {
            environment.receive(block.step(0));
            for (int t = 0; t < steps; t++) {
                for (int slot = 0; slot < slots; slot++) {
                    actions.step(0).discrete().put(slot, random.nextInt(15));
                }
                environment.send(actions.step(0));
                environment.receive(block.step(0));
                seen.add(block.observations("rgb").hashCode());
                for (int slot = 0; slot < slots; slot++) {
                    seen.add(environment.info(slot));
                }
            }
        }
        return seen;
    }

    @Test
    void saysWhyAnEpisodeEndedAndWhereItStood() {
        TaskDistribution benchmark = benchmark();
        // Level 0 is solved by running and jumping to the right; standing still runs out of time.
        for (Map.Entry<Integer, String> play :
                Map.of(RIGHT_AND_JUMP, "goal", 4, "time-out").entrySet()) {
            Task level = solvedByRunning(benchmark);
            StepBlock block = StepBlock.allocate(benchmark.spec(TaskSet.of(level)), 1, 1);
            ActionBlock actions =
                    ActionBlock.allocate(benchmark.spec(TaskSet.of(level)).action(), List.of(), 1, 1);
            try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                    benchmark.spec(TaskSet.of(level)),
                    TaskSchedule.fixed(level),
                    1,
                    TestStreams.root(3),
                    Purpose.TRAINING))) {
                environment.receive(block.step(0));
                int steps = 0;
                do {
                    assertThat(environment.info(0)).containsEntry("end", "none");
                    actions.step(0).discrete().put(0, play.getKey());
                    environment.send(actions.step(0));
                    environment.receive(block.step(0));
                    steps++;
                } while (!block.step(0).is(Flag.FIRST, 0));

                boolean goal = play.getValue().equals("goal");
                assertThat(environment.info(0)).containsEntry("end", play.getValue());
                assertThat(block.step(0).rewards().get(0)).isEqualTo(goal ? 10f : 0f);
                assertThat(block.step(0).is(goal ? Flag.TERMINATED : Flag.TRUNCATED, 0))
                        .isTrue();
                assertThat(block.step(0).is(Flag.NEW_TRIAL, 0)).isFalse();
                assertThat(steps).isLessThanOrEqualTo(1_000);
                if (goal) {
                    assertThat(block.step(0).lastObservation(0))
                            .isNotEqualTo(block.step(0).observation(0));
                }
            }
        }
    }

    private static Task solvedByRunning(TaskDistribution benchmark) {
        for (Task task : benchmark.tasks(Split.TRAIN).tasks()) {
            CoinRun game = new CoinRun(settings(1, false, Optional.empty()).options());
            game.start(Levels.seed(task));
            while (game.end() == End.NONE) {
                game.step(RIGHT_AND_JUMP);
            }
            if (game.end() == End.GOAL) {
                return task;
            }
        }
        throw new AssertionError("no level is solved by running");
    }

    @Test
    void repeatsALevelForTheEpisodesOfATrial() {
        TaskDistribution benchmark = benchmark();
        TaskSet tasks = benchmark.tasks(Split.TRAIN);
        StepBlock block = StepBlock.allocate(benchmark.spec(tasks), 1, 1);
        ActionBlock actions = ActionBlock.allocate(benchmark.spec(tasks).action(), List.of(), 1, 1);
        List<Object> levels = new ArrayList<>();
        List<Boolean> newTrials = new ArrayList<>();
        try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                benchmark.spec(tasks), TaskSchedule.trials(tasks, 3), 1, TestStreams.root(3), Purpose.TRAINING))) {
            environment.receive(block.step(0));
            while (levels.size() < 6) {
                if (block.step(0).is(Flag.FIRST, 0)) {
                    levels.add(environment.info(0).get("level-seed"));
                    newTrials.add(block.step(0).is(Flag.NEW_TRIAL, 0));
                }
                actions.step(0).discrete().put(0, RIGHT_AND_JUMP);
                environment.send(actions.step(0));
                environment.receive(block.step(0));
            }
        }

        assertThat(newTrials).containsExactly(true, false, false, true, false, false);
        assertThat(levels.subList(0, 3)).containsOnly(levels.get(0));
        assertThat(levels.subList(3, 6)).containsOnly(levels.get(3)).doesNotContain(levels.get(0));
    }

    @Test
    void leadsFromACompletedLevelToTheNextOfASequence() {
        ProcgenBenchmark benchmark = new ProcgenBenchmark(settings(1, true, Optional.empty()));
        Task level = solvedByRunning(benchmark);
        StepBlock block = StepBlock.allocate(benchmark.spec(TaskSet.of(level)), 1, 1);
        ActionBlock actions =
                ActionBlock.allocate(benchmark.spec(TaskSet.of(level)).action(), List.of(), 1, 1);
        try (VectorEnvironment environment = benchmark.open(new EnvironmentRequest(
                benchmark.spec(TaskSet.of(level)),
                TaskSchedule.fixed(level),
                1,
                TestStreams.root(3),
                Purpose.TRAINING))) {
            environment.receive(block.step(0));
            while (block.step(0).rewards().get(0) == 0) {
                actions.step(0).discrete().put(0, RIGHT_AND_JUMP);
                environment.send(actions.step(0));
                environment.receive(block.step(0));
            }

            assertThat(block.step(0).is(Flag.FIRST, 0)).isFalse();
            assertThat(environment.info(0)).containsEntry("level-seed", Levels.seed(level) + 997);
        }
    }

    @Test
    void knowsEveryLevelByName() {
        TaskDistribution benchmark = benchmark();

        assertThat(benchmark.task("coinrun/2147483646")).isPresent();
        assertThat(benchmark.task("coinrun/2147483648")).isEmpty();
        assertThat(benchmark.task("coinrun/-1")).isEmpty();
        assertThat(benchmark.task("coinrun/007")).isEmpty();
        assertThat(benchmark.task("maze/1")).isEmpty();
    }

    @Test
    void holdsAllLevelsWithoutHoldingThem() {
        Setup setup = new Setup();
        setup.trainLevels = 0;
        setup.testStartLevel = 0;
        setup.testLevels = 0;

        TaskSet all = setup.benchmark().tasks(Split.TRAIN);

        assertThat(all.size()).isEqualTo(Integer.MAX_VALUE);
        assertThat(all.get(Integer.MAX_VALUE - 1).name()).isEqualTo("coinrun/2147483646");
    }

    @Test
    void refusesHeldOutLevelsThatAreTrainedOn() {
        Setup setup = new Setup();
        setup.trainLevels = 10_001;

        assertThatThrownBy(setup::settings)
                .hasMessageContaining("test-start-level: held-out levels 10000 to 10019 would overlap");
    }

    @Test
    void normalisesByTheBenchmarksConstants() {
        TaskDistribution benchmark = benchmark();
        Task task = benchmark.tasks(Split.TEST).get(0);

        assertThat(benchmark.normalise(task, 7.5)).isEqualTo(0.5);
        assertThat(benchmark.solved(task, 10)).isTrue();
        assertThat(benchmark.solved(task, 0)).isFalse();
    }

    @Test
    void refusesWhatOnlyCoinRunHas() {
        Setup debugged = new Setup();
        debugged.game = GameName.MAZE;
        debugged.debugMode = 2;
        Setup counted = new Setup();
        counted.game = GameName.MAZE;
        counted.observation = Sight.STATE;

        assertThatThrownBy(debugged::settings)
                .hasMessageContaining(
                        "debug-mode: changes levels of coinrun only, so must be 0 for other games but is 2");
        assertThatThrownBy(counted::settings)
                .hasMessageContaining("observation: must be rgb for other games than coinrun but is state");
    }
}
