package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.experiment.PhaseSettings;
import org.adapt4j.testkit.toy.Toys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the contract promises of sessions and agents, of whatever an algorithm lives on. */
final class AgentPromisesTest {

    private static final int SLOTS = 4;
    private static final long DEMONSTRATIONS = 3;
    private static final Task STRANGER = new Task("toy", "stranger", Map.of());

    @TempDir
    Path folder;

    private final TaskDistribution benchmark = Toys.twoGoal();

    private enum Kind {
        ON_POLICY,
        OFF_POLICY,
        OFFLINE;

        AlgorithmFactory<?> algorithm() {
            return switch (this) {
                case ON_POLICY -> Toys.policyGradient();
                case OFF_POLICY -> Toys.q();
                case OFFLINE -> new Watching();
            };
        }

        PhaseSettings.Budget budget() {
            return this == OFFLINE
                    ? new PhaseSettings.Budget(0, 9, 0, DEMONSTRATIONS)
                    : new PhaseSettings.Budget(800, 0, 0, 0);
        }
    }

    private void run(Kind kind, Learner learner, BooleanSupplier stopRequested) {
        CellConfig cell = new CellConfig(
                "paper",
                1,
                Device.CPU,
                benchmark,
                kind.algorithm(),
                new CellConfig.Method.Pretrain(learner),
                Optional.of(new Standing(benchmark)),
                Optional.empty(),
                Conditioning.none(),
                new PhaseSettings(SLOTS, kind.budget(), CellJob.measure(List.of(), 1, 1, List.of(Split.TEST), 1)));
        new CellJob(folder, cell, Duration.ofHours(1)).run(stopRequested);
    }

    private void run(Kind kind, BiConsumer<Session, Agent> method) {
        run(kind, learner(method), () -> false);
    }

    private static Learner learner(BiConsumer<Session, Agent> method) {
        return session -> {
            try (Agent agent = session.agent(Conditioning.none())) {
                session.report(agent.policy(Mode.EXPLOIT));
                method.accept(session, agent);
                return Checkpoint.of(agent);
            }
        };
    }

    private static void spendAll(Session session, Agent agent) {
        while (session.proceed()) {
            agent.update();
        }
    }

    private static long spent(Session session) {
        return session.budget().spent(Resource.ENVIRONMENT_STEPS)
                + session.budget().spent(Resource.UPDATES);
    }

    @ParameterizedTest
    @EnumSource
    void anUpdateNeedsToKnowWhatToLearnFrom(Kind kind) {
        run(kind, (session, agent) -> {
            assertThatThrownBy(agent::update)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("update() needs collect()");
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            spendAll(session, agent);
        });
    }

    @ParameterizedTest
    @EnumSource
    void tasksOfOthersAreRefusedAndNothingChanges(Kind kind) {
        run(kind, (session, agent) -> {
            assertThatThrownBy(() -> agent.collect(TaskSchedule.fixed(STRANGER)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("collect(): stranger is none of the tasks of this phase");
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            assertThatThrownBy(() -> agent.focus(TaskSet.of(session.tasks().get(0), STRANGER)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("focus(): stranger is none of the tasks of this phase");
            spendAll(session, agent);
            assertThat(spent(session)).isPositive();
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatToLearnFromMayBeSaidAgain(Kind kind) {
        run(kind, (session, agent) -> {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            long asked = session.budget().spent(Resource.DEMONSTRATIONS);
            session.proceed();
            agent.update();
            agent.collect(TaskSchedule.trials(session.tasks(), 2));
            spendAll(session, agent);
            assertThat(session.budget().spent(Resource.DEMONSTRATIONS)).isEqualTo(asked);
            assertThat(session.budget().isSpent()).isTrue();
        });
    }

    @Test
    void whoBringsAPolicyPlaysItWhileTheReplayFills() {
        List<Snapshot> learned = new ArrayList<>();
        run(Kind.OFF_POLICY, (session, agent) -> {
            agent.collect(TaskSchedule.eachEpisode(session.tasks().first(1)));
            spendAll(session, agent);
            learned.add(agent.parameters().snapshot());
        });

        List<Map<String, Double>> untaught = playedBeforeTheFirstUpdate("untaught", agent -> {});

        assertThat(playedBeforeTheFirstUpdate(
                        "same",
                        agent -> agent.parameters().restore(agent.parameters().snapshot())))
                .isEqualTo(untaught);
        assertThat(playedBeforeTheFirstUpdate(
                        "taught", agent -> agent.parameters().restore(learned.get(0))))
                .isNotEqualTo(untaught);
    }

    private List<Map<String, Double>> playedBeforeTheFirstUpdate(String name, Consumer<Agent> preparation) {
        List<Map<String, Double>> played = new ArrayList<>();
        Path before = folder;
        folder = folder.resolve(name);
        run(Kind.OFF_POLICY, (session, agent) -> {
            preparation.accept(agent);
            agent.collect(TaskSchedule.eachEpisode(session.tasks().first(1)));
            while (session.proceed()) {
                Map<String, Double> values = agent.update();
                if (session.budget().spent(Resource.UPDATES) == 0) {
                    played.add(values);
                }
            }
        });
        folder = before;
        return played;
    }

    @Test
    void aReplayGoesOnWithTheTasksThatItHas() {
        run(Kind.OFF_POLICY, (session, agent) -> {
            TaskSet some = session.tasks().first(1);
            agent.collect(TaskSchedule.eachEpisode(some));
            assertThatThrownBy(() -> agent.collect(TaskSchedule.eachEpisode(session.tasks())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the same tasks");
            assertThatThrownBy(() -> agent.focus(session.tasks()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("none of the tasks that are played");
            spendAll(session, agent);
        });
    }

    @ParameterizedTest
    @EnumSource
    void pastTheBudgetAnUpdateDoesNothing(Kind kind) {
        run(kind, (session, agent) -> {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            spendAll(session, agent);
            long spent = spent(session);
            var weights = agent.parameters().snapshot();

            assertThat(agent.update()).isEmpty();

            assertThat(spent(session)).isEqualTo(spent);
            assertThat(agent.parameters().snapshot()).isEqualTo(weights);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatAnUpdateReturnsIsTheCallersToKeep(Kind kind) {
        run(kind, (session, agent) -> {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            List<Map<String, Double>> returned = new ArrayList<>();
            List<Map<String, Double>> copies = new ArrayList<>();
            while (session.proceed()) {
                returned.add(agent.update());
                copies.add(new HashMap<>(returned.get(returned.size() - 1)));
            }
            assertThat(returned).isEqualTo(copies).anyMatch(values -> !values.isEmpty());
        });
    }

    @ParameterizedTest
    @EnumSource
    void agentsAndWhatIsKeptAreMadeBeforeTheLoop(Kind kind) {
        run(kind, (session, agent) -> {
            try (Agent second = session.agent(Conditioning.none())) {
                second.collect(TaskSchedule.eachEpisode(session.tasks()));
                PolicyState state = session.keep(second.policy(Mode.EXPLORE).newState(SLOTS));
                assertThat(session.proceed()).isTrue();

                assertThatThrownBy(() -> session.agent(Conditioning.none()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("agent() must be called before the first proceed()");
                assertThatThrownBy(() -> session.keep(state))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("keep() must be called before the first proceed()");
                spendAll(session, second);
            }
        });
    }

    @Test
    void aResumedRunMakesAsManyAgents() {
        AtomicInteger asked = new AtomicInteger();
        BiConsumer<Session, Agent> method = (session, agent) -> {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            spendAll(session, agent);
        };
        assertThatThrownBy(() -> run(Kind.ON_POLICY, learner(method), () -> asked.incrementAndGet() == 3))
                .isInstanceOf(InterruptedCellException.class);

        assertThatThrownBy(() -> run(
                        Kind.ON_POLICY,
                        learner((session, agent) -> {
                            session.agent(Conditioning.none());
                            method.accept(session, agent);
                        }),
                        () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 agents")
                .hasMessageContaining("but 1 and 0 in the run that was interrupted");
    }

    @Test
    void whoAsksOnWhereTheRunIsToStopIsToldAgain() {
        AtomicInteger told = new AtomicInteger();
        Learner stubborn = learner((session, agent) -> {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            for (int i = 0; i < 3; i++) {
                try {
                    spendAll(session, agent);
                } catch (InterruptedCellException e) {
                    told.incrementAndGet();
                }
            }
            session.proceed();
        });

        assertThatThrownBy(() -> run(Kind.ON_POLICY, stubborn, () -> true))
                .isInstanceOf(InterruptedCellException.class)
                .hasMessageContaining("resume the run to go on");
        assertThat(told).hasValue(3);
    }

    /** Learns nothing from demonstrations, and says how many pairs there were. */
    private static final class Watching implements AlgorithmFactory<Batch.Imitation> {

        @Override
        public Diet<Batch.Imitation> diet() {
            return new Diet.Offline(8);
        }

        @Override
        public Optional<String> objection(AlgorithmRequest request) {
            return Optional.empty();
        }

        @Override
        public BaseAlgorithm<Batch.Imitation> create(AlgorithmRequest request) {
            BaseAlgorithm<Batch.Rollout> toy = Toys.policyGradient().create(request);
            return new BaseAlgorithm<>() {
                @Override
                public Policy policy(Mode mode) {
                    return toy.policy(mode);
                }

                @Override
                public Map<String, Double> update(Batch.Imitation batch, double progress) {
                    return Map.of("pairs", (double) batch.size());
                }

                @Override
                public Parameters parameters() {
                    return toy.parameters();
                }

                @Override
                public void save(DataOutputStream out) throws IOException {
                    toy.save(out);
                }

                @Override
                public void load(DataInputStream in) throws IOException {
                    toy.load(in);
                }

                @Override
                public void close() {
                    toy.close();
                }
            };
        }
    }

    /** Five steps of somebody who does always the same where nothing is to be seen. */
    private record Standing(TaskDistribution benchmark) implements DataSet {
        private static final int STEPS = 5;

        @Override
        public String title() {
            return "standing";
        }

        @Override
        public int count(Task task) {
            return 2;
        }

        @Override
        public Demonstration demonstration(Task task, int index) {
            EnvironmentSpec spec = benchmark.spec(TaskSet.of(task));
            Map<String, ByteBuffer> columns = new HashMap<>();
            for (Component component : spec.observation()) {
                columns.put(
                        component.name(), zeros((STEPS + 1) * component.space().bytes()));
            }
            columns.put("action", zeros(STEPS * spec.action().bytes()));
            columns.put("reward", zeros(STEPS * Float.BYTES));
            return new Demonstration(task, STEPS, columns, 0);
        }

        private static ByteBuffer zeros(int bytes) {
            return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
    }
}
