package org.adapt4j.toolkit.environment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.toolkit.run.SplitMix64;

/** Plays batches of {@link Counter}s, and puts down what comes of it. */
final class CounterPlay {

    static final int LIMIT = 6;

    static final EnvironmentSpec SPEC = new EnvironmentSpec(
            List.of(new Component("numbers", Box.vector(2, 0, 100)), new Component("byte", Box.image(1, 1, 1))),
            new Discrete(3),
            LIMIT);

    private final SlotBatch batch;
    private final ActionBlock acted;
    final StepBuffers seen;

    CounterPlay(SlotBatch batch) {
        this.batch = batch;
        seen = StepBlock.allocate(SPEC, batch.slots(), 1).step(0);
        acted = ActionBlock.allocate(SPEC.action(), List.of(), batch.slots(), 1);
    }

    static Task task(int goal) {
        return new Task("counter", "goal/" + goal, Map.of("goal", Integer.toString(goal)));
    }

    static TaskSet tasks(int... goals) {
        return new TaskSet(IntStream.of(goals).mapToObj(CounterPlay::task).toList());
    }

    static EnvironmentRequest request(TaskSchedule schedule, int slots) {
        return request(SPEC, schedule, slots);
    }

    static EnvironmentRequest request(EnvironmentSpec spec, TaskSchedule schedule, int slots) {
        return new EnvironmentRequest(spec, schedule, slots, new Root(7), EnvironmentRequest.Purpose.TRAINING);
    }

    CounterPlay receive() {
        batch.receive(seen);
        return this;
    }

    CounterPlay send(int... actions) {
        for (int slot = 0; slot < actions.length; slot++) {
            acted.step(0).discrete().put(slot, actions[slot]);
        }
        batch.send(acted.step(0));
        return this;
    }

    CounterPlay step(int... actions) {
        return send(actions).receive();
    }

    ActionBuffers actions() {
        return acted.step(0);
    }

    /** What a slot sees now, as a line: count of goal, flags, reward, task, and where it ended. */
    String line(int slot) {
        boolean ended = seen.is(Flag.TERMINATED, slot) || seen.is(Flag.TRUNCATED, slot);
        return (int) seen.observation(0).getFloat(8 * slot) + "/"
                + (int) seen.observation(0).getFloat(8 * slot + 4) + " "
                + seen.observation(1).get(slot) + " "
                + Flag.in(seen.flags().get(slot)) + " "
                + seen.rewards().get(slot) + " "
                + seen.tasks().get(slot)
                + (ended
                        ? " after " + (int) seen.lastObservation(0).getFloat(8 * slot) + "/"
                                + (int) seen.lastObservation(0).getFloat(8 * slot + 4) + " "
                                + seen.lastObservation(1).get(slot)
                        : "");
    }

    /** Plays at random and puts down everything. */
    List<String> random(int steps, long seed) {
        List<String> lines = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int t = 0; t < steps; t++) {
            step(random.ints(batch.slots(), 0, 3).toArray());
            for (int slot = 0; slot < batch.slots(); slot++) {
                lines.add(line(slot));
            }
        }
        return lines;
    }

    byte[] saved() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            batch.save(new DataOutputStream(out));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    void load(byte[] saved) throws IOException {
        batch.load(new DataInputStream(new ByteArrayInputStream(saved)));
    }

    /** A tree of random numbers. */
    private static final class Root implements RandomStream {
        private final long seed;
        private final SplitMix64 numbers;
        private final Map<String, Root> children = new HashMap<>();

        Root(long seed) {
            this.seed = seed;
            numbers = new SplitMix64(seed);
        }

        @Override
        public RandomStream child(String name) {
            return children.computeIfAbsent(name, key -> new Root(SplitMix64.mix(seed + key.hashCode())));
        }

        @Override
        public long nextLong() {
            return numbers.nextLong();
        }
    }
}
