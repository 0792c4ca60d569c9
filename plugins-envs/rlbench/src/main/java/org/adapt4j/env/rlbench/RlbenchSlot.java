package org.adapt4j.env.rlbench;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.Picture;
import org.adapt4j.api.task.Task;
import org.adapt4j.env.mujoco.render.Camera;
import org.adapt4j.env.mujoco.render.Film;
import org.adapt4j.env.mujoco.render.GeomScene;
import org.adapt4j.env.rlbench.RlbenchSettings.Quantity;
import org.adapt4j.env.rlbench.control.Controller;
import org.adapt4j.env.rlbench.expert.Showing;
import org.adapt4j.env.rlbench.scene.Panda;
import org.adapt4j.env.rlbench.scene.Robot;
import org.adapt4j.env.rlbench.scene.World;
import org.adapt4j.toolkit.environment.Action;
import org.adapt4j.toolkit.environment.Ending;
import org.adapt4j.toolkit.environment.Observation;
import org.adapt4j.toolkit.environment.Timed;
import org.adapt4j.toolkit.environment.WithExpert;
import org.adapt4j.toolkit.recording.Keyframes;
import org.jspecify.annotations.Nullable;

/** One robot at its table, by RLBench's rules. Shares nothing with others but compiled tasks. */
final class RlbenchSlot implements WithExpert, Timed {

    private static final int PICTURE = 256;

    private final RlbenchSettings settings;
    private final int stateWidth;
    private final Function<Task, TaskModel> models;
    private final Function<Task, Integer> indices;
    private final int tasks;
    private final RandomGenerator random;
    private final float[] action;
    private final double[] numbers;
    private final double[] pose = new double[7];
    private final double[] seven = new double[7];
    private final double[] six = new double[6];
    private final double[] two = new double[2];
    private final double[] one = new double[1];
    private final double[] padded;
    private final double[] which;
    private final Map<String, Long> invalid = new TreeMap<>();
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private final List<CameraView> views = new ArrayList<>();

    private @Nullable Stage stage;
    private @Nullable Controller controller;
    private @Nullable GeomScene scene;
    private @Nullable Showing showing;
    private boolean done;
    private boolean failed;
    private boolean ended;
    private String reason = "";
    private long laying;
    private long acting;
    private long planning;
    private long drawing;

    /**
     * A slot.
     *
     * @param stateWidth numbers that the task's state has in the observation
     * @param models compiled tasks, lent
     * @param indices position of a task among all of the benchmark; below zero where it has none
     * @param tasks how many tasks the benchmark has
     */
    RlbenchSlot(
            RlbenchSettings settings,
            int stateWidth,
            Function<Task, TaskModel> models,
            Function<Task, Integer> indices,
            int tasks,
            RandomGenerator random) {
        this.settings = settings;
        this.stateWidth = stateWidth;
        this.models = models;
        this.indices = indices;
        this.tasks = tasks;
        this.random = random;
        action = new float[settings.action().width()];
        numbers = new double[Panda.JOINTS];
        padded = new double[stateWidth];
        which = new double[settings.tellTask() ? tasks : 0];
        nanos();
    }

    Stage playing() {
        if (stage == null) {
            throw new IllegalStateException("no episode was begun");
        }
        return stage;
    }

    /** Whether the task is done. */
    boolean isDone() {
        return done;
    }

    /** Whether the arm stands still and the gripper is what it was told to be. */
    boolean isAtRest() {
        Robot robot = playing().world().robot();
        boolean still = robot.isOpen() != robot.isClosing();
        for (int i = 0; i < Panda.JOINTS; i++) {
            still &= Math.abs(robot.jointVelocity(i)) <= Keyframes.STILL;
        }
        return still;
    }

    /** Why the last action could not be done, or how the episode ended, or why the expert cannot go on; empty if all is well. */
    String reason() {
        return reason.isEmpty() && showing != null ? showing.reason() : reason;
    }

    static int variation(Task task) {
        return Integer.parseInt(task.attribute("variation"));
    }

    @Override
    public void begin(Task task) {
        long start = System.nanoTime();
        Stage fresh = on(task);
        fresh.begin(variation(task));
        laying += System.nanoTime() - start;
        done = false;
        failed = false;
        ended = false;
        reason = "";
        showing = null;
        draw(fresh);
    }

    /** A stage for the task, the last one if its model is the same. */
    private Stage on(Task task) {
        TaskModel model = models.apply(task);
        if (stage == null || stage.task() != model) {
            close();
            stage = new Stage(model, settings.grasp(), random);
            controller = new Controller(stage.world(), stage.planner(), settings.action(), random, this::isOver);
            scene = GeomScene.of(stage.world().simulation().model());
            for (String name : RlbenchSettings.CAMERAS.keySet()) {
                RlbenchSettings.View view = settings.cameras().get(name);
                if (view != null) {
                    views.add(new CameraView(stage.world().simulation(), name, view));
                }
            }
        }
        int index = indices.apply(task);
        for (int i = 0; i < which.length; i++) {
            which[i] = i == index ? 1 : 0;
        }
        return stage;
    }

    /** After each step of 0.05 s: whether the task is done, or cannot be done any more. */
    private boolean isOver() {
        Stage now = playing();
        done |= now.done();
        failed |= !done && now.failed();
        return done || failed;
    }

    @Override
    public double step(Action chosen) {
        for (int i = 0; i < action.length; i++) {
            action[i] = chosen.at(i);
        }
        return act(action);
    }

    /** Does an action and returns the reward. */
    double act(float[] chosen) {
        Stage now = playing();
        if (controller == null) {
            throw new IllegalStateException("no episode was begun");
        }
        long start = System.nanoTime();
        reason = controller.act(chosen);
        acting += System.nanoTime() - start;
        planning += controller.takePlanningNanos();
        boolean wrong = !reason.isEmpty();
        if (wrong) {
            invalid.merge(reason, 1L, Long::sum);
        }
        boolean diverged = reason.equals(Controller.DIVERGED);
        ended = done || failed || diverged || (wrong && settings.episode().invalid() == RlbenchSettings.Invalid.END);
        if (done) {
            reason = "success";
        } else if (failed) {
            reason = "failure";
        }
        if (!diverged) {
            draw(now);
        }
        return reward(now, wrong);
    }

    private double reward(Stage now, boolean wrong) {
        double reward =
                done ? settings.episode().reward() : wrong ? settings.episode().invalidReward() : 0;
        if (settings.episode().shaped() && !wrong) {
            Optional<Double> distance = now.description().shaped(now.world());
            if (distance.isPresent()) {
                double share = Math.max(-1, distance.get()) / settings.maxSteps();
                reward += RlbenchBenchmark.SHAPED_SHARE * settings.episode().reward() * share;
            }
        }
        return reward;
    }

    @Override
    public Ending ending() {
        return ended ? Ending.TERMINATED : Ending.NONE;
    }

    @Override
    public void abandon() {
        done = false;
        failed = false;
        ended = false;
        reason = "";
    }

    private void draw(Stage now) {
        if (views.isEmpty() || scene == null) {
            return;
        }
        long start = System.nanoTime();
        scene.read(now.world().simulation());
        for (int i = 0; i < views.size(); i++) {
            views.get(i).draw(scene, now.world().simulation());
        }
        drawing += System.nanoTime() - start;
    }

    @Override
    public void write(Observation into) {
        Stage now = playing();
        World world = now.world();
        int component = 0;
        for (int i = 0; i < settings.state().size(); i++) {
            into.put(component++, quantity(settings.state().get(i), world, now));
        }
        if (which.length > 0) {
            into.put(component++, which);
        }
        for (int i = 0; i < views.size(); i++) {
            component = views.get(i).write(into, component);
        }
    }

    /** Numbers that are observed, cut to what their space holds. */
    private double[] quantity(Quantity quantity, World world, Stage now) {
        double[] into = switch (quantity) {
            case GRIPPER_OPEN -> one;
            case GRIPPER_JOINT_POSITIONS -> two;
            case GRIPPER_POSE -> pose;
            case GRIPPER_TOUCH_FORCES -> six;
            case TASK_LOW_DIM_STATE -> padded;
            default -> seven;
        };
        switch (quantity) {
            case GRIPPER_OPEN -> into[0] = world.robot().isOpen() ? 1 : 0;
            case GRIPPER_JOINT_POSITIONS -> {
                into[0] = world.robot().finger(0);
                into[1] = world.robot().finger(1);
            }
            case GRIPPER_POSE -> world.writeTip(into, 0);
            case GRIPPER_TOUCH_FORCES -> world.writeTouch(into);
            case TASK_LOW_DIM_STATE -> {
                double[] told = now.state();
                System.arraycopy(told, 0, into, 0, told.length);
                Arrays.fill(into, told.length, into.length, 0);
            }
            case JOINT_POSITIONS, JOINT_VELOCITIES, JOINT_FORCES -> {
                for (int i = 0; i < Panda.JOINTS; i++) {
                    into[i] = quantity == Quantity.JOINT_POSITIONS
                            ? world.robot().jointPosition(i)
                            : quantity == Quantity.JOINT_VELOCITIES
                                    ? world.robot().jointVelocity(i)
                                    : world.robot().jointForce(i);
                }
            }
        }
        for (int i = 0; i < into.length; i++) {
            into[i] = Math.max(quantity.low, Math.min(quantity.high, into[i]));
        }
        return into;
    }

    @Override
    public boolean show(float[] into) {
        Stage now = playing();
        if (showing == null) {
            showing = Showing.of(settings.action(), now.world(), now.planner(), now.script(), random);
        }
        return showing.next(into);
    }

    @Override
    public void describe(int step, Map<String, Object> facts) {
        Stage now = playing();
        World world = now.world();
        facts.put("task", now.description().name());
        facts.put("variation", now.variation());
        facts.put("instructions", now.description().instructions(now.variation()));
        facts.put("step", step);
        facts.put("seconds", world.seconds());
        DoubleBuffer qpos = world.simulation().qpos();
        double[] all = new double[qpos.limit()];
        qpos.get(0, all);
        facts.put("qpos", all);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = world.robot().jointPosition(i);
        }
        facts.put("joints", numbers.clone());
        facts.put("gripper", world.robot().finger(0) + world.robot().finger(1));
        facts.put("gripper-open", world.robot().isOpen());
        world.writeTip(pose, 0);
        facts.put("tip", pose.clone());
        facts.put("success", done);
        facts.put("reason", reason());
        facts.put("invalid-actions", new TreeMap<>(invalid));
        facts.put("rejected-layouts", new TreeMap<>(now.rejected()));
    }

    @Override
    public Optional<Picture> picture() {
        World world = playing().world();
        world.simulation().placeBodies();
        Camera camera = CameraView.camera(world.simulation().model(), settings.film());
        camera.read(world.simulation());
        ByteBuffer rgb = Film.draw(world.simulation(), camera, PICTURE, PICTURE);
        return Optional.of(new Picture(PICTURE, PICTURE, rgb));
    }

    @Override
    public Map<String, Long> nanos() {
        nanos.put("layouts", laying);
        nanos.put("planning", planning);
        nanos.put("physics", acting - planning);
        nanos.put("drawing", drawing);
        return nanos;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeBoolean(done);
        out.writeBoolean(failed);
        out.writeBoolean(ended);
        out.writeUTF(reason);
        playing().save(out);
    }

    @Override
    public void load(Task task, DataInputStream in) throws IOException {
        done = in.readBoolean();
        failed = in.readBoolean();
        ended = in.readBoolean();
        reason = in.readUTF();
        showing = null;
        Stage restored = on(task);
        restored.load(variation(task), in);
        draw(restored);
    }

    @Override
    public void close() {
        views.clear();
        if (stage != null) {
            stage.close();
            stage = null;
        }
    }
}
