package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.testkit.toy.Toys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a phase really spends: never more than its budget, and as much whatever the method. */
final class SpendingTest {

    private static final int SLOTS = 4;

    @TempDir
    Path folder;

    private final TaskDistribution benchmark = Toys.twoGoal();
    private final List<Map<String, Double>> logged = new ArrayList<>();

    /** Makes several updates in each pass and never asks whether there is anything left. */
    private Learner careless(int updates) {
        return session -> {
            try (Agent agent = session.agent(Conditioning.none())) {
                agent.collect(TaskSchedule.eachEpisode(session.tasks()));
                session.report(agent.policy(Mode.EXPLOIT));
                while (session.proceed()) {
                    for (int i = 0; i < updates; i++) {
                        logged.add(agent.update());
                    }
                }
                return Checkpoint.of(agent);
            }
        };
    }

    /** Only plays, so many steps at a time. */
    private static Adapter playing(int steps) {
        return (learned, session) -> {
            try (Agent agent = session.agent(Conditioning.none())) {
                Policy policy = agent.policy(Mode.EXPLORE);
                PolicyState state = session.keep(policy.newState(session.slots()));
                session.report(policy);
                while (session.proceed()) {
                    session.play(
                            policy, state, TaskSchedule.fixed(session.tasks().get(0)), steps);
                }
            }
        };
    }

    private PhaseResult run(
            AlgorithmFactory<?> algorithm, CellConfig.Method method, Map<Resource, Long> budget, Long... points) {
        return CellJob.of(
                        folder,
                        benchmark,
                        algorithm,
                        method,
                        CellJob.phase(SLOTS, budget, CellJob.measure(List.of(points), 1, 1, List.of(Split.TEST), 1)),
                        1,
                        Duration.ofHours(1))
                .run(() -> false);
    }

    private PhaseResult learn(AlgorithmFactory<?> algorithm, int updates, Map<Resource, Long> budget, Long... points) {
        return run(algorithm, new CellConfig.Method.Pretrain(careless(updates)), budget, points);
    }

    private static Map<Resource, Long> steps(long steps) {
        return Map.of(Resource.ENVIRONMENT_STEPS, steps);
    }

    private List<Long> measuredAt() {
        return JsonLines.read(folder.resolve("evaluations.jsonl")).stream()
                .map((ObjectNode line) -> line.get("environment-steps").asLong())
                .toList();
    }

    @Test
    void theLastRolloutIsAsLongAsTheBudgetAllows() {
        PhaseResult result = learn(Toys.policyGradient(), 1, steps(250), 0L, 101L, 248L);

        assertThat(result.environmentSteps()).isEqualTo(248);
        assertThat(result.updates()).as("3 rollouts of 80, and one of 8").isEqualTo(4);
        assertThat(measuredAt()).containsExactly(0L, 160L, 248L);
    }

    @Test
    void anInnerLoopThatRunsOnSpendsNothingMore() {
        PhaseResult result = learn(Toys.policyGradient(), 7, steps(101), 100L);

        assertThat(result.environmentSteps()).isEqualTo(100);
        assertThat(logged).hasSize(7);
        assertThat(logged.subList(0, 2)).noneMatch(Map::isEmpty);
        assertThat(logged.subList(2, 7)).allMatch(Map::isEmpty);
    }

    @Test
    void updatesAreNotExceededEither() {
        PhaseResult result = learn(Toys.policyGradient(), 7, Map.of(Resource.UPDATES, 3L), 3L);

        assertThat(result.updates()).isEqualTo(3);
        assertThat(result.environmentSteps()).isEqualTo(3 * 80);
    }

    @Test
    void aReplayIsFilledNoFurtherThanTheBudgetGoes() {
        PhaseResult result = learn(Toys.q(), 7, steps(403), 400L);

        assertThat(result.environmentSteps()).isEqualTo(400);
        assertThat(result.updates()).isPositive();
    }

    @Test
    void whoOnlyPlaysSpendsAsMuch() {
        CellConfig.Method method = new CellConfig.Method.Adapt(
                playing(20), TaskSet.of(benchmark.tasks(Split.TEST).get(0)), Optional.empty());

        PhaseResult result = run(Toys.policyGradient(), method, steps(250), 0L, 248L);

        assertThat(result.environmentSteps()).isEqualTo(248);
        assertThat(result.updates()).as("by design").isZero();
        assertThat(measuredAt()).containsExactly(0L, 248L);
    }

    @Test
    void toPlayOnWithoutBudgetIsRefused() {
        Adapter greedy = (learned, session) -> {
            Policy policy = session.agent(Conditioning.none()).policy(Mode.EXPLORE);
            PolicyState state = session.keep(policy.newState(session.slots()));
            session.report(policy);
            session.proceed();
            session.play(policy, state, TaskSchedule.fixed(session.tasks().get(0)), 1_000);
            session.play(policy, state, TaskSchedule.fixed(session.tasks().get(0)), 1);
        };
        CellConfig.Method method = new CellConfig.Method.Adapt(
                greedy, TaskSet.of(benchmark.tasks(Split.TEST).get(0)), Optional.empty());

        assertThatThrownBy(() -> run(Toys.policyGradient(), method, steps(100), 100L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ask proceed()");
    }

    @Test
    void aPhaseThatCouldNotLearnSaysSo() {
        assertThatThrownBy(() -> learn(Toys.q(), 1, steps(90), 88L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was learned: a task needs 50 transitions")
                .hasMessageContaining("2 of the tasks had as many")
                .hasMessageContaining("replay.start");
    }
}
