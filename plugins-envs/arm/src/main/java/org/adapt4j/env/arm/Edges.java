package org.adapt4j.env.arm;

/** Straight lines in joint space, looked at every 0.05 rad. */
final class Edges {

    private static final double STEP = 0.05;

    private final Kinematics arm;
    private final double[] between;

    Edges(Kinematics arm) {
        this.arm = arm;
        between = new double[arm.joints()];
    }

    /** Whether nothing is in the way from one to the other; where it begins is taken to be free. */
    boolean free(double[] from, double[] to) {
        int steps = (int) (Path.distance(from, to) / STEP) + 1;
        for (int i = 1; i <= steps; i++) {
            for (int k = 0; k < between.length; k++) {
                between[k] = from[k] + (to[k] - from[k]) * i / steps;
            }
            if (arm.collides(between)) {
                return false;
            }
        }
        return true;
    }
}
