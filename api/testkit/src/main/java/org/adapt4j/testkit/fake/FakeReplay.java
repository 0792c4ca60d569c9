package org.adapt4j.testkit.fake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.algorithm.ReplayPlan.Priorities;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.toolkit.replay.BlockStore;
import org.adapt4j.toolkit.replay.Replays;

/** Feeds an off-policy algorithm as an agent does: plays, stores what happened in a real replay, and draws from it. */
public final class FakeReplay implements Stateful, AutoCloseable {

    private static final int PATIENCE = 10_000;

    private final FakePlay play;
    private final TaskSchedule schedule;
    private final ReplayPlan plan;
    private final int steps;
    private final RandomStream random;
    private final Replays replays;
    private final Blocks blocks = new Blocks();

    /**
     * A replay without experience.
     *
     * @param play what fills it
     * @param schedule what is played
     * @param plan what the algorithm asks of its replay
     * @param steps per slot each time it plays
     * @param conditioning whose contexts are drawn with each batch
     * @param random for the draws
     */
    public FakeReplay(
            FakePlay play,
            EnvironmentSpec spec,
            TaskSchedule schedule,
            int slots,
            ReplayPlan plan,
            int steps,
            Conditioning conditioning,
            RandomStream random) {
        this.play = play;
        this.schedule = schedule;
        this.plan = plan;
        this.steps = steps;
        this.random = random;
        boolean inContext = conditioning instanceof Conditioning.Context;
        replays = new Replays(
                spec,
                plan,
                schedule.tasks().size(),
                slots,
                inContext ? ((Conditioning.Context) conditioning).size() : 0,
                inContext ? ((Conditioning.Context) conditioning).window() : 0);
    }

    /** Plays until there is enough, at least once, and draws a batch for one update. */
    public Batch.Transitions next(Policy policy, PolicyState memory) {
        int tasks = schedule.tasks().size();
        int wanted = Math.min(Math.min(tasks, plan.batch()), plan.tasksPerBatch() == 0 ? tasks : plan.tasksPerBatch());
        for (int i = 0; i < PATIENCE; i++) {
            play.play(policy, memory, schedule, steps, replays::observe);
            int[] ready = IntStream.range(0, tasks)
                    .filter(replays::isReady)
                    .limit(wanted)
                    .toArray();
            if (ready.length == wanted) {
                return replays.draw(
                        ready, plan.priorities().map(Priorities::weightStart).orElse(0.0), random);
            }
        }
        throw new IllegalStateException("after playing " + PATIENCE + " times, " + wanted
                + " tasks do not have the transitions that the plan wants: " + plan);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        replays.save(new DataOutputStream(state), blocks);
        out.writeInt(blocks.held.size());
        for (Map.Entry<String, byte[]> block : blocks.held.entrySet()) {
            out.writeUTF(block.getKey());
            out.writeInt(block.getValue().length);
            out.write(block.getValue());
        }
        state.writeTo(out);
        play.save(out);
    }

    /** Into a replay without experience; its play goes on where the saved one stood. */
    @Override
    public void load(DataInputStream in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            blocks.held.put(name, in.readNBytes(in.readInt()));
        }
        replays.load(in, blocks);
        play.load(in);
    }

    @Override
    public void close() {
        play.close();
        replays.close();
    }

    /** Blocks in memory. */
    private static final class Blocks implements BlockStore {

        private final Map<String, byte[]> held = new TreeMap<>();

        @Override
        public void write(String name, Content content) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.writeTo(bytes);
            held.put(name, bytes.toByteArray());
        }

        @Override
        public InputStream read(String name) throws IOException {
            byte[] bytes = held.get(name);
            if (bytes == null) {
                throw new NoSuchFileException(name);
            }
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void delete(String name) {
            held.remove(name);
        }

        @Override
        public Set<String> names() {
            return new TreeSet<>(held.keySet());
        }
    }
}
