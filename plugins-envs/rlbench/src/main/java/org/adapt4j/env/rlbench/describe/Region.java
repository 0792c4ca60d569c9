package org.adapt4j.env.rlbench.describe;

/**
 * Where things may be put, in the world's frame, metres.
 *
 * @param x0 nearest to the robot
 * @param x1 farthest from it
 * @param y0 farthest to its right
 * @param y1 farthest to its left
 */
public record Region(double x0, double x1, double y0, double y1) {

    /** Most of the table that the arm reaches. */
    public static final Region TABLE = new Region(0.05, 0.45, -0.35, 0.35);

    /** The part of it where everything can be reached from above and aside. */
    public static final Region MIDDLE = new Region(0.12, 0.4, -0.25, 0.25);
}
