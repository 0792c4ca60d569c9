package org.adapt4j.env.integrator;

import org.adapt4j.api.task.Task;

/**
 * The rules: a point starts at the origin, moves by its action, and earns minus its distance to the goal before each move (Bagatella et al.
 * 2025, section 5.1; the constants are PROPOSED: radius 3, five states, and so a best return of -7.5).
 */
final class Integrator {

    static final int STEPS = 5;
    static final double RADIUS = 3;

    /** The farthest that the expert moves in a step. */
    static final double STRIDE = 0.75;

    /** Wide enough for an expert whose noise is a third of its stride or more. */
    static final double FARTHEST = 2;

    /** Nobody gets farther from the origin. */
    static final double BOUND = STEPS * FARTHEST + RADIUS;

    /** Return of who moves straight to the goal: 3 + 2.25 + 1.5 + .75 + 0, with a minus. */
    static final double BEST = -7.5;

    /** Return of who stays at the origin. */
    static final double IDLE = -RADIUS * STEPS;

    private Integrator() {}

    static double[] goal(Task task) {
        double angle = Math.toRadians(Double.parseDouble(task.attribute("degrees")));
        return new double[] {RADIUS * Math.cos(angle), RADIUS * Math.sin(angle)};
    }

    static double reward(double[] position, double[] goal) {
        return -Math.hypot(goal[0] - position[0], goal[1] - position[1]);
    }

    /** What the expert does without noise: straight to the goal, a stride at most. */
    static double[] stride(double[] position, double[] goal) {
        double x = goal[0] - position[0];
        double y = goal[1] - position[1];
        double distance = Math.hypot(x, y);
        double part = distance <= STRIDE ? 1 : STRIDE / distance;
        return new double[] {part * x, part * y};
    }
}
