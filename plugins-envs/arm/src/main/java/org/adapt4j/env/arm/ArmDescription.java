package org.adapt4j.env.arm;

import java.util.List;

/**
 * Which part of a model is the arm.
 *
 * @param root body from which on everything is the robot
 * @param joints names, from the base to the hand; hinges or slides with ranges
 * @param tip name of the site that is to be brought to a pose: z is where the hand approaches, y where its fingers close
 * @param home joint positions that redundant solutions are drawn to
 */
public record ArmDescription(String root, List<String> joints, String tip, List<Double> home) {

    /** Checks that there is a home position for every joint. */
    public ArmDescription {
        joints = List.copyOf(joints);
        home = List.copyOf(home);
        if (joints.isEmpty() || joints.size() != home.size()) {
            throw new IllegalArgumentException(
                    "home: needs one number for each of " + joints.size() + " joints but has " + home.size());
        }
    }
}
