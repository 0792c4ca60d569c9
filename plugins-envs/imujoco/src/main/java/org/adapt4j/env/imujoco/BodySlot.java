package org.adapt4j.env.imujoco;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.imujoco.ImujocoBenchmark.Rules;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.render.Camera;
import org.adapt4j.env.mujoco.render.Film;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;
import org.jspecify.annotations.Nullable;

/** One body, by the rules of Gym's environments. Shares nothing with others but the models. */
final class BodySlot implements Slot {

    private static final int PICTURE_WIDTH = 240;
    private static final int PICTURE_HEIGHT = 180;

    /** Six decimals: what action files and recorded trajectories have. */
    private static final double DECIMALS = 1e6;

    /** After so many episodes that diverged one after the other, what is measured is the fault and not the policy. */
    private static final int MOST_DIVERGED = 10;

    private final Body body;
    private final boolean fallEnds;
    private final boolean payWhileHealthyOnly;
    private final double noise;
    private final int limit;
    private final Function<Task, Model> models;
    private final RandomGenerator random;
    private final float[] seen;
    private final double[] lastQpos;
    private final double[] lastQvel;
    private @Nullable Simulation simulation;
    private int steps;
    private double reward;
    private double velocity;
    private End end = End.NONE;

    /** Episodes that ended because the simulation diverged. */
    private long diverged;

    /** Of these, the last ones that no other end came between. */
    private int divergedInARow;

    /** How an episode ended. */
    private enum End {
        NONE(Ending.NONE),
        UNHEALTHY(Ending.TERMINATED),
        DIVERGED(Ending.TERMINATED),
        TIME_LIMIT(Ending.TRUNCATED);

        final Ending ending;

        End(Ending ending) {
            this.ending = ending;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A body.
     *
     * @param models the model of a task; whoever lends it closes it, after the slot
     */
    BodySlot(ImujocoBenchmark.Settings settings, Function<Task, Model> models, RandomGenerator random) {
        body = settings.body();
        fallEnds = settings.terminateWhenUnhealthy();
        payWhileHealthyOnly = settings.rules() == Rules.V5 || !fallEnds;
        noise = settings.noise();
        limit = settings.maxEpisodeSteps();
        this.models = models;
        this.random = random;
        seen = new float[body.observations()];
        lastQpos = new double[body.joints().size()];
        lastQvel = new double[body.joints().size()];
    }

    /** The number with up to six decimals that a float stands for, if there is one, else the float. */
    static double decimal(float value) {
        double rounded = Math.rint(value * DECIMALS) / DECIMALS;
        return (float) rounded == value ? rounded : value;
    }

    private Simulation playing() {
        if (simulation == null) {
            throw new IllegalStateException("no episode was begun");
        }
        return simulation;
    }

    @Override
    public void begin(Task task) {
        Simulation fresh = on(task);
        fresh.reset();
        if (noise > 0) {
            DoubleBuffer qpos = fresh.qpos();
            DoubleBuffer qvel = fresh.qvel();
            for (int i = 0; i < qpos.limit(); i++) {
                qpos.put(i, qpos.get(i) + noise * (2 * random.nextDouble() - 1));
            }
            for (int i = 0; i < qvel.limit(); i++) {
                boolean normal = body == Body.HALFCHEETAH;
                qvel.put(i, noise * (normal ? random.nextGaussian() : 2 * random.nextDouble() - 1));
            }
        }
        fresh.forward();
        steps = 0;
        observe(fresh);
    }

    /** A simulation of the task, the last one if its model is the same. */
    private Simulation on(Task task) {
        Model model = models.apply(task);
        if (simulation == null || simulation.model() != model) {
            close();
            simulation = new Simulation(model);
        }
        return simulation;
    }

    @Override
    public double step(Action action) {
        Simulation moving = playing();
        DoubleBuffer qpos = moving.qpos();
        DoubleBuffer ctrl = moving.ctrl();
        double cost = 0;
        for (int motor = 0; motor < action.width(); motor++) {
            double push = decimal(action.at(motor));
            ctrl.put(motor, push);
            cost += push * push;
        }
        double before = qpos.get(0);
        boolean good = moving.step(body.frameSkip);
        steps++;
        if (!good) {
            // What was seen before this step is the last state that means anything.
            reward = 0;
            velocity = 0;
            diverged++;
            divergedInARow++;
            if (divergedInARow == MOST_DIVERGED) {
                throw new UnplayableTaskException(
                        moving.model().name() + ": the simulation diverged in " + MOST_DIVERGED
                                + " episodes one after the other, the last at step " + steps
                                + ": numbers became huge or not a number, so that returns would mean nothing. Try a"
                                + " smaller timestep, and look at masses and stiffness");
            }
            finish(End.DIVERGED, moving);
            return reward;
        }
        velocity = (qpos.get(0) - before) / (moving.model().timestep() * body.frameSkip);
        boolean healthy = isHealthy(moving);
        double pay = body.canFall && (healthy || !payWhileHealthyOnly) ? 1 : 0;
        reward = velocity + pay - body.controlCost * cost;
        observe(moving);
        if (fallEnds && !healthy) {
            divergedInARow = 0;
            finish(End.UNHEALTHY, moving);
        } else if (steps >= limit) {
            divergedInARow = 0;
            finish(End.TIME_LIMIT, moving);
        } else {
            end = End.NONE;
        }
        return reward;
    }

    /** Metres a second along the track, over the last step. */
    double velocity() {
        return velocity;
    }

    /** Steps of the running episode. */
    int steps() {
        return steps;
    }

    private void finish(End how, Simulation moving) {
        end = how;
        moving.qpos().get(0, lastQpos);
        moving.qvel().get(0, lastQvel);
    }

    @Override
    public Ending ending() {
        return end.ending;
    }

    @Override
    public void abandon() {
        reward = 0;
        velocity = 0;
        end = End.NONE;
    }

    private boolean isHealthy(Simulation moving) {
        return body.isHealthy(moving.qpos(), moving.qvel());
    }

    private void observe(Simulation moving) {
        DoubleBuffer qpos = moving.qpos();
        DoubleBuffer qvel = moving.qvel();
        int at = 0;
        for (int i = 1; i < qpos.limit(); i++) {
            seen[at++] = (float) qpos.get(i);
        }
        for (int i = 0; i < qvel.limit(); i++) {
            seen[at++] = (float) Math.max(-body.fastest, Math.min(body.fastest, qvel.get(i)));
        }
    }

    @Override
    public void write(Observation into) {
        into.put(0, seen);
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        Simulation now = playing();
        facts.put("qpos", all(now.qpos()));
        facts.put("qvel", all(now.qvel()));
        facts.put("reward", reward);
        facts.put("x-velocity", velocity);
        facts.put("healthy", isHealthy(now));
        facts.put("contacts", now.contacts());
        facts.put("step", step);
        facts.put("end", end.word());
        if (end != End.NONE) {
            facts.put("last-qpos", lastQpos.clone());
            facts.put("last-qvel", lastQvel.clone());
        }
        facts.put("diverged", diverged);
    }

    private static double[] all(DoubleBuffer numbers) {
        double[] copy = new double[numbers.limit()];
        numbers.get(0, copy);
        return copy;
    }

    @Override
    public Optional<Picture> picture() {
        Simulation now = playing();
        // The camera goes along with the body, at the height of its middle.
        Camera camera = Camera.lookingAt(now.qpos().get(0), 0, 0.9, 3.9, 90, -8, 40);
        ByteBuffer rgb = Film.draw(now, camera, PICTURE_WIDTH, PICTURE_HEIGHT);
        return Optional.of(new Picture(PICTURE_WIDTH, PICTURE_HEIGHT, rgb));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(steps);
        out.writeDouble(reward);
        out.writeDouble(velocity);
        out.writeByte(end.ordinal());
        out.writeLong(diverged);
        out.writeInt(divergedInARow);
        for (int i = 0; i < lastQpos.length; i++) {
            out.writeDouble(lastQpos[i]);
            out.writeDouble(lastQvel[i]);
        }
        playing().save(out);
    }

    @Override
    public void load(Task task, DataInputStream in) throws IOException {
        steps = in.readInt();
        reward = in.readDouble();
        velocity = in.readDouble();
        end = End.values()[in.readByte()];
        diverged = in.readLong();
        divergedInARow = in.readInt();
        for (int i = 0; i < lastQpos.length; i++) {
            lastQpos[i] = in.readDouble();
            lastQvel[i] = in.readDouble();
        }
        Simulation restored = on(task);
        restored.load(in);
        observe(restored);
    }

    @Override
    public void close() {
        if (simulation != null) {
            simulation.close();
            simulation = null;
        }
    }
}
