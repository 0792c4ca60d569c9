package org.adapt4j.env.integrator;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.TaskSchedule;

/** Some points, each on its way to a goal. All chance is in which goals come. */
final class IntegratorEnvironment implements VectorEnvironment {

    private final EnvironmentSpec spec;
    private final Slot[] slots;
    private TaskSchedule schedule;
    private double[][] goals;
    private boolean isAwaited;

    IntegratorEnvironment(EnvironmentRequest request) {
        spec = request.spec();
        schedule = request.schedule();
        goals = goals(schedule);
        slots = new Slot[request.slots()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(i, request.random().child("slot").child(i).nextLong());
        }
        reassign(schedule);
    }

    private static double[][] goals(TaskSchedule schedule) {
        return schedule.tasks().tasks().stream().map(Integrator::goal).toArray(double[][]::new);
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
        goals = goals(newSchedule);
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
            if (!(Math.abs(push) <= Integrator.FARTHEST)) {
                throw new IllegalArgumentException("slot " + i / 2 + ": action " + push + " lies outside of ["
                        + -Integrator.FARTHEST + ", " + Integrator.FARTHEST + "]");
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
        ByteBuffer positions = outcome.observation("position");
        ByteBuffer told = outcome.observation("goal");
        for (int i = 0; i < slots.length; i++) {
            Slot slot = slots[i];
            put(positions, i, slot.position);
            put(told, i, goals[slot.task]);
            if (Flag.TRUNCATED.isIn(slot.flags)) {
                put(outcome.lastObservation(0), i, slot.last);
                put(outcome.lastObservation(1), i, goals[slot.lastTask]);
            }
            outcome.rewards().put(i, slot.reward);
            outcome.flags().put(i, slot.flags);
            outcome.tasks().put(i, slot.task);
        }
        isAwaited = false;
    }

    private static void put(ByteBuffer column, int slot, double[] values) {
        column.putFloat(2 * slot * Float.BYTES, (float) values[0]);
        column.putFloat((2 * slot + 1) * Float.BYTES, (float) values[1]);
    }

    @Override
    public Map<String, Object> info(int slot) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("task", schedule.tasks().get(slots[slot].task).name());
        facts.put("x", slots[slot].position[0]);
        facts.put("y", slots[slot].position[1]);
        facts.put("step", slots[slot].steps);
        return facts;
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
    public void close() {}

    /** One point, and its place in the schedule. */
    private final class Slot {

        private final int index;
        private long random;
        private int task;
        private int lastTask;
        private int episodesLeft;
        private int steps;
        private double[] position = new double[2];
        private double[] last = new double[2];
        private float reward;
        private byte flags;

        Slot(int index, long seed) {
            this.index = index;
            random = seed;
        }

        void step(double x, double y) {
            reward = (float) Integrator.reward(position, goals[task]);
            position[0] += x;
            position[1] += y;
            steps++;
            flags = 0;
            if (steps == Integrator.STEPS) {
                flags = (byte) (Flag.TRUNCATED.mask() | Flag.FIRST.mask());
                last = position;
                lastTask = task;
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
            int size = goals.length;
            episodesLeft = 1;
            if (schedule instanceof TaskSchedule.Fixed) {
                task = 0;
                episodesLeft = -1; // never comes down to zero
            } else if (schedule instanceof TaskSchedule.RoundRobin) {
                task = anew ? index % size : (task + slots.length) % size;
            } else {
                task = (int) ((next() >>> 33) % size);
                if (schedule instanceof TaskSchedule.Trials trials) {
                    episodesLeft = trials.episodes();
                }
            }
            beginEpisode();
        }

        private void beginEpisode() {
            position = new double[2];
            steps = 0;
        }

        /** SplitMix64 (Steele, Lea and Flood 2014): all its state is one number. */
        private long next() {
            random += 0x9E3779B97F4A7C15L;
            long z = (random ^ (random >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        void save(DataOutputStream out) throws IOException {
            out.writeLong(random);
            out.writeInt(task);
            out.writeInt(lastTask);
            out.writeInt(episodesLeft);
            out.writeInt(steps);
            out.writeDouble(position[0]);
            out.writeDouble(position[1]);
            out.writeDouble(last[0]);
            out.writeDouble(last[1]);
            out.writeFloat(reward);
            out.writeByte(flags);
        }

        void load(DataInputStream in) throws IOException {
            random = in.readLong();
            task = in.readInt();
            lastTask = in.readInt();
            episodesLeft = in.readInt();
            steps = in.readInt();
            position = new double[] {in.readDouble(), in.readDouble()};
            last = new double[] {in.readDouble(), in.readDouble()};
            reward = in.readFloat();
            flags = in.readByte();
        }
    }
}
