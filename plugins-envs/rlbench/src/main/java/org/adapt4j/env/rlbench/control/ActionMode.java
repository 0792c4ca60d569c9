package org.adapt4j.env.rlbench.control;

import org.adapt4j.api.settings.Check;
import org.adapt4j.env.rlbench.scene.Panda;

/**
 * What actions mean: numbers for the arm, then one for the gripper.
 *
 * @param arm what the numbers for the arm are
 * @param gripper what the last number is
 * @param absolute whether positions and poses are such, or changes; changes of joints come in units of {@code delta}
 * @param frame in which changes of a pose are told
 * @param collisionChecking whether {@code ee-pose-planning} goes around things, or only to where it is told
 * @param delta radians that a joint moves at 1 where {@code absolute = false}
 */
public record ActionMode(
        Arm arm, Gripper gripper, boolean absolute, Frame frame, boolean collisionChecking, double delta) {

    /** What the numbers for the arm are. */
    public enum Arm {
        /** Positions of the joints, radians. */
        JOINT_POSITION,
        /** Velocities of the joints, radians a second. */
        JOINT_VELOCITY,
        /** Torques of the joints, N m, beside what carries the arm. */
        JOINT_TORQUE,
        /** Where the tip is to be, by a planned way: x, y, z, then the quaternion with w last. */
        EE_POSE_PLANNING,
        /** Where the tip is to be, by the nearest joint positions. */
        EE_POSE_IK;

        boolean isPose() {
            return this == EE_POSE_PLANNING || this == EE_POSE_IK;
        }
    }

    /** What the number for the gripper is. */
    public enum Gripper {
        /** Above a half the fingers open, else they close; a change takes until they stop. */
        DISCRETE,
        /** How far each finger is to be open, 0 to 0.04 m. */
        CONTINUOUS
    }

    /** In which frame changes of a pose are told. */
    public enum Frame {
        /** That of the scene. */
        WORLD,
        /** That of the hand. */
        END_EFFECTOR
    }

    /** Checks the number. */
    public ActionMode {
        Check.between("delta", delta, 1e-3, 0.5);
        Check.that(
                absolute || arm == Arm.JOINT_POSITION || arm.isPose(),
                "absolute",
                "must be true where velocities and torques are told");
    }

    /** How many numbers an action has. */
    public int width() {
        return Panda.JOINTS + 1; // a pose happens to have as many numbers
    }

    /** The largest number that an action may have. */
    public double high() {
        if (!absolute) {
            return 1;
        }
        return switch (arm) {
            case JOINT_POSITION -> 3.7525;
            case JOINT_VELOCITY -> 2.61;
            case JOINT_TORQUE -> 87;
            case EE_POSE_PLANNING, EE_POSE_IK -> 2;
        };
    }

    /** The smallest number that an action may have. */
    public double low() {
        return absolute && arm == Arm.JOINT_POSITION ? -3.0718 : -high();
    }

    /** Whether one action takes as long as it needs, and not 0.05 s. */
    public boolean isMacro() {
        return arm.isPose() && absolute;
    }
}
