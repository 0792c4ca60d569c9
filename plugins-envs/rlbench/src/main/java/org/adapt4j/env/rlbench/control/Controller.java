package org.adapt4j.env.rlbench.control;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.env.arm.Path;
import org.adapt4j.env.arm.Planner;
import org.adapt4j.env.arm.Planner.Route;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.arm.Trapezoid;
import org.adapt4j.env.rlbench.control.ActionMode.Arm;
import org.adapt4j.env.rlbench.control.ActionMode.Frame;
import org.adapt4j.env.rlbench.control.ActionMode.Gripper;
import org.adapt4j.env.rlbench.scene.Panda;
import org.adapt4j.env.rlbench.scene.World;

/** Does actions: first the arm, then the gripper, as RLBench does. */
public final class Controller {

    /** The action was done. */
    public static final String DONE = "";

    /** Numbers became huge or not numbers: the episode cannot go on. */
    public static final String DIVERGED = "diverged";

    /** Where a pose may be told to be: RLBench's workspace and 0.2 m around it; the workspace's size is recalled, not read. */
    private static final double[] LOWEST = {-0.225, -0.655, Panda.TABLE};

    private static final double[] HIGHEST = {0.725, 0.655, Panda.TABLE + 1};

    private static final double UNIT = 1e-2;
    private static final double SPEED = 1;
    private static final double ACCELERATION = 4;

    /** How far a target may run ahead of a joint that is in the way of something, radians. */
    private static final double AHEAD = 0.2;

    private static final int IK_ITERATIONS = 100;

    /** Steps that fingers may take; slower ones than that count as still, metres a second. */
    private static final int MOST_FINGER_STEPS = 12;

    private static final double STILL = 1e-3;

    /** Steps after the fingers opened, in which things fall, as in RLBench. */
    private static final int AFTER_OPENING = 10;

    private static final int SETTLING = 2;

    private final World world;
    private final Planner planner;
    private final ActionMode mode;
    private final RandomGenerator random;
    private final Watch watch;
    private final double[] q = new double[Panda.JOINTS];
    private final double[] torques = new double[Panda.JOINTS];
    private boolean over;
    private long planning;

    /** Looks at the world once after each step of 0.05 s. */
    public interface Watch {
        /** Whether the episode is over. */
        boolean isOver();
    }

    /** For a world. */
    public Controller(World world, Planner planner, ActionMode mode, RandomGenerator random, Watch watch) {
        this.world = world;
        this.planner = planner;
        this.mode = mode;
        this.random = random;
        this.watch = watch;
    }

    /**
     * Does an action.
     *
     * @param action of {@link ActionMode#width} numbers
     * @return {@link #DONE}, or why it cannot be done, in a word; then nothing moved, or the simulation diverged
     */
    public String act(float[] action) {
        over = false;
        for (float number : action) {
            if (!Float.isFinite(number)) {
                return "not-a-number";
            }
        }
        float grip = action[action.length - 1];
        if (mode.gripper() == Gripper.CONTINUOUS) {
            open(grip);
        }
        String outcome = switch (mode.arm()) {
            case JOINT_POSITION -> positions(action);
            case JOINT_VELOCITY -> velocities(action);
            case JOINT_TORQUE -> torques(action);
            case EE_POSE_PLANNING, EE_POSE_IK -> pose(action);
        };
        if (outcome.equals(DONE) && mode.gripper() == Gripper.DISCRETE && !over) {
            return grip(grip > 0.5f);
        }
        return outcome;
    }

    /** Nanoseconds that ways were looked for since the last call. */
    public long takePlanningNanos() {
        long taken = planning;
        planning = 0;
        return taken;
    }

    private String positions(float[] action) {
        world.robot().readTarget(q);
        for (int i = 0; i < q.length; i++) {
            q[i] = mode.absolute() ? action[i] : q[i] + mode.delta() * action[i];
            q[i] = Math.max(world.arm().lowest(i), Math.min(world.arm().highest(i), q[i]));
        }
        world.robot().target(q);
        return step();
    }

    private String step() {
        if (!world.settle(1)) {
            return DIVERGED;
        }
        over = watch.isOver();
        return DONE;
    }

    private String velocities(float[] action) {
        double seconds = Panda.STEP / Panda.SUBSTEPS;
        world.robot().readTarget(q);
        for (int substep = 0; substep < Panda.SUBSTEPS; substep++) {
            for (int i = 0; i < q.length; i++) {
                double speed = Math.max(-Panda.fastest(i), Math.min(Panda.fastest(i), action[i]));
                double here = world.robot().jointPosition(i);
                q[i] = Math.max(here - AHEAD, Math.min(here + AHEAD, q[i] + speed * seconds));
                q[i] = Math.max(world.arm().lowest(i), Math.min(world.arm().highest(i), q[i]));
            }
            world.robot().target(q);
            if (!world.step()) {
                return DIVERGED;
            }
        }
        world.evaluate();
        over = watch.isOver();
        return DONE;
    }

    private String torques(float[] action) {
        for (int i = 0; i < torques.length; i++) {
            torques[i] = Math.max(-Panda.strongest(i), Math.min(Panda.strongest(i), action[i]));
        }
        world.robot().push(torques);
        return step();
    }

    private String pose(float[] action) {
        double x = action[3];
        double y = action[4];
        double z = action[5];
        double w = action[6];
        double length = Math.sqrt(x * x + y * y + z * z + w * w);
        if (!(Math.abs(length - 1) < UNIT)) {
            return "quaternion-not-unit";
        }
        Pose told = new Pose(action[0], action[1], action[2], w / length, x / length, y / length, z / length);
        Pose goal = mode.absolute() ? told : changed(world.tip(), told);
        double[] place = goal.position();
        for (int i = 0; i < 3; i++) {
            if (!(place[i] >= LOWEST[i] && place[i] <= HIGHEST[i])) {
                return "outside-workspace";
            }
        }
        world.arm().take(world.simulation());
        world.robot().readTarget(q);
        long start = System.nanoTime();
        Optional<Path> path = mode.arm() == Arm.EE_POSE_IK ? nearest(goal) : planned(goal);
        planning += System.nanoTime() - start;
        return path.isPresent() ? follow(path.get()) : "no-path";
    }

    private Pose changed(Pose tip, Pose change) {
        if (mode.frame() == Frame.END_EFFECTOR) {
            return tip.times(change);
        }
        return change.to(new double[3])
                .times(tip.to(new double[3]))
                .to(new double[] {tip.x() + change.x(), tip.y() + change.y(), tip.z() + change.z()});
    }

    private Optional<Path> planned(Pose goal) {
        world.arm().ignoreNothing();
        if (mode.collisionChecking()) {
            world.ignoreTouched();
        }
        return planner.move(q, goal, mode.collisionChecking(), List.of(), false, random)
                .map(Route::path);
    }

    private Optional<Path> nearest(Pose goal) {
        double[] end = q.clone();
        return planner.inverse().solve(end, goal.position(), goal.quaternion(), IK_ITERATIONS)
                ? Optional.of(Path.straight(q, end))
                : Optional.empty();
    }

    private String follow(Path path) {
        Trapezoid motion = new Trapezoid(path, SPEED, ACCELERATION, Panda.STEP);
        int waiting = mode.isMacro() ? SETTLING : 0;
        while (!motion.done() || waiting > 0) {
            if (motion.done()) {
                waiting--;
            } else {
                motion.next(q);
                world.robot().target(q);
            }
            if (!step().equals(DONE)) {
                return DIVERGED;
            }
            if (over) {
                return DONE;
            }
        }
        return DONE;
    }

    /** Sets the fingers' goal, which they approach while the arm moves. */
    private void open(float wanted) {
        double metres = Math.max(0, Math.min(Panda.OPEN, wanted));
        if (metres > world.robot().opening()) {
            world.detach();
        } else if (world.robot().isClosing()) {
            world.attach();
        }
        world.robot().open(metres);
    }

    private String grip(boolean open) {
        if (open == world.robot().opening() > 0) {
            return DONE;
        }
        if (open) {
            world.detach();
        }
        world.robot().open(open ? Panda.OPEN : Panda.CLOSED);
        int left = MOST_FINGER_STEPS;
        for (int i = 0; i < left; i++) {
            if (!step().equals(DONE)) {
                return DIVERGED;
            }
            if (over) {
                return DONE;
            }
            boolean still = i > 0 && world.robot().fingerSpeed() < STILL;
            if (still && open && left == MOST_FINGER_STEPS) {
                left = i + AFTER_OPENING;
            } else if (still && !open) {
                break;
            }
        }
        if (!open) {
            world.attach();
        }
        return DONE;
    }
}
