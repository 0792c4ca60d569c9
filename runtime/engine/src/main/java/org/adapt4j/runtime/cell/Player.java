package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.TaskSchedule;
import org.jspecify.annotations.Nullable;

/**
 * Plays rollouts into memory of its own, again and again, with episodes running on from one rollout into the next.
 */
final class Player implements Stateful, AutoCloseable {

    private final VectorEnvironment environment;
    private final EnvironmentSpec spec;
    private final int slots;
    private final List<Component> extras;
    private StepBlock seen;
    private ActionBlock acted;
    private final CutOff truncations;
    private final PlayCheck check;
    private final TaskSchedule firstSchedule;
    private TaskSchedule schedule;
    private final double[] runningReturn;
    private final int[] runningLength;
    private final List<Double> finishedReturns = new ArrayList<>();
    private long finishedSteps;
    private boolean received;

    Player(
            TaskDistribution benchmark,
            EnvironmentSpec spec,
            TaskSchedule schedule,
            int slots,
            int steps,
            List<Component> extras,
            RandomStream random) {
        this.spec = spec;
        this.slots = slots;
        this.extras = extras;
        this.schedule = schedule;
        firstSchedule = schedule;
        environment = benchmark.open(new EnvironmentRequest(spec, schedule, slots, random, Purpose.TRAINING));
        seen = StepBlock.allocate(spec, slots, steps + 1);
        acted = ActionBlock.allocate(spec.action(), extras, slots, steps);
        truncations = new CutOff(spec);
        check = new PlayCheck(spec);
        runningReturn = new double[slots];
        runningLength = new int[slots];
    }

    /** Number of steps of a rollout, per slot. */
    int steps() {
        return acted.steps();
    }

    /** Makes the next rollouts of another length; running episodes go on. */
    void lengthen(int steps) {
        if (steps != steps()) {
            StepBuffers last = seen.step(steps());
            seen = StepBlock.allocate(spec, slots, steps + 1);
            acted = ActionBlock.allocate(spec.action(), extras, slots, steps);
            seen.step(steps).copyFrom(last);
        }
    }

    /** Abandons running episodes and plays something else. */
    void reassign(TaskSchedule next) {
        schedule = next;
        environment.reassign(next);
        received = false;
        Arrays.fill(runningReturn, 0);
        Arrays.fill(runningLength, 0);
    }

    /** What is being played. */
    TaskSchedule schedule() {
        return schedule;
    }

    /** Looks at each step while all of it is there. */
    @FunctionalInterface
    interface Watcher {

        /** Looks at nothing. */
        Watcher NOBODY = (before, acted, outcome) -> {};

        /** What was seen, what was done, and what came of it. */
        void watch(StepBuffers before, ActionBuffers acted, StepBuffers outcome);
    }

    /**
     * Plays one rollout. Its memory is written over by the next.
     *
     * @throws IllegalStateException if the environment gave something that is not finite, or ends every episode at once
     * @throws DivergedException if the policy acted with something that is not finite
     */
    Batch.Rollout play(Policy policy, PolicyState state, Watcher watcher) {
        if (received) {
            seen.step(0).copyFrom(seen.step(steps()));
        } else {
            environment.receive(seen.step(0));
            check.seen(seen.step(0), schedule, 0);
            received = true;
        }
        truncations.clear();
        finishedReturns.clear();
        finishedSteps = 0;
        PolicyState start = state.spread(slots);
        for (int t = 0; t < steps(); t++) {
            policy.act(seen.step(t), state, acted.step(t));
            requireFinite(acted.step(t), t);
            environment.send(acted.step(t));
            StepBuffers outcome = seen.step(t + 1);
            environment.receive(outcome);
            watcher.watch(seen.step(t), acted.step(t), outcome);
            note(outcome, t + 1);
        }
        look(steps());
        check.episodes();
        return new Batch.Rollout(seen, acted, start, truncations);
    }

    /** Looks at what was seen after each of the first actions: not at once, which would be in the way of playing. */
    private void look(int actions) {
        for (int t = 1; t <= actions; t++) {
            check.seen(seen.step(t), schedule, t);
        }
    }

    private void requireFinite(ActionBuffers acted, int actions) {
        if (!check.isFinite(acted)) {
            look(actions); // What was no number when it was seen is not the policy's fault.
            throw new DivergedException(
                    "diverged: the policy acts with something infinite or no number, and all that it"
                            + " saw are numbers. Lower the learning rate, or see what else drives its weights so far");
        }
    }

    private void note(StepBuffers outcome, int row) {
        for (int slot = 0; slot < slots; slot++) {
            check.outcome(seen.step(row - 1), outcome, slot, schedule, row);
            runningReturn[slot] += outcome.rewards().get(slot);
            runningLength[slot]++;
            if (outcome.is(Flag.TRUNCATED, slot)) {
                truncations.add(outcome, row, slot);
            }
            if (outcome.is(Flag.FIRST, slot)) {
                finishedReturns.add(runningReturn[slot]);
                finishedSteps += runningLength[slot];
                runningReturn[slot] = 0;
                runningLength[slot] = 0;
            }
        }
    }

    /** Mean return and length of the episodes that ended in the last rollout; empty if none did. */
    Map<String, Double> episodes() {
        Map<String, Double> values = new TreeMap<>();
        if (!finishedReturns.isEmpty()) {
            int count = finishedReturns.size();
            values.put("episodes", (double) count);
            values.put(
                    "episode-return",
                    finishedReturns.stream().mapToDouble(Double::doubleValue).sum() / count);
            values.put("episode-length", (double) finishedSteps / count);
        }
        return values;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        // A method that starts anew chooses its first schedule again; only what it chose later must be written.
        boolean chosenLater = !schedule.equals(firstSchedule);
        out.writeBoolean(chosenLater);
        if (chosenLater) {
            Schedules.write(schedule, out);
        }
        out.writeBoolean(received);
        if (received) {
            StepBuffers last = seen.step(steps());
            for (int c = 0; c < spec.observation().size(); c++) {
                writeBytes(out, last.observation(c));
            }
            for (int slot = 0; slot < slots; slot++) {
                out.writeFloat(last.rewards().get(slot));
                out.writeByte(last.flags().get(slot));
                out.writeInt(last.tasks().get(slot));
                out.writeDouble(runningReturn[slot]);
                out.writeInt(runningLength[slot]);
            }
        }
        out.writeInt(check.shortest());
        environment.save(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        if (in.readBoolean()) {
            reassign(Schedules.read(in));
        }
        received = in.readBoolean();
        if (received) {
            StepBuffers last = seen.step(steps());
            for (int c = 0; c < spec.observation().size(); c++) {
                readBytes(in, last.observation(c));
            }
            for (int slot = 0; slot < slots; slot++) {
                last.rewards().put(slot, in.readFloat());
                last.flags().put(slot, in.readByte());
                last.tasks().put(slot, in.readInt());
                runningReturn[slot] = in.readDouble();
                runningLength[slot] = in.readInt();
            }
        }
        check.resume(in.readInt());
        environment.load(in);
    }

    private static void writeBytes(DataOutputStream out, ByteBuffer buffer) throws IOException {
        byte[] bytes = new byte[buffer.limit()];
        buffer.get(0, bytes);
        out.write(bytes);
    }

    private static void readBytes(DataInputStream in, ByteBuffer buffer) throws IOException {
        byte[] bytes = in.readNBytes(buffer.limit());
        buffer.put(0, bytes);
    }

    @Override
    public void close() {
        environment.close();
    }

    /** Last observations of the few episodes that were cut off; memory grows to what one rollout needed. */
    private static final class CutOff implements Batch.Truncations {

        private final int[] rowBytes;
        private final @Nullable ByteBuffer[] memory;
        private int[] where = new int[16];
        private int count;

        CutOff(EnvironmentSpec spec) {
            rowBytes = spec.observation().stream()
                    .mapToInt(component -> component.space().bytes())
                    .toArray();
            memory = new ByteBuffer[rowBytes.length];
        }

        void clear() {
            count = 0;
        }

        void add(StepBuffers outcome, int row, int slot) {
            if (2 * count + 2 > where.length) {
                where = Arrays.copyOf(where, 2 * where.length);
            }
            where[2 * count] = row;
            where[2 * count + 1] = slot;
            for (int c = 0; c < rowBytes.length; c++) {
                ByteBuffer target = memory[c];
                int end = (count + 1) * rowBytes[c];
                if (target == null || target.capacity() < end) {
                    ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(2 * end, 8 * rowBytes[c]))
                            .order(ByteOrder.nativeOrder());
                    if (target != null) {
                        larger.put(0, target, 0, count * rowBytes[c]);
                    }
                    memory[c] = larger;
                    target = larger;
                }
                target.put(end - rowBytes[c], outcome.lastObservation(c), slot * rowBytes[c], rowBytes[c]);
            }
            count++;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public int step(int index) {
            return where[2 * index];
        }

        @Override
        public int slot(int index) {
            return where[2 * index + 1];
        }

        @Override
        public ByteBuffer observations(int component) {
            ByteBuffer whole = memory[component];
            return whole == null
                    ? ByteBuffer.allocateDirect(0)
                    : whole.slice(0, count * rowBytes[component]).order(ByteOrder.nativeOrder());
        }
    }
}
