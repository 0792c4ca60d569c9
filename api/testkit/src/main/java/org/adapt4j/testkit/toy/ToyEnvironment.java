package org.adapt4j.testkit.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;

/**
 * Plays the rules of a {@link Toy} in several slots: a small model of what every environment owes its callers.
 *
 * <p>Each slot has random numbers of its own, seeded once at opening, so slots never influence each other.
 */
final class ToyEnvironment implements VectorEnvironment {

    private final Toy toy;
    private final EnvironmentSpec spec;
    private final Slot[] slots;
    private TaskSchedule schedule;
    private boolean sent;

    ToyEnvironment(Toy toy, EnvironmentRequest request) {
        this.toy = toy;
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
        sent = true;
    }

    @Override
    public void send(ActionBuffers actions) {
        if (sent) {
            throw new IllegalStateException("send() needs a receive() before it");
        }
        int[] chosen = new int[slots.length];
        for (int i = 0; i < slots.length; i++) {
            chosen[i] =
                    spec.action() instanceof Discrete choices ? choice(choices, actions, i) : hundredths(actions, i);
        }
        for (int i = 0; i < slots.length; i++) {
            slots[i].step(chosen[i]);
        }
        sent = true;
    }

    private static int choice(Discrete choices, ActionBuffers actions, int slot) {
        int choice = actions.discrete().get(slot);
        if (choice < 0 || choice >= choices.size()) {
            throw new IllegalArgumentException("slot " + slot + ": action " + choice + " lies outside the space of "
                    + choices.size() + " actions");
        }
        return choice;
    }

    private int hundredths(ActionBuffers actions, int slot) {
        Box interval = (Box) spec.action();
        float action = actions.continuous().get(slot);
        if (!(action >= interval.low() && action <= interval.high())) {
            throw new IllegalArgumentException("slot " + slot + ": action " + action + " lies outside ["
                    + interval.low() + ", " + interval.high() + "]");
        }
        return Math.round(100 * action);
    }

    @Override
    public void receive(StepBuffers outcome) {
        if (!sent) {
            throw new IllegalStateException("receive() needs a send() before it");
        }
        for (int i = 0; i < slots.length; i++) {
            Slot slot = slots[i];
            writeOneHot(outcome.observation(0), i, slot.state);
            if (Flag.TERMINATED.isIn(slot.flags) || Flag.TRUNCATED.isIn(slot.flags)) {
                writeOneHot(outcome.lastObservation(0), i, slot.last);
            }
            outcome.rewards().put(i, slot.reward);
            outcome.flags().put(i, slot.flags);
            outcome.tasks().put(i, slot.task);
        }
        sent = false;
    }

    private void writeOneHot(ByteBuffer to, int slot, int hot) {
        int width = spec.observation().get(0).space().width();
        for (int state = 0; state < width; state++) {
            to.putFloat((slot * width + state) * Float.BYTES, state == hot ? 1 : 0);
        }
    }

    @Override
    public Map<String, Object> info(int slot) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("task", slots[slot].playing().name());
        facts.put("state", slots[slot].state);
        facts.put("step", slots[slot].steps);
        return facts;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeBoolean(sent);
        for (Slot slot : slots) {
            slot.save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        sent = in.readBoolean();
        for (Slot slot : slots) {
            slot.load(in);
        }
    }

    @Override
    public void close() {}

    /** One copy of the toy, and its place in the schedule. */
    private final class Slot implements RandomGenerator {

        private final int index;
        private long random;
        private int task;
        private int episodesLeft;
        private int state;
        private int last;
        private int steps;
        private float reward;
        private byte flags;

        Slot(int index, long seed) {
            this.index = index;
            random = seed;
        }

        Task playing() {
            return schedule.tasks().get(task);
        }

        void step(int action) {
            int before = state;
            state = toy.next(playing(), before, action, this);
            reward = (float) toy.reward(playing(), before, action, state, this);
            steps++;
            flags = 0;
            if (toy.ends(playing(), state)) {
                flags = Flag.TERMINATED.mask();
            } else if (steps == spec.maxEpisodeSteps()) {
                flags = Flag.TRUNCATED.mask();
            }
            if (flags != 0) {
                last = state;
                flags |= Flag.FIRST.mask();
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
            state = toy.first(playing(), this);
            steps = 0;
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
            out.writeLong(random);
            out.writeInt(task);
            out.writeInt(episodesLeft);
            out.writeInt(state);
            out.writeInt(last);
            out.writeInt(steps);
            out.writeFloat(reward);
            out.writeByte(flags);
        }

        void load(DataInputStream in) throws IOException {
            random = in.readLong();
            task = in.readInt();
            episodesLeft = in.readInt();
            state = in.readInt();
            last = in.readInt();
            steps = in.readInt();
            reward = in.readFloat();
            flags = in.readByte();
        }
    }
}
