package org.adapt4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Session;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.testkit.toy.IdentityBenchmark;
import org.adapt4j.testkit.toy.ReachBenchmark;
import org.adapt4j.testkit.toy.ReachExpert;
import org.adapt4j.testkit.toy.Toys;
import org.junit.jupiter.api.Test;

/** What the suites say of plug-ins that are broken on purpose. */
final class ExplainedFailuresTest {

    @Test
    void aLoopThatRemembersIsToldSo() {
        assertThatThrownBy(() -> new ForgetfulLearner().endsTheSameWhereverItWasKilled())
                .hasMessageContaining("killed at call 2 of proceed() and resumed")
                .hasMessageContaining("2 of 2 tensors differ: ")
                .hasMessageContaining("'policy/weights' in 2 of 2 numbers, most at [")
                .hasMessageMatching("(?s).*\\(by [0-9.]+\\).*")
                .hasMessageContaining("Your loop remembers something that no checkpoint keeps")
                .hasMessageContaining("session.keep(")
                .hasMessageNotContaining("java.nio");
    }

    @Test
    void anAdapterThatRemembersIsToldSo() {
        assertThatThrownBy(() -> new ForgetfulAdapter().endsTheSameWhereverItWasKilled())
                .hasMessageContaining("killed at call 2 of proceed() and resumed")
                .hasMessageContaining("1 of 2 tensors differ: 'optimizer/steps' in 1 of 1 number, at [0]: ")
                .hasMessageContaining("Your loop remembers something that no checkpoint keeps");
    }

    @Test
    void anAlgorithmThatSavesTooLittleIsToldSo() {
        assertThatThrownBy(() -> new ForgetfulAlgorithm().savedStateContinuesBitForBit())
                .hasMessageContaining("2 updates after saving and loading it, the weights are not the same")
                .hasMessageMatching(
                        "(?s).*'[a-z/-]+' in \\d+ of \\d+ numbers, most at \\[.*\\]: \\S+ instead of \\S+ \\(by .*")
                .hasMessageContaining("It remembers something that save() does not write");
    }

    @Test
    void playThatIsNotRepeatedIsToldByStepSlotAndColumn() {
        assertThatThrownBy(() -> new UnrepeatablePlay().sameSeedGivesTheSamePlay())
                .hasMessageContaining(
                        "playing twice with one seed and the same actions, the play is not the same: step 3, slot 1:")
                .hasMessageContaining("the reward is 0.5 instead of 0.25")
                .hasMessageContaining(
                        "observation 'state' differs in 1 of 4 numbers, at [2]: 0.5 instead of 0.25 (by 0.250)")
                .hasMessageContaining("Something other than the seed has a say");
    }

    @Test
    void aNumberOutsideItsSpaceIsToldWithItsPlace() {
        Throwable failure = catchThrowable(() -> new OutOfBounds().everyValueLiesInItsSpace());

        assertThat(failure)
                .hasMessage("step 3, slot 1, observation 'state', number 2 (from 0) is 1.5, but the specification says"
                        + " 0.0 to 1.0");
    }

    @Test
    void anEpisodeThatIsNotRepeatedIsToldByColumnAndRow() {
        assertThatThrownBy(() -> new UnrepeatableEpisodes().theSameIndexGivesTheSameEpisode())
                .hasMessageContaining("column 'reward' of episode 0 of ")
                .hasMessageContaining("asked again: row 1 (from 0) is the first that differs")
                .hasMessageContaining("Something other than the seed has a say");
    }

    /** Counts its passes in a local variable, by which it learns. */
    private static void forgetfulLoop(Session session, Agent agent) {
        agent.collect(TaskSchedule.eachEpisode(session.tasks()));
        session.report(agent.policy(Mode.EXPLOIT));
        for (int pass = 0; session.proceed(); pass++) {
            agent.focus(TaskSet.of(session.tasks().get(pass % session.tasks().size())));
            agent.update();
            if (pass == 2) {
                agent.parameters().resetOptimizer();
                agent.update();
            }
        }
    }

    private static final class ForgetfulLearner extends LearnerContract {
        @Override
        protected Learner learner() {
            return session -> {
                try (Agent agent = session.agent(Conditioning.none())) {
                    forgetfulLoop(session, agent);
                    return Checkpoint.of(agent);
                }
            };
        }
    }

    private static final class ForgetfulAdapter extends AdapterContract {
        @Override
        protected Adapter adapter() {
            return (learned, session) -> {
                try (Agent agent = session.agent(learned.conditioning())) {
                    forgetfulLoop(session, agent);
                }
            };
        }
    }

    private static final class ForgetfulAlgorithm extends AlgorithmContract {
        @Override
        protected AlgorithmFactory<?> factory() {
            AlgorithmFactory<Batch.Rollout> whole = Toys.policyGradient();
            return new AlgorithmFactory<Batch.Rollout>() {
                @Override
                public Diet<Batch.Rollout> diet() {
                    return whole.diet();
                }

                @Override
                public Optional<String> objection(AlgorithmRequest request) {
                    return whole.objection(request);
                }

                @Override
                public BaseAlgorithm<Batch.Rollout> create(AlgorithmRequest request) {
                    return new SavesHalf(whole.create(request));
                }
            };
        }
    }

    /** Skips an update out of three, by a count that it does not save. */
    private static final class SavesHalf implements BaseAlgorithm<Batch.Rollout> {
        private final BaseAlgorithm<Batch.Rollout> whole;
        private int updates;

        private SavesHalf(BaseAlgorithm<Batch.Rollout> whole) {
            this.whole = whole;
        }

        @Override
        public Policy policy(Mode mode) {
            return whole.policy(mode);
        }

        @Override
        public Map<String, Double> update(Batch.Rollout batch, double progress) {
            return ++updates % 3 == 0 ? Map.of() : whole.update(batch, progress);
        }

        @Override
        public Parameters parameters() {
            return whole.parameters();
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            whole.save(out);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            whole.load(in);
        }

        @Override
        public void close() {
            whole.close();
        }
    }

    private static final class UnrepeatablePlay extends VectorEnvironmentContract {
        private int opened;

        @Override
        protected TaskDistribution benchmark() {
            return new Meddled(() -> ++opened == 1 ? 0.25f : 0.5f);
        }
    }

    private static final class OutOfBounds extends VectorEnvironmentContract {
        @Override
        protected TaskDistribution benchmark() {
            return new Meddled(() -> 1.5f);
        }
    }

    /** A toy in which slot 1 sees, and earns, something else at step 3. */
    private record Meddled(Supplier<Float> number) implements TaskDistribution {
        private static final TaskDistribution TOY = new IdentityBenchmark(new IdentityBenchmark.Settings(4, 5));

        @Override
        public String title() {
            return TOY.title();
        }

        @Override
        public String backEnd() {
            return TOY.backEnd();
        }

        @Override
        public TaskSet tasks(Split split) {
            return TOY.tasks(split);
        }

        @Override
        public Optional<Task> task(String name) {
            return TOY.task(name);
        }

        @Override
        public EnvironmentSpec spec(TaskSet tasks) {
            return TOY.spec(tasks);
        }

        @Override
        public double normalise(Task task, double episodeReturn) {
            return episodeReturn;
        }

        @Override
        public boolean solved(Task task, double episodeReturn) {
            return false;
        }

        @Override
        public VectorEnvironment open(EnvironmentRequest request) {
            return new Play(TOY.open(request), number.get());
        }
    }

    private static final class Play implements VectorEnvironment {
        private final VectorEnvironment toy;
        private final float number;
        private int step;

        private Play(VectorEnvironment toy, float number) {
            this.toy = toy;
            this.number = number;
        }

        @Override
        public EnvironmentSpec spec() {
            return toy.spec();
        }

        @Override
        public int slots() {
            return toy.slots();
        }

        @Override
        public void send(ActionBuffers actions) {
            toy.send(actions);
        }

        @Override
        public void receive(StepBuffers out) {
            toy.receive(out);
            if (step++ == 3) {
                out.observation(0).putFloat(4 * (4 + 2), number);
                out.rewards().put(1, number);
            }
        }

        @Override
        public void reassign(TaskSchedule schedule) {
            toy.reassign(schedule);
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
    }

    private static final class UnrepeatableEpisodes extends DataSetContract {
        @Override
        protected DataSet dataSet() {
            DataSet toy = new ReachExpert(new ReachExpert.Settings(5), benchmark());
            return new DataSet() {
                private int asked;

                @Override
                public String title() {
                    return toy.title();
                }

                @Override
                public int count(Task task) {
                    return toy.count(task);
                }

                @Override
                public Demonstration demonstration(Task task, int index) {
                    Demonstration episode = toy.demonstration(task, index);
                    ByteBuffer rewards =
                            ByteBuffer.allocate(4 * episode.steps()).order(ByteOrder.nativeOrder());
                    rewards.putFloat(4, asked++);
                    return new Demonstration(task, episode.steps(), Map.of("reward", rewards), episode.episodeReturn());
                }
            };
        }

        @Override
        protected TaskDistribution benchmark() {
            return new ReachBenchmark(new ReachBenchmark.Settings(4, 10));
        }
    }
}
