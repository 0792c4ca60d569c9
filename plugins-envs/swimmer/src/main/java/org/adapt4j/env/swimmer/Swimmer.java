package org.adapt4j.env.swimmer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.benchmark.UnplayableTaskException;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.mujoco.Model;
import org.adapt4j.env.mujoco.Simulation;
import org.adapt4j.env.mujoco.render.Camera;
import org.adapt4j.env.mujoco.render.Film;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Slot;
import org.adapt4j.toolkit.environment.SlotFactory;

/** One swimmer and the marker it is to stay beside, which moves along x at the task's velocity. All constants are ours. */
final class Swimmer implements Slot {

    /** Of an episode: 8 seconds. */
    static final int STEPS = 200;

    /** Physics steps of an action. */
    static final int FRAMES = 4;

    static final double SECONDS = 0.01 * FRAMES;

    /** Joints, heading, their velocities and those of the front, the clock, and the lag behind the marker. */
    static final int WIDTH = 11;

    /** Numbers beyond this are cut off; none comes near it. */
    static final double BOUND = 50;

    /** Waves of the clock per second, the expert's own. */
    static final double FREQUENCY = 0.6;

    /** The command that is told is the velocity over this, metres a second. */
    static final double UNIT = 0.2;

    private static final double SCATTER = 0.02;
    private static final int PICTURE_WIDTH = 192;
    private static final int PICTURE_HEIGHT = 108;

    private final Simulation simulation;
    private final RandomGenerator random;
    private final double[] body = new double[WIDTH];
    private String task = "";
    private double velocity;
    private double start;
    private int steps;

    Swimmer(Model model, RandomGenerator random) {
        simulation = new Simulation(model);
        this.random = random;
    }

    static Model model() {
        try (InputStream in = Objects.requireNonNull(Swimmer.class.getResourceAsStream("swimmer.xml"))) {
            return Model.parse("swimmer.xml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("swimmer.xml cannot be read: " + e.getMessage(), e);
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            UnplayableTaskException unplayable = new UnplayableTaskException(
                    "swimmer: " + e.getMessage() + "; install MuJoCo (Debian: libmujoco-dev), or see adapt4j doctor");
            unplayable.initCause(e);
            throw unplayable;
        }
    }

    static double velocity(Task task) {
        return Double.parseDouble(task.attribute("velocity"));
    }

    /** Sum of rewards of a swimmer that does not move. */
    static double idle(Task task) {
        double sum = 0;
        for (int step = 1; step <= STEPS; step++) {
            sum -= Math.abs(velocity(task)) * step * SECONDS;
        }
        return sum;
    }

    @Override
    public void begin(Task next) {
        meet(next);
        steps = 0;
        simulation.reset();
        for (int joint = 2; joint < 5; joint++) {
            simulation.qpos().put(joint, SCATTER * (2 * random.nextDouble() - 1));
        }
        simulation.forward();
        start = middle();
    }

    private void meet(Task next) {
        task = next.name();
        velocity = velocity(next);
    }

    /** Where the swimmer's middle is along x, metres. */
    private double middle() {
        DoubleBuffer q = simulation.qpos();
        double front = q.get(2);
        double middle = front + q.get(3);
        double back = middle + q.get(4);
        double neck = q.get(0) + 0.5 * Math.cos(front);
        double waist = neck - Math.cos(middle);
        return (q.get(0) + Math.cos(front) + neck - 0.5 * Math.cos(middle) + waist - 0.5 * Math.cos(back)) / 3;
    }

    private double lag() {
        return velocity * steps * SECONDS - (middle() - start);
    }

    @Override
    public double step(Action action) {
        return act(action.at(0), action.at(1));
    }

    /** Acts and returns the reward: minus the distance from the marker. */
    double act(double neck, double waist) {
        simulation.ctrl().put(0, neck);
        simulation.ctrl().put(1, waist);
        if (!simulation.step(FRAMES)) {
            throw new IllegalStateException(
                    "swimmer: the simulation diverged at step " + steps
                            + ", numbers became huge or not a number; with actions in [-1, 1] it never should. Please report it");
        }
        steps++;
        return -Math.abs(lag());
    }

    /** Writes what is seen of the body. */
    void see(double[] seen) {
        DoubleBuffer q = simulation.qpos();
        DoubleBuffer v = simulation.qvel();
        double clock = 2 * Math.PI * FREQUENCY * steps * SECONDS;
        seen[0] = q.get(3);
        seen[1] = q.get(4);
        seen[2] = q.get(2);
        for (int i = 0; i < 5; i++) {
            seen[3 + i] = v.get(i);
        }
        seen[8] = Math.sin(clock);
        seen[9] = Math.cos(clock);
        seen[10] = lag();
        for (int i = 0; i < WIDTH; i++) {
            seen[i] = Math.max(-BOUND, Math.min(BOUND, seen[i]));
        }
    }

    /** The command that is told. */
    static double command(double velocity) {
        return velocity / UNIT;
    }

    @Override
    public void write(Observation into) {
        see(body);
        into.put(0, body);
        into.put(1, 0, command(velocity));
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        facts.put("task", task);
        facts.put("lag", lag());
        facts.put("step", step);
    }

    @Override
    public Optional<Picture> picture() {
        Camera camera = Camera.lookingAt(simulation.qpos().get(0), 0, 0, 5, 90, -60, 40);
        ByteBuffer rgb = Film.draw(simulation, camera, PICTURE_WIDTH, PICTURE_HEIGHT);
        return Optional.of(new Picture(PICTURE_WIDTH, PICTURE_HEIGHT, rgb));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        simulation.save(out);
        out.writeDouble(start);
        out.writeInt(steps);
    }

    @Override
    public void load(Task played, DataInputStream in) throws IOException {
        meet(played);
        simulation.load(in);
        simulation.forward();
        start = in.readDouble();
        steps = in.readInt();
    }

    @Override
    public void close() {
        simulation.close();
    }

    /**
     * Makes swimmers of one compiled model.
     *
     * @param model theirs, closed with the factory
     */
    record Factory(Model model) implements SlotFactory {
        @Override
        public Slot create(int index, RandomGenerator random) {
            return new Swimmer(model, random);
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
