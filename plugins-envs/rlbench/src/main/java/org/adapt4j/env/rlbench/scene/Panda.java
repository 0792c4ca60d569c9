package org.adapt4j.env.rlbench.scene;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.adapt4j.env.arm.ArmDescription;
import org.adapt4j.env.mujoco.Model;

/**
 * The Franka Emika Panda: joints, limits and start as in RLBench, masses and inertias as Franka publishes them in {@code franka_ros}.
 * Where the table ends and where tasks are put is ours, as RLBench's own scene may not be read.
 */
public final class Panda {

    /** Joints of the arm. */
    public static final int JOINTS = 7;

    /** Height of the table's top, metres. */
    public static final double TABLE = 0.7505;

    /** Seconds of one step of RLBench. */
    public static final double STEP = 0.05;

    /** Steps of the physics in one of RLBench. */
    public static final int SUBSTEPS = 25;

    /** Farthest a finger opens, metres. */
    public static final double OPEN = 0.04;

    /** What the fingers are told when they are to close: farther than they can, so that they press. */
    public static final double CLOSED = -0.02;

    /** What else is pushed: fastest joints, radians a second. */
    private static final double[] FASTEST = {2.175, 2.175, 2.175, 2.175, 2.61, 2.61, 2.61};

    /** Strongest torques, N m. */
    private static final double[] STRONGEST = {87, 87, 87, 87, 12, 12, 12};

    /** Joint positions at the start of every episode: 0, 10, 0, -50, 0, 70, 45 degrees. */
    private static final double[] HOME = {0, 0.175, 0, -0.873, 0, 1.222, 0.785};

    private Panda() {}

    /** Joint positions at the start of every episode. */
    public static double[] home() {
        return HOME.clone();
    }

    /** Fastest velocity of a joint, radians a second. */
    public static double fastest(int joint) {
        return FASTEST[joint];
    }

    /** Strongest torque of a joint, N m. */
    public static double strongest(int joint) {
        return STRONGEST[joint];
    }

    static ArmDescription arm() {
        return new ArmDescription(
                "link1",
                List.of("joint1", "joint2", "joint3", "joint4", "joint5", "joint6", "joint7"),
                "tip",
                List.of(HOME[0], HOME[1], HOME[2], HOME[3], HOME[4], HOME[5], HOME[6]));
    }

    /**
     * Compiles the robot with the things of a task; the caller closes the model.
     *
     * @param name of the task
     * @throws org.adapt4j.env.mujoco.ModelException if they do not make a model
     */
    public static Model compile(String name, Objects objects) {
        String text = RobotText.TEXT
                .replace("MODEL_NAME", name)
                .replace("<!-- TASK_BODIES -->", objects.bodies())
                .replace("<!-- TASK_EQUALITIES -->", objects.equalities());
        return Model.parse(name, text);
    }

    /** Read at the first model. */
    private static final class RobotText {
        static final String TEXT = read();

        private static String read() {
            try (InputStream in = java.util.Objects.requireNonNull(Panda.class.getResourceAsStream("panda.xml"))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("panda.xml cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
