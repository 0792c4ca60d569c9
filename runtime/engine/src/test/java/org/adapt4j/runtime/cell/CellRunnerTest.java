package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.evaluation.Evaluation;
import org.adapt4j.api.evaluation.EvaluationRequest;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.testkit.toy.Toys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CellRunnerTest {

    /** Draws tasks, trains on each for a while, and mixes: uses every part of a session that must survive a kill. */
    private static final Learner LEARNER = session -> {
        try (Agent agent = session.agent(Conditioning.none())) {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.focus(TaskSet.of(session.tasks().sample(session.random())));
                var start = agent.parameters().snapshot();
                agent.update();
                agent.update();
                agent.parameters().moveTowards(start, 0.25);
            }
            return Checkpoint.of(agent);
        }
    };

    /** Plays and learns in turn. */
    private static final Adapter ADAPTER = (learned, session) -> {
        try (Agent agent = session.agent(Conditioning.none())) {
            if (!learned.isNothing()) {
                agent.parameters().restore(learned.weights());
            }
            agent.collect(TaskSchedule.fixed(session.tasks().get(0)));
            Policy explore = agent.policy(Mode.EXPLORE);
            PolicyState state = session.keep(explore.newState(session.slots()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                session.play(explore, state, TaskSchedule.fixed(session.tasks().get(0)), 7);
                agent.update();
            }
        }
    };

    /** Plays two policies for different lengths and by different schedules in turn, so that a kill meets each of them. */
    private static final Adapter RESTLESS = (learned, session) -> {
        try (Agent agent = session.agent(Conditioning.none())) {
            Policy explore = agent.policy(Mode.EXPLORE);
            List<PolicyState> states = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                states.add(session.keep(explore.newState(session.slots())));
            }
            List<TaskSchedule> schedules =
                    List.of(TaskSchedule.fixed(session.tasks().get(0)), TaskSchedule.trials(session.tasks(), 2));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                int draw = session.random().nextInt(8);
                session.play(explore, states.get(draw & 1), schedules.get(draw >> 1 & 1), 5 + (draw >> 2 & 1));
            }
        }
    };

    @TempDir
    Path folder;

    private final TaskDistribution benchmark = Toys.twoGoal();
    private final AlgorithmFactory<?> algorithm = Toys.policyGradient();

    private CellJob job(Path where, CellConfig.Method method, long seed) {
        return CellJob.of(
                where,
                benchmark,
                algorithm,
                method,
                CellJob.phase(
                        4,
                        Map.of(Resource.ENVIRONMENT_STEPS, 4_000L),
                        CellJob.measure(
                                List.of(0L, 1_000L, 2_000L, 4_000L), 6, 5, List.of(Split.TRAIN, Split.TEST), 2)),
                seed,
                Duration.ofNanos(1));
    }

    private CellConfig.Method adapt(Optional<String> learned) {
        return adapt(ADAPTER, learned);
    }

    private CellConfig.Method adapt(Adapter adapter, Optional<String> learned) {
        Task task = benchmark.tasks(Split.TEST).get(0);
        return new CellConfig.Method.Adapt(adapter, TaskSet.of(task), learned);
    }

    @Test
    void learnsMeasuresAndLeavesWhatWasLearned() {
        PhaseResult result =
                job(folder, new CellConfig.Method.Pretrain(LEARNER), 1).run(() -> false);

        assertThat(result.environmentSteps()).isEqualTo(4_000);
        assertThat(result.parameters()).isPositive();
        assertThat(JsonLines.read(folder.resolve("evaluations.jsonl")))
                .hasSize(4
                        * (benchmark.tasks(Split.TRAIN).first(2).size()
                                + benchmark.tasks(Split.TEST).first(2).size()))
                .allSatisfy(line -> assertThat(line.get("returns")).hasSize(6))
                .allSatisfy(line -> assertThat(line.get("declared").asLong())
                        .isLessThanOrEqualTo(line.get("environment-steps").asLong()));
        assertThat(folder.resolve("learned/weights.safetensors")).exists();
    }

    @Test
    void adaptsWhatWasLearned() {
        job(folder.resolve("p"), new CellConfig.Method.Pretrain(LEARNER), 1).run(() -> false);

        PhaseResult result =
                job(folder.resolve("a"), adapt(Optional.of("p")), 1).run(() -> false);

        assertThat(result.environmentSteps()).isGreaterThanOrEqualTo(4_000);
        assertThat(JsonLines.read(folder.resolve("a/evaluations.jsonl"))).hasSize(4);
    }

    @Test
    void endsWithTheSameBytesAfterTenKills() throws IOException {
        for (CellConfig.Method method : List.of(
                new CellConfig.Method.Pretrain(LEARNER), adapt(Optional.empty()), adapt(RESTLESS, Optional.empty()))) {
            Path calm = Files.createTempDirectory(folder, "calm");
            Path harried = Files.createTempDirectory(folder, "harried");
            job(calm, method, 5).run(() -> false);
            Random random = new Random(3);

            for (int kill = 0; kill < 10; kill++) {
                assertThatThrownBy(() -> job(harried, method, 5).run(killAfter(1 + random.nextInt(3))))
                        .isInstanceOf(Killed.class);
            }
            job(harried, method, 5).run(() -> false);

            assertThat(read(harried, "evaluations.jsonl")).isEqualTo(read(calm, "evaluations.jsonl"));
            assertThat(read(harried, "metrics.jsonl")).isEqualTo(read(calm, "metrics.jsonl"));
            if (method instanceof CellConfig.Method.Pretrain) {
                assertThat(read(harried, "learned/weights.safetensors"))
                        .isEqualTo(read(calm, "learned/weights.safetensors"));
            }
        }
    }

    @Test
    void writesACheckpointWhenAskedToStop() throws IOException {
        AtomicInteger passes = new AtomicInteger();
        CellJob job = job(folder, new CellConfig.Method.Pretrain(LEARNER), 2);

        assertThatThrownBy(() -> job.run(() -> passes.incrementAndGet() == 4))
                .isInstanceOf(InterruptedCellException.class);

        assertThat(Files.exists(folder.resolve("checkpoint/state.bin"))).isTrue();
        assertThat(job.run(() -> false).environmentSteps()).isEqualTo(4_000);
    }

    @Test
    void givesDifferentSeedsDifferentRuns() throws IOException {
        job(folder.resolve("a"), new CellConfig.Method.Pretrain(LEARNER), 1).run(() -> false);
        job(folder.resolve("b"), new CellConfig.Method.Pretrain(LEARNER), 2).run(() -> false);

        assertThat(read(folder, "a/learned/weights.safetensors"))
                .isNotEqualTo(read(folder, "b/learned/weights.safetensors"));
    }

    @Test
    void trainsTheSameHoweverOftenItMeasures() throws IOException {
        CellJob often = job(folder.resolve("often"), new CellConfig.Method.Pretrain(LEARNER), 1);
        CellJob seldom = CellJob.of(
                folder.resolve("seldom"),
                benchmark,
                algorithm,
                often.cell().method(),
                CellJob.phase(
                        4,
                        Map.of(Resource.ENVIRONMENT_STEPS, 4_000L),
                        CellJob.measure(List.of(4_000L), 1, 1, List.of(Split.TEST), 1)),
                1,
                Duration.ofHours(1));

        often.run(() -> false);
        seldom.run(() -> false);

        assertThat(read(folder, "often/learned/weights.safetensors"))
                .isEqualTo(read(folder, "seldom/learned/weights.safetensors"));
    }

    @Test
    void countsLongEpisodesAsOftenAsShortOnes() {
        TaskSet tasks = benchmark.tasks(Split.TRAIN);
        EnvironmentSpec spec = benchmark.spec(tasks);
        Policy policy = algorithm
                .create(new AlgorithmRequest(spec, Conditioning.none(), 3, Device.CPU, Streams.root(1)))
                .policy(Mode.EXPLOIT);

        Evaluation evaluation = new EpisodeEvaluator()
                .evaluate(policy, new EvaluationRequest(benchmark, spec, tasks, 50, 3, Streams.root(2)));

        assertThat(evaluation.results()).hasSize(tasks.size()).allSatisfy(result -> {
            assertThat(result.returns()).hasSize(50);
            assertThat(result.lengths()).allSatisfy(length -> assertThat(length).isBetween(1, 20));
        });
    }

    private static byte[] read(Path where, String file) throws IOException {
        return Files.readAllBytes(where.resolve(file));
    }

    /** Dies without warning, as by SIGKILL, between two passes. */
    private static BooleanSupplier killAfter(int passes) {
        AtomicInteger left = new AtomicInteger(passes);
        return () -> {
            if (left.decrementAndGet() < 0) {
                throw new Killed();
            }
            return false;
        };
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
