package org.adapt4j.env.rlbench.expert;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.env.arm.Planner;
import org.adapt4j.env.rlbench.control.ActionMode;
import org.adapt4j.env.rlbench.control.ActionMode.Arm;
import org.adapt4j.env.rlbench.control.ActionMode.Gripper;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Panda;
import org.adapt4j.env.rlbench.scene.World;

/** The expert's play in the actions of a mode: every step of 0.05 s for joints, a whole move for poses. */
public final class Showing {

    /** Steps that fingers need where they move beside the arm. */
    private static final int FINGER_STEPS = 8;

    private final ActionMode mode;
    private final World world;
    private final Expert expert;
    private final String objection;
    private final double[] numbers = new double[Panda.JOINTS];
    private final double[] target = new double[Panda.JOINTS];

    private Showing(ActionMode mode, World world, Expert expert, String objection) {
        this.mode = mode;
        this.world = world;
        this.expert = expert;
        this.objection = objection;
    }

    /** Why nothing can be shown in the actions of a mode; empty if it can. */
    public static Optional<String> objection(ActionMode mode) {
        if (mode.arm() == Arm.JOINT_TORQUE) {
            return Optional.of("the expert knows where joints are to be and not by which torques they get there");
        }
        return !mode.absolute() && mode.arm() != Arm.JOINT_POSITION
                ? Optional.of("the expert shows whole moves, which are too long for changes of a pose")
                : Optional.empty();
    }

    /** Begins to show a script in a world. */
    public static Showing of(ActionMode mode, World world, Planner planner, Script script, RandomGenerator random) {
        int fingers = mode.gripper() == Gripper.DISCRETE ? 1 : FINGER_STEPS;
        return new Showing(
                mode,
                world,
                new Expert(world, planner, script, fingers, random),
                objection(mode).orElse(""));
    }

    /** Writes the next action. @return false if there is none: the script is over, or {@link #reason} says why not */
    public boolean next(float[] action) {
        if (!objection.isEmpty() || !(mode.isMacro() ? expert.nextMove(numbers) : expert.next(numbers))) {
            return false;
        }
        world.robot().readTarget(target);
        for (int i = 0; i < numbers.length; i++) {
            double number = numbers[i];
            if (mode.arm() == Arm.JOINT_VELOCITY) {
                number = (number - target[i]) / Panda.STEP;
            } else if (!mode.absolute()) {
                number = (number - target[i]) / mode.delta();
            }
            action[i] = (float) Math.max(mode.low(), Math.min(mode.high(), number));
        }
        double open = mode.gripper() == Gripper.DISCRETE ? 1 : Panda.OPEN;
        action[numbers.length] = (float) (expert.open() ? open : 0);
        return true;
    }

    /** Why it cannot go on; empty if it can, or is over. */
    public String reason() {
        return objection.isEmpty() ? expert.reason() : objection;
    }
}
