package org.adapt4j.runtime.cell;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.Demonstration;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.runtime.run.DurableFiles;

/**
 * Plays the policy that a pre-training cell left, as it plays when it is measured, and keeps what it saw and did. Charges no budget.
 *
 * <p>What is played depends on the seed, the task and the number of the recording alone, so that a stopped recording goes on as if it
 * had not been stopped.
 */
public final class Recorder implements AutoCloseable {

    private final TaskDistribution benchmark;
    private final EnvironmentSpec spec;
    private final Checkpoint learned;
    private final BaseAlgorithm<?> algorithm;
    private final Policy policy;

    private Recorder(TaskDistribution benchmark, EnvironmentSpec spec, Checkpoint learned, BaseAlgorithm<?> algorithm) {
        this.benchmark = benchmark;
        this.spec = spec;
        this.learned = learned;
        this.algorithm = algorithm;
        policy = algorithm.policy(Mode.EXPLOIT);
    }

    /** Why a learner's policy cannot be recorded; empty if it can. */
    public static Optional<String> objection(Conditioning conditioning) {
        return conditioning instanceof Conditioning.Context
                ? Optional.of("its policy must be told what task it plays, which only its adapter can find out")
                : Optional.empty();
    }

    /**
     * Makes the agent again and gives it what was learned.
     *
     * @param conditioning the learner's
     * @param folder of what it left
     * @throws IllegalStateException if that is damaged, or does not fit the algorithm
     */
    public static Recorder open(
            TaskDistribution benchmark, AlgorithmFactory<?> factory, Conditioning conditioning, Path folder) {
        EnvironmentSpec spec = benchmark.spec(benchmark.tasks(Split.TRAIN));
        Checkpoint learned = LearnedFiles.read(folder, conditioning);
        if (learned.isNothing()) {
            throw new IllegalStateException(folder + ": nothing was learned, so there is nothing to play");
        }
        BaseAlgorithm<?> algorithm = factory.create(new AlgorithmRequest(
                spec, conditioning, 1, Device.CPU, Streams.root(0).child("algorithm")));
        try {
            algorithm.parameters().restore(learned.weights());
        } catch (IllegalArgumentException e) {
            algorithm.close();
            throw new IllegalStateException(
                    folder + ": what was learned does not fit the algorithm: " + e.getMessage(), e);
        }
        return new Recorder(benchmark, spec, learned, algorithm);
    }

    /** What the policy sees and does. */
    public EnvironmentSpec spec() {
        return spec;
    }

    /**
     * Writes weights of the policy as safetensors.
     *
     * @param groups of parameters; empty for all of them
     * @return the groups that were written
     * @throws IllegalArgumentException if there is no such group
     */
    public Set<String> write(Path file, Set<String> groups) {
        Set<String> known = algorithm.parameters().groups();
        if (!known.containsAll(groups)) {
            throw new IllegalArgumentException("the weights have the groups " + known + ", not all of " + groups);
        }
        Snapshot weights = learned.weights().only(groups.isEmpty() ? known : groups);
        DurableFiles.write(file, out -> Safetensors.write(weights, out));
        return weights.groups();
    }

    /**
     * Plays.
     *
     * @param number of the recording
     * @param steps exactly so many, over as many episodes as it takes; empty for one whole episode
     */
    public Demonstration record(Task task, long seed, int number, OptionalInt steps) {
        RandomStream random =
                Streams.root(seed).child("record").child(task.name()).child(Integer.toString(number));
        Columns columns = new Columns();
        StepBlock seen = StepBlock.allocate(spec, 1, 2);
        ActionBlock acted = ActionBlock.allocate(spec.action(), algorithm.extras(), 1, 1);
        PolicyState state = policy.newState(1);
        TaskSchedule schedule = TaskSchedule.fixed(task);
        int played = 0;
        try (VectorEnvironment environment =
                benchmark.open(new EnvironmentRequest(spec, schedule, 1, random, Purpose.MEASURING))) {
            environment.receive(seen.step(0));
            for (int t = 0; ; t = 1 - t) {
                StepBuffers before = seen.step(t);
                columns.see(before, false);
                policy.act(before, state, acted.step(0));
                columns.put("action", acted.step(0).bytes(), spec.action().bytes());
                environment.send(acted.step(0));
                StepBuffers outcome = seen.step(1 - t);
                environment.receive(outcome);
                played++;
                boolean ended = columns.note(outcome);
                if (steps.isPresent() ? played == steps.getAsInt() : ended) {
                    columns.see(outcome, ended);
                    return columns.finish(task, played);
                }
            }
        }
    }

    @Override
    public void close() {
        algorithm.close();
    }

    /** What is kept of a recording, growing. */
    private final class Columns {

        private final Map<String, ByteArrayOutputStream> bytes = new HashMap<>();
        private double sum;

        void put(String name, ByteBuffer from, int length) {
            byte[] row = new byte[length];
            from.get(0, row);
            bytes.computeIfAbsent(name, any -> new ByteArrayOutputStream()).writeBytes(row);
        }

        /** Keeps what is seen, or where the episode stood that has just ended. */
        void see(StepBuffers buffers, boolean last) {
            List<Component> components = spec.observation();
            for (int c = 0; c < components.size(); c++) {
                put(
                        components.get(c).name(),
                        last ? buffers.lastObservation(c) : buffers.observation(c),
                        components.get(c).space().bytes());
            }
        }

        /** Keeps what came of an action; whether it ended an episode. */
        boolean note(StepBuffers outcome) {
            float reward = outcome.rewards().get(0);
            sum += reward;
            put(
                    "reward",
                    ByteBuffer.allocate(Float.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .putFloat(0, reward),
                    Float.BYTES);
            boolean terminated = outcome.is(Flag.TERMINATED, 0);
            boolean ended = terminated || outcome.is(Flag.TRUNCATED, 0);
            put(Demonstration.TERMINATED, ByteBuffer.wrap(new byte[] {(byte) (terminated ? 1 : 0)}), 1);
            put(Demonstration.TRUNCATED, ByteBuffer.wrap(new byte[] {(byte) (ended && !terminated ? 1 : 0)}), 1);
            return ended;
        }

        Demonstration finish(Task task, int steps) {
            Map<String, ByteBuffer> columns = new HashMap<>();
            bytes.forEach((name, content) ->
                    columns.put(name, ByteBuffer.wrap(content.toByteArray()).order(ByteOrder.nativeOrder())));
            return new Demonstration(task, steps, columns, sum);
        }
    }
}
