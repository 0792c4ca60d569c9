package org.adapt4j.env.swimmer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Painter;

/** Some swimmers, one after the other on one thread. */
final class SwimmerEnvironment implements VectorEnvironment {

    private static final int PICTURE_WIDTH = 192;
    private static final int PICTURE_HEIGHT = 108;

    private final EnvironmentSpec spec;
    private final Model model = Swimmer.model();
    private final Slot[] slots;
    private TaskSchedule schedule;
    private boolean isAwaited;
    private boolean closed;

    SwimmerEnvironment(EnvironmentRequest request) {
        spec = request.spec();
        schedule = request.schedule();
        slots = new Slot[request.slots()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(i, request.random().child("slot").child(i).nextLong());
        }
        reassign(schedule);
    }

    @Override
    public EnvironmentSpec spec() {
        return spec;
    }

    @Override
    public int slots() {
        return slots.length;
    }

    @Override
    public void reassign(TaskSchedule newSchedule) {
        schedule = newSchedule;
        for (Slot slot : slots) {
            slot.beginTrial(true);
            slot.reward = 0;
            slot.flags = (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask());
        }
        isAwaited = true;
    }

    @Override
    public void send(ActionBuffers actions) {
        if (isAwaited) {
            throw new IllegalStateException("send() needs a receive() before it");
        }
        for (int i = 0; i < 2 * slots.length; i++) {
            float push = actions.continuous().get(i);
            if (!(Math.abs(push) <= 1)) {
                throw new IllegalArgumentException("slot " + i / 2 + ": action " + push + " lies outside of [-1, 1]");
            }
        }
        for (int i = 0; i < slots.length; i++) {
            slots[i].step(actions.continuous().get(2 * i), actions.continuous().get(2 * i + 1));
        }
        isAwaited = true;
    }

    @Override
    public void receive(StepBuffers outcome) {
        if (!isAwaited) {
            throw new IllegalStateException("receive() needs a send() before it");
        }
        ByteBuffer bodies = outcome.observation("body");
        ByteBuffer commands = outcome.observation("command");
        double[] body = new double[Swimmer.WIDTH];
        for (int i = 0; i < slots.length; i++) {
            Slot slot = slots[i];
            slot.swimmer.see(body);
            put(bodies, i, body);
            commands.putFloat(i * Float.BYTES, slot.command());
            if (Flag.TRUNCATED.isIn(slot.flags)) {
                put(outcome.lastObservation(0), i, slot.last);
                outcome.lastObservation(1).putFloat(i * Float.BYTES, slot.lastCommand);
            }
            outcome.rewards().put(i, slot.reward);
            outcome.flags().put(i, slot.flags);
            outcome.tasks().put(i, slot.task);
        }
        isAwaited = false;
    }

    private static void put(ByteBuffer column, int slot, double[] values) {
        for (int i = 0; i < values.length; i++) {
            column.putFloat((slot * values.length + i) * Float.BYTES, (float) values[i]);
        }
    }

    @Override
    public Map<String, Object> info(int slot) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("task", schedule.tasks().get(slots[slot].task).name());
        facts.put("lag", slots[slot].swimmer.lag());
        facts.put("step", slots[slot].swimmer.steps());
        return facts;
    }

    @Override
    public Optional<Picture> picture(int slot) {
        var simulation = slots[slot].swimmer.simulation();
        simulation.placeBodies();
        Painter painter = new Painter(PICTURE_WIDTH, PICTURE_HEIGHT);
        Painter.View view = new Painter.View(simulation.qpos().get(0), 0, 0, 5, 90, -60, 40);
        return Optional.of(new Picture(PICTURE_WIDTH, PICTURE_HEIGHT, painter.paint(simulation, view)));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeBoolean(isAwaited);
        for (Slot slot : slots) {
            slot.save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        isAwaited = in.readBoolean();
        for (Slot slot : slots) {
            slot.load(in);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            for (Slot slot : slots) {
                slot.swimmer.close();
            }
            model.close();
        }
    }

    /** One swimmer, and its place in the schedule. */
    private final class Slot implements RandomGenerator {

        private final int index;
        private final Swimmer swimmer = new Swimmer(model);
        private final double[] last = new double[Swimmer.WIDTH];
        private long random;
        private int task;
        private int episodesLeft;
        private float lastCommand;
        private float reward;
        private byte flags;

        Slot(int index, long seed) {
            this.index = index;
            random = seed;
        }

        float command() {
            return (float) (Swimmer.velocity(schedule.tasks().get(task)) / Swimmer.UNIT);
        }

        void step(double neck, double waist) {
            reward = (float) swimmer.act(neck, waist);
            flags = 0;
            if (swimmer.steps() == Swimmer.STEPS) {
                flags = (byte) (Flag.TRUNCATED.mask() | Flag.FIRST.mask());
                swimmer.see(last);
                lastCommand = command();
                episodesLeft--;
                if (episodesLeft == 0) {
                    flags |= Flag.NEW_TRIAL.mask();
                    beginTrial(false);
                } else {
                    beginEpisode();
                }
            }
        }

        void beginTrial(boolean anew) {
            int size = schedule.tasks().size();
            episodesLeft = 1;
            if (schedule instanceof TaskSchedule.Fixed) {
                task = 0;
                episodesLeft = -1; // never comes down to zero
            } else if (schedule instanceof TaskSchedule.RoundRobin) {
                task = anew ? index % size : (task + slots.length) % size;
            } else {
                task = nextInt(size);
                if (schedule instanceof TaskSchedule.Trials trials) {
                    episodesLeft = trials.episodes();
                }
            }
            beginEpisode();
        }

        private void beginEpisode() {
            swimmer.begin(Swimmer.velocity(schedule.tasks().get(task)), this);
        }

        /** SplitMix64 (Steele, Lea and Flood 2014): all its state is one number. */
        @Override
        public long nextLong() {
            random += 0x9E3779B97F4A7C15L;
            long z = (random ^ (random >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        void save(DataOutputStream out) throws IOException {
            swimmer.save(out);
            out.writeLong(random);
            out.writeInt(task);
            out.writeInt(episodesLeft);
            for (double value : last) {
                out.writeDouble(value);
            }
            out.writeFloat(lastCommand);
            out.writeFloat(reward);
            out.writeByte(flags);
        }

        void load(DataInputStream in) throws IOException {
            swimmer.load(in);
            random = in.readLong();
            task = in.readInt();
            episodesLeft = in.readInt();
            for (int i = 0; i < last.length; i++) {
                last[i] = in.readDouble();
            }
            lastCommand = in.readFloat();
            reward = in.readFloat();
            flags = in.readByte();
        }
    }
}
