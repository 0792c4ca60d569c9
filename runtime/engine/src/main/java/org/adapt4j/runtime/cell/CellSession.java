package org.adapt4j.runtime.cell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.method.AdaptationSession;
import org.adapt4j.api.method.Agent;
import org.adapt4j.api.method.Expert;
import org.adapt4j.api.method.TrainingSession;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Metrics;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.jspecify.annotations.Nullable;

/**
 * The session of one phase: meters what the method spends, measures what it reports, and makes its loop survive a kill.
 *
 * <p>Everything that influences the future is in the streams, the budget, the agents, the play and the position in the logs;
 * {@link #proceed} saves them together, and in a resumed run restores them together.
 */
final class CellSession implements TrainingSession, AdaptationSession, AutoCloseable {

    private final TaskDistribution benchmark;
    private final AlgorithmFactory<?> factory;
    private final EnvironmentSpec spec;
    private final TaskSet tasks;
    private final int slots;
    private final BudgetMeter budget;
    private final Resource axis;
    private final Streams streams;
    private final CellLogs logs;
    private final Measuring measuring;
    private final StateFile file;
    private final Duration checkpointEvery;
    private final BooleanSupplier stopRequested;

    private final List<OnPolicyAgent> agents = new ArrayList<>();
    private final Play play = new Play();
    private byte @Nullable [] resume;
    private @Nullable Policy reported;
    private long lastSave = System.nanoTime();

    /** All that a session is made of; see the fields of {@link CellSession}. */
    record Parts(
            TaskDistribution benchmark,
            AlgorithmFactory<?> factory,
            EnvironmentSpec spec,
            TaskSet tasks,
            int slots,
            BudgetMeter budget,
            Resource axis,
            long seed,
            CellLogs logs,
            Measuring measuring,
            StateFile file,
            Duration checkpointEvery,
            BooleanSupplier stopRequested) {}

    CellSession(Parts parts) {
        benchmark = parts.benchmark();
        factory = parts.factory();
        spec = parts.spec();
        tasks = parts.tasks();
        slots = parts.slots();
        budget = parts.budget();
        axis = parts.axis();
        streams = Streams.root(parts.seed());
        logs = parts.logs();
        measuring = parts.measuring();
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
        if (factory.consumes() != Batch.Rollout.class) {
            throw new IllegalStateException("no agent for experience of kind "
                    + factory.consumes().getSimpleName() + ": this runtime drives on-policy algorithms only");
        }
        @SuppressWarnings("unchecked") // checked in the line above
        AlgorithmFactory<Batch.Rollout> onPolicy = (AlgorithmFactory<Batch.Rollout>) factory;
        RandomStream random = streams.child("agent").child(agents.size());
        AlgorithmRequest request =
                new AlgorithmRequest(spec, conditioning, slots, Device.CPU, random.child("algorithm"));
        OnPolicyAgent agent = new OnPolicyAgent(benchmark, onPolicy, request, budget, logs, random);
        agents.add(agent);
        return agent;
    }

    @Override
    public void report(Policy usedFromNow) {
        reported = usedFromNow;
    }

    @Override
    public boolean proceed() {
        if (resume != null) {
            restore(resume);
            resume = null;
        } else {
            if (reported != null && measuring.isDue(budget.spent(axis))) {
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

    /** Measures the points that a method left open which returned early: its last report stands for them. */
    void finish() {
        while (!measuring.isFinished()) {
            if (reported == null) {
                throw new IllegalStateException("the method never called report(), so there is nothing to measure");
            }
            measuring.measureNext(reported);
        }
    }

    /** The policy reported last. */
    Optional<Policy> reported() {
        return Optional.ofNullable(reported);
    }

    /** Number of trainable parameters of the first agent; 0 if the method made none. */
    long parameters() {
        return agents.isEmpty() ? 0 : agents.get(0).parameters().count();
    }

    @Override
    public Expert expert() {
        return task -> Optional.empty();
    }

    @Override
    public Batch.Rollout play(Policy policy, PolicyState state, TaskSchedule schedule, int steps) {
        Batch.Rollout rollout = play.rollout(policy, state, schedule, steps);
        budget.spend(Resource.ENVIRONMENT_STEPS, (long) steps * slots);
        logs.record(play.episodes());
        return rollout;
    }

    private List<Stateful> state() {
        List<Stateful> parts = new ArrayList<>(List.of(streams, budget, measuring, logs));
        parts.addAll(agents);
        parts.add(play);
        return parts;
    }

    private void save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(agents.size());
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
            int count = in.readInt();
            if (count != agents.size()) {
                throw new IllegalStateException("the method made " + agents.size() + " agents before its loop, but "
                        + count + " in the run that was interrupted; it cannot be resumed");
            }
            for (Stateful part : state()) {
                part.load(in);
            }
            if (in.read() != -1) {
                throw new IllegalStateException("the checkpoint holds more than this version of the cell reads; start"
                        + " the cell anew by deleting its checkpoint folder");
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot restore the checkpoint: " + e + ". Delete the cell's checkpoint folder to start it anew",
                    e);
        }
    }

    @Override
    public void close() {
        play.close();
        agents.forEach(OnPolicyAgent::release);
        logs.close();
    }

    /** Play without learning, of which one may be going on at a time. */
    private final class Play implements Stateful, AutoCloseable {

        private @Nullable Player player;
        private @Nullable PolicyState state;
        private byte @Nullable [] savedState;
        private byte @Nullable [] savedPlayer;

        Batch.Rollout rollout(Policy policy, PolicyState policyState, TaskSchedule schedule, int steps) {
            Player current = player;
            if (current != null && current.steps() != steps) {
                current.close();
                current = null;
            }
            if (current == null) {
                // A restored play brings its own state, so opening it must not draw from the restored streams.
                RandomStream random =
                        savedPlayer == null ? streams.child("play").child("environment") : Streams.root(0);
                current = new Player(benchmark, spec, schedule, slots, steps, List.of(), random);
            } else if (!current.schedule().equals(schedule)) {
                current.reassign(schedule);
            }
            player = current;
            state = policyState;
            if (savedState != null && savedPlayer != null) {
                try {
                    policyState.load(new DataInputStream(new ByteArrayInputStream(savedState)));
                    current.load(new DataInputStream(new ByteArrayInputStream(savedPlayer)));
                } catch (IOException e) {
                    throw new IllegalStateException("cannot restore the play: " + e, e);
                }
                savedState = null;
                savedPlayer = null;
            }
            return current.play(policy, policyState);
        }

        Map<String, Double> episodes() {
            return player == null ? Map.of() : player.episodes();
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            byte[] stateBytes = savedState;
            byte[] playerBytes = savedPlayer;
            if (stateBytes == null && state != null && player != null) {
                stateBytes = bytes(state);
                playerBytes = bytes(player);
            }
            out.writeBoolean(stateBytes != null && playerBytes != null);
            if (stateBytes != null && playerBytes != null) {
                out.writeInt(stateBytes.length);
                out.write(stateBytes);
                out.writeInt(playerBytes.length);
                out.write(playerBytes);
            }
        }

        private static byte[] bytes(Stateful part) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                part.save(out);
            }
            return bytes.toByteArray();
        }

        /** Keeps the state until the method plays again with a policy state of its own. */
        @Override
        public void load(DataInputStream in) throws IOException {
            if (in.readBoolean()) {
                savedState = in.readNBytes(in.readInt());
                savedPlayer = in.readNBytes(in.readInt());
            }
        }

        @Override
        public void close() {
            if (player != null) {
                player.close();
            }
        }
    }
}
