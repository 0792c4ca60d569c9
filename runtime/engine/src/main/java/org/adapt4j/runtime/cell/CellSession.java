package org.adapt4j.runtime.cell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Expert;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Metrics;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.toolkit.replay.BlockStore;
import org.adapt4j.toolkit.run.BudgetMeter;
import org.jspecify.annotations.Nullable;

/**
 * The session of one phase: meters what the method spends, measures what it reports, and makes its loop survive a kill.
 *
 * <p>Everything that influences the future is in the streams, the budget, the agents, the play and the position in the logs;
 * {@link #proceed} saves them together, and in a resumed run restores them together.
 */
final class CellSession implements AdaptationSession, AutoCloseable {

    private final TaskDistribution benchmark;
    private final AlgorithmFactory<?> factory;
    private final Device device;
    private final EnvironmentSpec spec;
    private final TaskSet tasks;
    private final int slots;
    private final BudgetMeter budget;
    private final Resource axis;
    private final Streams streams;
    private final CellLogs logs;
    private final Measuring measuring;
    private final RecordedExpert expert;
    private final StateFile file;
    private final Duration checkpointEvery;
    private final BooleanSupplier stopRequested;

    private final List<CellAgent> agents = new ArrayList<>();
    private final List<Stateful> kept = new ArrayList<>();
    private final Play play = new Play();
    private byte @Nullable [] resume;
    private boolean inLoop;
    private @Nullable Policy reported;
    private long lastSave = System.nanoTime();

    /** All that a session is made of; see the fields of {@link CellSession}. */
    record Parts(
            CellConfig cell,
            EnvironmentSpec spec,
            TaskSet tasks,
            BudgetMeter budget,
            long seed,
            CellLogs logs,
            Measuring measuring,
            RecordedExpert expert,
            StateFile file,
            Duration checkpointEvery,
            BooleanSupplier stopRequested) {}

    CellSession(Parts parts) {
        benchmark = parts.cell().benchmark();
        factory = parts.cell().algorithm();
        device = parts.cell().device();
        spec = parts.spec();
        tasks = parts.tasks();
        slots = parts.cell().phase().slots();
        budget = parts.budget();
        axis = budget.axis();
        streams = Streams.root(parts.seed());
        logs = parts.logs();
        measuring = parts.measuring();
        expert = parts.expert();
        file = parts.file();
        checkpointEvery = parts.checkpointEvery();
        stopRequested = parts.stopRequested();
        resume = file.read().orElse(null);
    }

    @Override
    public TaskSet tasks() {
        return tasks;
    }

    @Override
    public EnvironmentSpec spec() {
        return spec;
    }

    @Override
    public Map<String, ByteBuffer> taskObservation(Task task) {
        return benchmark.taskObservation(task);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public Budget budget() {
        return budget;
    }

    @Override
    public RandomStream random() {
        return streams.child("method");
    }

    @Override
    public Metrics metrics() {
        return logs;
    }

    @Override
    public Agent agent(Conditioning conditioning) {
        requireBeforeTheLoop("agent()");
        RandomStream random = streams.child("agent").child(agents.size());
        AlgorithmRequest request = new AlgorithmRequest(spec, conditioning, slots, device, random.child("algorithm"));
        CellAgent agent = agent(request, random);
        agents.add(agent);
        return agent;
    }

    private CellAgent agent(AlgorithmRequest request, RandomStream random) {
        return factory.match(new Diet.Cases<CellAgent>() {
            @Override
            public CellAgent onPolicy(AlgorithmFactory<Batch.Rollout> learner, Diet.OnPolicy diet) {
                return new OnPolicyAgent(benchmark, tasks, learner, diet, request, budget, logs, random);
            }

            @Override
            public CellAgent offPolicy(AlgorithmFactory<Batch.Transitions> learner, Diet.OffPolicy diet) {
                BlockStore blocks = file.blocks("replay-" + agents.size());
                return new OffPolicyAgent(
                        benchmark, tasks, learner, diet, request, budget, expert, logs, random, blocks);
            }

            @Override
            public CellAgent offline(AlgorithmFactory<Batch.Imitation> learner, Diet.Offline diet) {
                return new OfflineAgent(tasks, learner, diet, request, budget, expert, logs, random);
            }
        });
    }

    private void requireBeforeTheLoop(String call) {
        if (inLoop) {
            throw new IllegalStateException(call + " must be called before the first proceed(), where a resumed run"
                    + " restores what was made by then");
        }
    }

    @Override
    public void report(Policy usedFromNow) {
        reported = usedFromNow;
    }

    @Override
    public <S extends Stateful> S keep(S state) {
        requireBeforeTheLoop("keep()");
        kept.add(state);
        return state;
    }

    @Override
    public boolean proceed() {
        if (!inLoop) {
            inLoop = true;
            agents.forEach(CellAgent::beginLoop);
        }
        if (resume != null) {
            restore(resume);
            resume = null;
        } else {
            if (reported != null && measuring.isDue(budget.spent(axis))) {
                agents.forEach(CellAgent::requireFiniteWeights);
                measuring.measure(reported, budget.spent(axis));
            }
            boolean stop = stopRequested.getAsBoolean();
            if (stop || System.nanoTime() - lastSave > checkpointEvery.toNanos()) {
                save();
            }
            if (stop) {
                throw new InterruptedCellException();
            }
        }
        return !budget.isSpent();
    }

    /**
     * Measures the points that a method left open which returned early: its last report stands for them.
     *
     * @throws DivergedException if a weight is not finite
     * @throws IllegalStateException if an agent was to learn and never could
     */
    void finish() {
        agents.forEach(CellAgent::requireFiniteWeights);
        while (!measuring.isFinished()) {
            if (reported == null) {
                throw new IllegalStateException("the method never called report(), so there is nothing to measure");
            }
            measuring.measureNext(reported);
        }
        logs.demandThere();
        agents.stream().flatMap(agent -> agent.idle().stream()).findFirst().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    /** The policy reported last. */
    Optional<Policy> reported() {
        return Optional.ofNullable(reported);
    }

    /** The parameters of each agent as they are now, without what optimisers remember. */
    List<Snapshot> weights() {
        return agents.stream()
                .map(agent ->
                        agent.parameters().snapshot().only(agent.parameters().groups()))
                .toList();
    }

    /** Number of trainable parameters of the first agent; 0 if the method made none. */
    long parameters() {
        return agents.isEmpty() ? 0 : agents.get(0).parameters().count();
    }

    @Override
    public Expert expert() {
        return expert;
    }

    @Override
    public Batch.Rollout play(Policy policy, PolicyState state, TaskSchedule schedule, int steps) {
        int left = budget.stepsPerSlot(steps);
        if (left == 0) {
            throw new IllegalStateException(
                    "play(): the environment steps of the budget are spent; ask proceed() before each call");
        }
        Batch.Rollout rollout = play.rollout(policy, state, schedule, left);
        budget.spend(Resource.ENVIRONMENT_STEPS, (long) left * slots);
        Map<String, Double> episodes = play.episodes();
        if (!episodes.isEmpty()) {
            logs.record(episodes);
        }
        return rollout;
    }

    private List<Stateful> state() {
        List<Stateful> parts = new ArrayList<>(List.of(streams, budget, measuring, logs, expert));
        parts.addAll(agents);
        parts.addAll(kept);
        parts.add(play);
        return parts;
    }

    private void save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(agents.size());
            out.writeInt(kept.size());
            for (Stateful part : state()) {
                part.save(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot gather the state of the cell: " + e.getMessage(), e);
        }
        file.write(bytes.toByteArray());
        lastSave = System.nanoTime();
    }

    private void restore(byte[] saved) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            int agentsThen = in.readInt();
            int keptThen = in.readInt();
            if (agentsThen != agents.size() || keptThen != kept.size()) {
                throw new IllegalStateException("the method made " + agents.size() + " agents and kept " + kept.size()
                        + " states before its loop, but " + agentsThen + " and " + keptThen
                        + " in the run that was interrupted; it cannot be resumed");
            }
            for (Stateful part : state()) {
                part.load(in);
            }
            if (in.read() != -1) {
                throw new IllegalStateException(
                        "the checkpoint holds more than this version of the cell reads; delete the" + " folder "
                                + file.folder() + " to start this cell anew");
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot restore the checkpoint: " + Objects.requireNonNullElse(e.getMessage(), e.toString())
                            + ". Delete the folder " + file.folder() + " to start this cell anew",
                    e);
        }
    }

    @Override
    public void close() {
        play.close();
        agents.forEach(CellAgent::release);
        logs.close();
    }

    /** Play without learning, of which one may be going on at a time. */
    private final class Play implements Stateful, AutoCloseable {

        private static final int NONE = 0;

        private @Nullable Player player;
        private @Nullable PolicyState memory;

        Batch.Rollout rollout(Policy policy, PolicyState state, TaskSchedule schedule, int steps) {
            Player current = player;
            if (current == null) {
                current = open(schedule, steps, streams.child("play").child("environment"));
            } else {
                current.lengthen(steps);
                boolean another = memory != null && !memory.equals(state);
                if (another || !current.schedule().equals(schedule)) {
                    current.reassign(schedule);
                }
            }
            player = current;
            memory = state;
            return current.play(policy, state, Player.Watcher.NOBODY);
        }

        private Player open(TaskSchedule schedule, int steps, RandomStream random) {
            return new Player(benchmark, spec, schedule, slots, steps, List.of(), random);
        }

        Map<String, Double> episodes() {
            return player == null ? Map.of() : player.episodes();
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            if (player == null) {
                out.writeInt(NONE);
                return;
            }
            out.writeInt(player.steps());
            Schedules.write(player.schedule(), out);
            out.writeInt(kept.indexOf(memory));
            player.save(out);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            int steps = in.readInt();
            if (steps == NONE) {
                return;
            }
            close();
            // What it loads brings its own chance along; opening it must not draw from the restored streams.
            player = open(Schedules.read(in), steps, Streams.root(0));
            int remembered = in.readInt();
            memory = remembered >= 0 && kept.get(remembered) instanceof PolicyState state ? state : null;
            player.load(in);
        }

        @Override
        public void close() {
            if (player != null) {
                player.close();
            }
        }
    }
}
