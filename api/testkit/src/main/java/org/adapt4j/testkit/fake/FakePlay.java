package org.adapt4j.testkit.fake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.benchmark.EnvironmentRequest.Purpose;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
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

/** Rolls a policy out in slots of a benchmark; episodes go on from one rollout to the next. */
public final class FakePlay implements Stateful, AutoCloseable {

    private final TaskDistribution benchmark;
    private final int slots;
    private final RandomStream random;
    private final List<EnvironmentSpec.Component> extras;
    private @Nullable VectorEnvironment environment;
    private @Nullable TaskSchedule schedule;
    private @Nullable PolicyState memory;
    private @Nullable StepBlock current;
    private byte @Nullable [] savedEnvironment;

    /** Play that has not begun. */
    public FakePlay(TaskDistribution benchmark, int slots, RandomStream random) {
        this(benchmark, slots, random, List.of());
    }

    /** Play that has not begun. @param extras what the policy notes down beside its actions */
    public FakePlay(
            TaskDistribution benchmark, int slots, RandomStream random, List<EnvironmentSpec.Component> extras) {
        this.benchmark = benchmark;
        this.slots = slots;
        this.random = random;
        this.extras = List.copyOf(extras);
    }

    /** Looks on while something is played. */
    @FunctionalInterface
    public interface Onlooker {

        /** Sees one step of all slots. Called in the order of play; nothing is to be kept. */
        void observe(StepBuffers before, ActionBuffers acted, StepBuffers outcome);
    }

    /** Plays on, or anew if the schedule or the memory is another one. The memory of the rollout is its own. */
    public Batch.Rollout play(Policy policy, PolicyState state, TaskSchedule wanted, int steps) {
        return play(policy, state, wanted, steps, (before, acted, outcome) -> {});
    }

    /** Plays as above while somebody looks on. */
    public Batch.Rollout play(Policy policy, PolicyState state, TaskSchedule wanted, int steps, Onlooker onlooker) {
        EnvironmentSpec spec = benchmark.spec(wanted.tasks());
        VectorEnvironment playing = environment;
        StepBlock row = current;
        if (playing == null || row == null) {
            // A restored environment brings its own chance along; opening it must not draw from the restored streams.
            RandomStream chance = savedEnvironment == null ? random : TestStreams.root(0);
            playing = benchmark.open(new EnvironmentRequest(spec, wanted, slots, chance, Purpose.TRAINING));
            row = StepBlock.allocate(spec, slots, 1);
            resumeOrStart(playing, row);
        } else if (!wanted.equals(schedule) || memory != state) {
            playing.reassign(wanted);
            playing.receive(row.step(0));
        }
        environment = playing;
        current = row;
        schedule = wanted;
        memory = state;

        StepBlock seen = StepBlock.allocate(spec, slots, steps + 1);
        ActionBlock acted = ActionBlock.allocate(spec.action(), extras, slots, steps);
        Cuts cuts = new Cuts(spec);
        PolicyState start = state.spread(slots);
        seen.step(0).copyFrom(row.step(0));
        for (int t = 0; t < steps; t++) {
            policy.act(seen.step(t), state, acted.step(t));
            playing.send(acted.step(t));
            playing.receive(seen.step(t + 1));
            cuts.note(t + 1, seen.step(t + 1));
            onlooker.observe(seen.step(t), acted.step(t), seen.step(t + 1));
        }
        row.step(0).copyFrom(seen.step(steps));
        return new Batch.Rollout(seen, acted, start, cuts);
    }

    private void resumeOrStart(VectorEnvironment playing, StepBlock row) {
        if (savedEnvironment == null) {
            playing.receive(row.step(0));
            return;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(savedEnvironment))) {
            playing.load(in);
            readRow(row, playing.spec(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        savedEnvironment = null;
    }

    private static byte[] bytes(Stateful part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            part.save(out);
        }
        return bytes.toByteArray();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        byte[] bytes = savedEnvironment;
        if (environment != null && current != null) {
            ByteArrayOutputStream gathered = new ByteArrayOutputStream();
            try (DataOutputStream to = new DataOutputStream(gathered)) {
                environment.save(to);
                writeRow(current, environment.spec(), to);
            }
            bytes = gathered.toByteArray();
        }
        out.writeInt(bytes == null ? 0 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    /** Takes effect at the next {@link #play}, which says what is played. */
    @Override
    public void load(DataInputStream in) throws IOException {
        byte[] bytes = in.readNBytes(in.readInt());
        savedEnvironment = bytes.length == 0 ? null : bytes;
    }

    private static void writeRow(StepBlock row, EnvironmentSpec spec, DataOutputStream out) throws IOException {
        StepBuffers seen = row.step(0);
        for (int slot = 0; slot < seen.slots(); slot++) {
            out.writeFloat(seen.rewards().get(slot));
            out.writeByte(seen.flags().get(slot));
            out.writeInt(seen.tasks().get(slot));
        }
        for (int c = 0; c < spec.observation().size(); c++) {
            ByteBuffer observation = seen.observation(c);
            for (int i = 0; i < observation.limit(); i++) {
                out.writeByte(observation.get(i));
            }
        }
    }

    private static void readRow(StepBlock row, EnvironmentSpec spec, DataInputStream in) throws IOException {
        StepBuffers seen = row.step(0);
        for (int slot = 0; slot < seen.slots(); slot++) {
            seen.rewards().put(slot, in.readFloat());
            seen.flags().put(slot, in.readByte());
            seen.tasks().put(slot, in.readInt());
        }
        for (int c = 0; c < spec.observation().size(); c++) {
            ByteBuffer observation = seen.observation(c);
            for (int i = 0; i < observation.limit(); i++) {
                observation.put(i, in.readByte());
            }
        }
    }

    @Override
    public void close() {
        if (environment != null) {
            environment.close();
        }
    }

    /** Where time limits cut episodes off. */
    private static final class Cuts implements Batch.Truncations {

        private final EnvironmentSpec spec;
        private final List<int[]> places = new ArrayList<>();
        private final List<byte[][]> last = new ArrayList<>();

        Cuts(EnvironmentSpec spec) {
            this.spec = spec;
        }

        void note(int step, StepBuffers seen) {
            for (int slot = 0; slot < seen.slots(); slot++) {
                if (seen.is(Flag.TRUNCATED, slot)) {
                    places.add(new int[] {step, slot});
                    byte[][] observation = new byte[spec.observation().size()][];
                    for (int c = 0; c < observation.length; c++) {
                        int bytes = spec.observation().get(c).space().bytes();
                        observation[c] = new byte[bytes];
                        seen.lastObservation(c).get(slot * bytes, observation[c]);
                    }
                    last.add(observation);
                }
            }
        }

        @Override
        public int count() {
            return places.size();
        }

        @Override
        public int step(int index) {
            return places.get(index)[0];
        }

        @Override
        public int slot(int index) {
            return places.get(index)[1];
        }

        @Override
        public ByteBuffer observations(int component) {
            int bytes = spec.observation().get(component).space().bytes();
            ByteBuffer all =
                    ByteBuffer.allocateDirect(Math.max(1, bytes * count())).order(ByteOrder.nativeOrder());
            for (int i = 0; i < count(); i++) {
                all.put(i * bytes, last.get(i)[component]);
            }
            return all.limit(bytes * count());
        }
    }
}
