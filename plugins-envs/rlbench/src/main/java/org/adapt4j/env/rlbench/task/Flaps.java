package org.adapt4j.env.rlbench.task;

import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Script;

/** Flaps on hinges that some tasks have, to be pushed over from behind with closed fingers that point down. */
final class Flaps {
    /** How far behind the flap, and then beyond it, the tip is: about half of a closed gripper. */
    private static final double THICKNESS = 0.014;

    private Flaps() {}

    /**
     * Pushes a flap over.
     *
     * @param hinge its frame: the hinge turns about y, and the flap lies along x when it is shut
     * @param radius from the hinge to where it is pushed
     * @param from angle at which the flap stands open, from its shut position about minus y
     * @param to angle until which it is pushed
     */
    static void shut(Script script, Pose hinge, double radius, double from, double to) {
        script.close();
        Pose start = point(hinge, radius, from, 0.03);
        script.free(start.moved(0, 0, 0.1)).line(start, 0.6);
        int pieces = 8;
        for (int i = 1; i <= pieces; i++) {
            script.line(point(hinge, radius, from + (to - from) * i / pieces, -0.004), 0.6);
        }
    }

    /** Where the tip is beside a flap that stands at an angle, at the side from which it is pushed shut. */
    private static Pose point(Pose hinge, double radius, double angle, double away) {
        double out = THICKNESS + away;
        double along = radius * Math.cos(angle) - out * Math.sin(angle);
        double up = radius * Math.sin(angle) + out * Math.cos(angle);
        double[] place = hinge.apply(along, 0, up);
        return Pose.topDown(place[0], place[1], place[2], hinge.yaw());
    }
}
