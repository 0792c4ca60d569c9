package org.adapt4j.runtime.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.run.JsonLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Not a number is a failure that says whose it is, never a score. */
final class DivergenceTest {

    private static final int SLOTS = 3;
    private static final int ROLLOUT = 32;
    private static final Task TASK = new Task("line", "line/7", Map.of());
    private static final Learner LEARNER = session -> {
        try (Agent agent = session.agent(Conditioning.none())) {
            agent.collect(TaskSchedule.eachEpisode(session.tasks()));
            session.report(agent.policy(Mode.EXPLOIT));
            while (session.proceed()) {
                agent.update();
            }
            return Checkpoint.of(agent);
        }
    };

    @TempDir
    Path folder;

    private final Line benchmark = new Line();
    private final Factory algorithm = new Factory();

    private void run() {
        run(() -> false);
    }

    private void run(BooleanSupplier stopRequested) {
        CellJob.of(
                        folder,
                        benchmark,
                        algorithm,
                        new CellConfig.Method.Pretrain(LEARNER),
                        CellJob.phase(
                                SLOTS,
                                Map.of(Resource.UPDATES, 5L),
                                CellJob.measure(List.of(0L, 4L, 5L), 2, 2, List.of(Split.TRAIN), 1)),
                        1,
                        Duration.ofHours(1))
                .run(stopRequested);
    }

    @Test
    void finiteNumbersPass() {
        assertThatCode(this::run).doesNotThrowAnyException();
        assertThat(JsonLines.read(folder.resolve("evaluations.jsonl"))).hasSize(3);
    }

    @Test
    void anUpdateThatLogsNoNumberNamesItselfTheQuantityAndTheLastFiniteValues() {
        algorithm.logged.put(3, Double.NaN);

        assertThatThrownBy(this::run)
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith(
                        "diverged at update 3: loss is NaN; the last finite values, of update 2: loss 2.000,"
                                + " updates 2.000. Lower the learning rate");
        assertThat(JsonLines.read(folder.resolve("metrics.jsonl"))).hasSize(2);
        assertThat(JsonLines.read(folder.resolve("evaluations.jsonl"))).hasSize(1);
    }

    @Test
    void theFirstUpdateHasNoLastValues() {
        algorithm.logged.put(1, Double.NEGATIVE_INFINITY);

        assertThatThrownBy(this::run).hasMessageStartingWith("diverged at update 1: loss is -Infinity. Lower");
    }

    @Test
    void anAlgorithmMayFindOutItself() {
        algorithm.throwsAt = 2;

        assertThatThrownBy(this::run)
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith(
                        "diverged at update 2: policy/mean is Infinity; the last finite values, of update 1");
    }

    @Test
    void weightsAreLookedAtBeforeTheyAreMeasuredWhateverIsLogged() {
        algorithm.weightBreaksAt = 2;

        assertThatThrownBy(this::run)
                .isInstanceOf(DivergedException.class)
                .hasMessageStartingWith("diverged by update 4: policy/weight is NaN");
        assertThat(JsonLines.read(folder.resolve("evaluations.jsonl"))).hasSize(1);
        assertThat(folder.resolve("learned")).doesNotExist();
    }

    @Test
    void weightsAreLookedAtBeforeTheyAreKept() {
        algorithm.weightBreaksAt = 5;

        assertThatThrownBy(this::run).hasMessageStartingWith("diverged by update 5: policy/weight is NaN");
        assertThat(folder.resolve("learned")).doesNotExist();
    }

    @Test
    void aPolicyThatActsWithNoNumberDiverged() {
        algorithm.action = Float.NaN;

        assertThatThrownBy(this::run)
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("the policy acts with something infinite or no number");
    }

    @Test
    void aRewardThatIsNoNumberIsTheEnvironmentsFault() {
        benchmark.rewardBreaksAt = 40;

        assertThatThrownBy(this::run)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the environment gave a reward of NaN in step 8 of slot 1, which plays line/7");
    }

    @Test
    void anObservationThatIsNoNumberIsTheEnvironmentsFault() {
        benchmark.stateBreaksAt = 5;

        assertThatThrownBy(this::run)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "the environment gave an observation 'state', its number 2 of 2, of Infinity in step 5"
                                + " of slot 1, which plays line/7");
    }

    @Test
    void whatWasSeenIsLookedAtBeforeThePolicyIsBlamed() {
        benchmark.stateBreaksAt = 5;
        algorithm.actsOnState = true;

        assertThatThrownBy(this::run).hasMessageStartingWith("the environment gave an observation 'state'");
    }

    @Test
    void whereACutOffEpisodeStoodIsLookedAtToo() {
        benchmark.lastBreaks = true;

        assertThatThrownBy(this::run)
                .hasMessageStartingWith(
                        "the environment gave an observation 'state', its number 1 of 2, of NaN in step 10");
    }

    @Test
    void anEnvironmentThatEndsEveryEpisodeAtOnceIsRefused() {
        benchmark.length = 1;

        assertThatThrownBy(this::run)
                .hasMessageStartingWith(
                        "the environment ends every episode at once: each of the first 96 took a single step,"
                                + " and 10 are allowed");
    }

    @Test
    void episodesOfOneStepAreFineWhereNoneIsLonger() {
        benchmark.length = 1;
        benchmark.limit = 1;

        assertThatCode(this::run).doesNotThrowAnyException();
    }

    @Test
    void aMeasuredScoreMustBeANumber() {
        benchmark.scale = Double.NaN;

        assertThatThrownBy(this::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("measuring line/7 gave a normalised return of NaN");
    }

    @Test
    void theLastFiniteValuesSurviveAKill() {
        AtomicInteger passes = new AtomicInteger();
        algorithm.logged.put(3, Double.NaN);
        assertThatThrownBy(() -> run(() -> passes.incrementAndGet() == 3)).isInstanceOf(InterruptedCellException.class);

        assertThatThrownBy(this::run)
                .hasMessageStartingWith(
                        "diverged at update 3: loss is NaN; the last finite values, of update 2: loss 2.000");
    }

    /** Two numbers that count the steps of an episode; breaks as a test wishes, while somebody trains on it. */
    private static final class Line implements TaskDistribution {
        private int length = 10;
        private int limit = 10;
        private int rewardBreaksAt = -1;
        private int stateBreaksAt = -1;
        private boolean lastBreaks;
        private double scale = 1;

        @Override
        public String title() {
            return "line";
        }

        @Override
        public String backEnd() {
            return "java";
        }

        @Override
        public TaskSet tasks(Split split) {
            return TaskSet.of(TASK);
        }

        @Override
        public Optional<Task> task(String name) {
            return Optional.of(TASK);
        }

        @Override
        public EnvironmentSpec spec(TaskSet tasks) {
            return new EnvironmentSpec(
                    List.of(new Component("state", Box.vector(2, -100, 100))), Box.vector(1, -100, 100), limit);
        }

        @Override
        public VectorEnvironment open(EnvironmentRequest request) {
            return new Walk(this, request.slots(), request.purpose() == Purpose.TRAINING);
        }

        @Override
        public double normalise(Task task, double episodeReturn) {
            return scale * episodeReturn;
        }

        @Override
        public boolean solved(Task task, double episodeReturn) {
            return false;
        }
    }

    private static final class Walk implements VectorEnvironment {
        private final Line line;
        private final int slots;
        private final boolean breaks;
        private int step;

        Walk(Line line, int slots, boolean breaks) {
            this.line = line;
            this.slots = slots;
            this.breaks = breaks;
        }

        @Override
        public EnvironmentSpec spec() {
            return line.spec(TaskSet.of(TASK));
        }

        @Override
        public int slots() {
            return slots;
        }

        @Override
        public void send(ActionBuffers actions) {
            step++;
        }

        @Override
        public void receive(StepBuffers outcome) {
            boolean first = step % line.length == 0;
            for (int slot = 0; slot < slots; slot++) {
                boolean odd = breaks && slot == 1;
                outcome.rewards().put(slot, odd && step == line.rewardBreaksAt ? Float.NaN : 1);
                outcome.observation(0).putFloat(8 * slot, step % line.length);
                outcome.observation(0)
                        .putFloat(8 * slot + 4, odd && step == line.stateBreaksAt ? Float.POSITIVE_INFINITY : 0);
                outcome.lastObservation(0).putFloat(8 * slot, breaks && line.lastBreaks ? Float.NaN : 0);
                int ended = step > 0 ? Flag.TRUNCATED.mask() : 0;
                outcome.flags().put(slot, (byte) (first ? Flag.FIRST.mask() | ended : 0));
            }
        }

        @Override
        public void reassign(TaskSchedule schedule) {
            step = 0;
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            out.writeInt(step);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            step = in.readInt();
        }

        @Override
        public void close() {}
    }

    /** A single weight that goes up by one in each update; breaks as a test wishes. */
    private static final class Factory implements AlgorithmFactory<Batch.Rollout> {
        private final Map<Integer, Double> logged = new HashMap<>();
        private int throwsAt = -1;
        private int weightBreaksAt = -1;
        private float action;
        private boolean actsOnState;

        @Override
        public Diet<Batch.Rollout> diet() {
            return new Diet.OnPolicy(ROLLOUT);
        }

        @Override
        public Optional<String> objection(AlgorithmRequest request) {
            return Optional.empty();
        }

        @Override
        public BaseAlgorithm<Batch.Rollout> create(AlgorithmRequest request) {
            return new Counting(this);
        }
    }

    private static final class Counting implements BaseAlgorithm<Batch.Rollout>, Parameters {
        private final Factory wishes;
        private int updates;

        Counting(Factory wishes) {
            this.wishes = wishes;
        }

        @Override
        public Map<String, Double> update(Batch.Rollout batch, double progress) {
            updates++;
            if (updates == wishes.throwsAt) {
                throw new NotFiniteException("policy/mean", Double.POSITIVE_INFINITY);
            }
            return Map.of("loss", wishes.logged.getOrDefault(updates, (double) updates), "updates", (double) updates);
        }

        @Override
        public Policy policy(Mode mode) {
            return new Policy() {
                @Override
                public PolicyState newState(int slots) {
                    return PolicyState.none(slots);
                }

                @Override
                public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
                    for (int slot = 0; slot < seen.slots(); slot++) {
                        float told = seen.observation(0).getFloat(8 * slot + 4);
                        actions.continuous().put(slot, wishes.actsOnState ? told : wishes.action);
                    }
                }
            };
        }

        @Override
        public Parameters parameters() {
            return this;
        }

        @Override
        public Set<String> groups() {
            return Set.of("policy");
        }

        @Override
        public long count() {
            return 1;
        }

        @Override
        public Snapshot snapshot() {
            boolean broken = wishes.weightBreaksAt >= 0 && updates >= wishes.weightBreaksAt;
            return Snapshot.of(Map.of("policy/weight", Tensor.of(1, broken ? Double.NaN : updates)));
        }

        @Override
        public void restore(Snapshot snapshot, Set<String> groups) {}

        @Override
        public void moveTowards(Snapshot target, double fraction) {}

        @Override
        public void train(Set<String> groups) {}

        @Override
        public void resetOptimizer() {}

        @Override
        public void save(DataOutputStream out) throws IOException {
            out.writeInt(updates);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            updates = in.readInt();
        }

        @Override
        public void close() {}
    }
}
