package org.adapt4j.env.imujoco;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.EnvironmentRequest;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.environment.VectorEnvironment;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSchedule;
import org.adapt4j.env.imujoco.ImujocoBenchmark.Rules;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Painter;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that step together over a pool of threads, by the rules of Gym's environments (specification, section 1.1).
 *
 * <p>Slots share nothing but the models, so results do not depend on the number of threads. Models are compiled at the first
 * episode that needs them and freed with the environment.
 */
final class ImujocoEnvironment implements VectorEnvironment {

    private static final byte FIRST = Flag.FIRST.mask();
    private static final byte NEW_TRIAL = (byte) (Flag.FIRST.mask() | Flag.NEW_TRIAL.mask());
    private static final int PICTURE_WIDTH = 240;
    private static final int PICTURE_HEIGHT = 180;

    /** Six decimals: what action files and recorded trajectories have. */
    private static final double DECIMALS = 1e6;

    private final Body body;
    private final boolean fallEnds;
    private final boolean payWhileHealthyOnly;
    private final double noise;
    private final EnvironmentSpec spec;
    private final Function<Task, Model> compiler;
    private final Map<String, Model> models = new HashMap<>();
    private final Slot[] slots;
    private final Workers workers;
    private TaskSchedule schedule;
    private boolean inFlight;

    /** First observations, or a step's, are waiting to be received. */
    private boolean ready;

    private boolean closed;

    /** How an episode ended. */
    private enum End {
        NONE(0),
        UNHEALTHY(Flag.TERMINATED.mask()),
        DIVERGED(Flag.TERMINATED.mask()),
        TIME_LIMIT(Flag.TRUNCATED.mask());

        final byte flags;

        End(int flags) {
            this.flags = (byte) flags;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    ImujocoEnvironment(ImujocoBenchmark.Settings settings, EnvironmentRequest request, Function<Task, Model> compiler) {
        body = settings.body();
        fallEnds = settings.terminateWhenUnhealthy();
        payWhileHealthyOnly = settings.rules() == Rules.V5 || !fallEnds;
        noise = settings.noise();
        spec = request.spec();
        schedule = request.schedule();
        this.compiler = compiler;
        slots = new Slot[request.slots()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(i, request.random().child("slot").child(i).nextLong());
        }
        workers = new Workers(Math.min(settings.threads(), slots.length), slots.length, i -> slots[i].step());
        try {
            reassign(schedule);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
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
    public void reassign(TaskSchedule next) {
        finishStep();
        schedule = next;
        for (Slot slot : slots) {
            slot.open();
        }
        ready = true;
    }

    @Override
    public void send(ActionBuffers chosen) {
        if (ready) {
            throw new IllegalStateException("send() must follow receive(): the last outcome was not taken");
        }
        FloatBuffer actions = chosen.continuous();
        int width = body.actions();
        for (int i = 0; i < slots.length * width; i++) {
            float action = actions.get(i);
            if (!(action >= -1 && action <= 1)) {
                throw new IllegalArgumentException("slot " + i / width + ": action " + action + " of motor "
                        + body.drivenJoints().get(i % width) + " must lie in [-1, 1]");
            }
        }
        for (int i = 0; i < slots.length; i++) {
            for (int motor = 0; motor < width; motor++) {
                slots[i].action[motor] = decimal(actions.get(i * width + motor));
            }
        }
        workers.start();
        inFlight = true;
        ready = true;
    }

    /** The number with up to six decimals that a float stands for, if there is one, else the float. */
    static double decimal(float value) {
        double rounded = Math.rint(value * DECIMALS) / DECIMALS;
        return (float) rounded == value ? rounded : value;
    }

    @Override
    public void receive(StepBuffers outcome) {
        if (!ready) {
            throw new IllegalStateException("receive() must follow send()");
        }
        finishStep();
        for (Slot slot : slots) {
            slot.write(outcome);
        }
        ready = false;
    }

    private void finishStep() {
        if (inFlight) {
            inFlight = false;
            workers.finish();
        }
    }

    /** The model of a task; called by several threads. */
    private Model model(Task task) {
        synchronized (models) {
            return models.computeIfAbsent(task.name(), name -> compiler.apply(task));
        }
    }

    @Override
    public Map<String, Object> info(int slot) {
        finishStep();
        return slots[slot].facts();
    }

    @Override
    public Optional<Picture> picture(int slot) {
        finishStep();
        Simulation simulation = slots[slot].playing();
        Painter painter = new Painter(PICTURE_WIDTH, PICTURE_HEIGHT);
        // The camera goes along with the body, at the height of its middle.
        Painter.View view = new Painter.View(simulation.qpos().get(0), 0, 0.9, 3.9, 90, -8, 40);
        ByteBuffer rgb = painter.paint(simulation, view);
        return Optional.of(new Picture(PICTURE_WIDTH, PICTURE_HEIGHT, rgb));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        finishStep();
        out.writeBoolean(ready);
        for (Slot slot : slots) {
            slot.save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        finishStep();
        ready = in.readBoolean();
        for (Slot slot : slots) {
            slot.load(in);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            finishStep();
        } finally {
            workers.close();
            for (Slot slot : slots) {
                slot.close();
            }
            models.values().forEach(Model::close);
        }
    }

    /** One body and its place in the schedule. */
    private final class Slot implements RandomGenerator {

        private final int index;
        private final double[] action = new double[body.actions()];
        private final float[] seen = new float[body.observations()];
        private final float[] last = new float[body.observations()];
        private final double[] lastQpos = new double[body.joints().size()];
        private final double[] lastQvel = new double[body.joints().size()];
        private long random;
        private @Nullable Simulation simulation;
        private int task;
        private int episodesLeft;
        private int steps;
        private double reward;
        private double velocity;
        private byte flags;
        private End end = End.NONE;

        /** Episodes that ended because the simulation diverged. */
        private long diverged;

        Slot(int index, long seed) {
            this.index = index;
            random = seed;
        }

        Simulation playing() {
            if (simulation == null) {
                throw new IllegalStateException("the environment is closed");
            }
            return simulation;
        }

        /** Starts on a schedule. */
        void open() {
            task = index;
            episodesLeft = 0;
            reward = 0;
            velocity = 0;
            end = End.NONE;
            flags = begin(true);
        }

        void step() {
            Simulation moving = playing();
            DoubleBuffer qpos = moving.qpos();
            DoubleBuffer ctrl = moving.ctrl();
            double cost = 0;
            for (int motor = 0; motor < action.length; motor++) {
                ctrl.put(motor, action[motor]);
                cost += action[motor] * action[motor];
            }
            double before = qpos.get(0);
            boolean good = moving.step(body.frameSkip);
            steps++;
            if (!good) {
                // What was seen before this step is the last state that means anything.
                System.arraycopy(seen, 0, last, 0, seen.length);
                reward = 0;
                velocity = 0;
                diverged++;
                finish(End.DIVERGED, moving);
                return;
            }
            velocity = (qpos.get(0) - before) / (moving.model().timestep() * body.frameSkip);
            boolean healthy = isHealthy(moving);
            double pay = body.canFall && (healthy || !payWhileHealthyOnly) ? 1 : 0;
            reward = velocity + pay - body.controlCost * cost;
            if (fallEnds && !healthy) {
                observe(moving, last);
                finish(End.UNHEALTHY, moving);
            } else if (steps >= spec.maxEpisodeSteps()) {
                observe(moving, last);
                finish(End.TIME_LIMIT, moving);
            } else {
                observe(moving, seen);
                end = End.NONE;
                flags = 0;
            }
        }

        private void finish(End how, Simulation moving) {
            end = how;
            moving.qpos().get(0, lastQpos);
            moving.qvel().get(0, lastQvel);
            flags = (byte) (how.flags | begin(false));
        }

        private boolean isHealthy(Simulation moving) {
            if (!body.canFall) {
                return true;
            }
            DoubleBuffer qpos = moving.qpos();
            DoubleBuffer qvel = moving.qvel();
            double z = qpos.get(1);
            double angle = qpos.get(2);
            boolean healthy =
                    z > body.lowestZ && z < body.highestZ && angle > -body.widestAngle && angle < body.widestAngle;
            for (int i = 2; healthy && i < qpos.limit(); i++) {
                healthy = Math.abs(qpos.get(i)) < body.widestState;
            }
            for (int i = 0; healthy && i < qvel.limit(); i++) {
                healthy = Math.abs(qvel.get(i)) < body.widestState;
            }
            return healthy;
        }

        private void observe(Simulation moving, float[] into) {
            DoubleBuffer qpos = moving.qpos();
            DoubleBuffer qvel = moving.qvel();
            int at = 0;
            for (int i = 1; i < qpos.limit(); i++) {
                into[at++] = (float) qpos.get(i);
            }
            for (int i = 0; i < qvel.limit(); i++) {
                into[at++] = (float) Math.max(-body.fastest, Math.min(body.fastest, qvel.get(i)));
            }
        }

        /** Starts the next episode and returns its flags. */
        private byte begin(boolean opening) {
            int size = schedule.tasks().size();
            byte first = NEW_TRIAL;
            if (schedule instanceof TaskSchedule.EachEpisode) {
                task = nextInt(size);
            } else if (schedule instanceof TaskSchedule.Trials trials) {
                if (episodesLeft == 0) {
                    episodesLeft = trials.episodes();
                    task = nextInt(size);
                } else {
                    first = FIRST;
                }
                episodesLeft--;
            } else if (schedule instanceof TaskSchedule.RoundRobin) {
                task = (int) (((long) task + (opening ? 0 : slots.length)) % size);
            } else {
                task = 0;
                first = opening ? NEW_TRIAL : FIRST;
            }
            reset();
            return first;
        }

        private void reset() {
            Simulation fresh = onTask();
            fresh.reset();
            if (noise > 0) {
                DoubleBuffer qpos = fresh.qpos();
                DoubleBuffer qvel = fresh.qvel();
                for (int i = 0; i < qpos.limit(); i++) {
                    qpos.put(i, qpos.get(i) + noise * (2 * nextDouble() - 1));
                }
                for (int i = 0; i < qvel.limit(); i++) {
                    boolean normal = body == Body.HALFCHEETAH;
                    qvel.put(i, noise * (normal ? nextGaussian() : 2 * nextDouble() - 1));
                }
            }
            fresh.forward();
            steps = 0;
            observe(fresh, seen);
        }

        /** A simulation of the present task, the last one if the task is the same. */
        private Simulation onTask() {
            Model model = model(schedule.tasks().get(task));
            if (simulation == null || simulation.model() != model) {
                close();
                simulation = new Simulation(model);
            }
            return simulation;
        }

        void write(StepBuffers outcome) {
            write(seen, outcome.observation(0));
            if (end != End.NONE) {
                write(last, outcome.lastObservation(0));
            }
            outcome.rewards().put(index, (float) reward);
            outcome.flags().put(index, flags);
            outcome.tasks().put(index, task);
        }

        private void write(float[] numbers, ByteBuffer into) {
            int at = index * numbers.length * Float.BYTES;
            for (int i = 0; i < numbers.length; i++) {
                into.putFloat(at + i * Float.BYTES, numbers[i]);
            }
        }

        Map<String, Object> facts() {
            Simulation now = playing();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("qpos", all(now.qpos()));
            facts.put("qvel", all(now.qvel()));
            facts.put("reward", reward);
            facts.put("x-velocity", velocity);
            facts.put("healthy", isHealthy(now));
            facts.put("contacts", now.contacts());
            facts.put("step", steps);
            facts.put("end", end.word());
            if (end != End.NONE) {
                facts.put("last-qpos", lastQpos.clone());
                facts.put("last-qvel", lastQvel.clone());
            }
            facts.put("diverged", diverged);
            return facts;
        }

        private static double[] all(DoubleBuffer numbers) {
            double[] copy = new double[numbers.limit()];
            numbers.get(0, copy);
            return copy;
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
            out.writeInt(steps);
            out.writeDouble(reward);
            out.writeDouble(velocity);
            out.writeByte(flags);
            out.writeByte(end.ordinal());
            out.writeLong(diverged);
            for (int i = 0; i < lastQpos.length; i++) {
                out.writeDouble(lastQpos[i]);
                out.writeDouble(lastQvel[i]);
            }
            for (float number : last) {
                out.writeFloat(number);
            }
            playing().save(out);
        }

        void load(DataInputStream in) throws IOException {
            random = in.readLong();
            task = in.readInt();
            episodesLeft = in.readInt();
            steps = in.readInt();
            reward = in.readDouble();
            velocity = in.readDouble();
            flags = in.readByte();
            end = End.values()[in.readByte()];
            diverged = in.readLong();
            for (int i = 0; i < lastQpos.length; i++) {
                lastQpos[i] = in.readDouble();
                lastQvel[i] = in.readDouble();
            }
            for (int i = 0; i < last.length; i++) {
                last[i] = in.readFloat();
            }
            Simulation restored = onTask();
            restored.load(in);
            observe(restored, seen);
        }

        void close() {
            if (simulation != null) {
                simulation.close();
                simulation = null;
            }
        }
    }
}
