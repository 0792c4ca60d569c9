package org.adapt4j.env.rlbench.task;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;

/** The cabinet with three drawers that some tasks have: bottom, middle, top. It stands on a plinth, as the hand that takes a handle
 * reaches 9 cm below it. */
final class Cabinets {
    static final List<String> LEVELS = List.of("bottom", "middle", "top");
    /** Nearer, the arm comes to the limits of its joints before a drawer is open, and the hand slips off. */
    static final Region WHERE = new Region(0.42, 0.48, -0.12, 0.12);

    static final double YAW = Math.toRadians(22.5);

    /** How far a drawer opens. */
    static final double LONGEST = 0.17;

    private static final double LOWEST = 0.11;
    private static final double PITCH = 0.09;

    /** Where the handle is ahead of the drawer's middle. */
    private static final double HANDLE = -0.15;

    private Cabinets() {}

    static void add(Objects objects) {
        Objects.Body cabinet = objects.fixed("cabinet");
        cabinet.box(0, 0, 0.03, 0.11, 0.115, 0.03).colour(0.4, 0.3, 0.22);
        cabinet.box(0.11, 0, 0.2, 0.008, 0.11, 0.14).colour(0.55, 0.42, 0.3);
        cabinet.box(0, 0.115, 0.2, 0.11, 0.008, 0.14).colour(0.55, 0.42, 0.3);
        cabinet.box(0, -0.115, 0.2, 0.11, 0.008, 0.14).colour(0.55, 0.42, 0.3);
        cabinet.box(0, 0, 0.346, 0.118, 0.123, 0.006).colour(0.55, 0.42, 0.3);
        for (int i = 0; i < LEVELS.size(); i++) {
            Objects.Body drawer = cabinet.child(drawer(i), 0, 0, LOWEST + PITCH * i);
            drawer.slide(joint(i), -1, 0, 0).range(0, LONGEST).damping(5).friction(0.5);
            drawer.box(-0.11, 0, 0, 0.008, 0.1, 0.042).mass(0.1).colour(0.85, 0.68, 0.45);
            drawer.box(0, 0, -0.04, 0.1, 0.1, 0.004).mass(0.2).colour(0.85, 0.68, 0.45);
            drawer.box(0, 0.095, -0.02, 0.1, 0.004, 0.02).mass(0.05).colour(0.85, 0.68, 0.45);
            drawer.box(0, -0.095, -0.02, 0.1, 0.004, 0.02).mass(0.05).colour(0.85, 0.68, 0.45);
            drawer.box(-0.135, 0.035, 0, 0.018, 0.005, 0.006).mass(0.01).colour(0.2, 0.2, 0.22);
            drawer.box(-0.135, -0.035, 0, 0.018, 0.005, 0.006).mass(0.01).colour(0.2, 0.2, 0.22);
            drawer.capsule(HANDLE, -0.04, 0, HANDLE, 0.04, 0, 0.007)
                    .mass(0.02)
                    .grip()
                    .colour(0.2, 0.2, 0.22);
        }
    }

    static String drawer(int level) {
        return "drawer_" + LEVELS.get(level);
    }

    static String joint(int level) {
        return "drawer_" + LEVELS.get(level) + "_joint";
    }

    /** How the hand takes the handle of a drawer: from ahead, with one finger above and one below. */
    static Pose handle(Script script, int level) {
        Pose drawer = script.pose(drawer(level));
        return Pose.facing(drawer.apply(HANDLE, 0, 0), drawer.direction(1, 0, 0), new double[] {0, 0, 1});
    }

    /** Pulls a drawer open, holding its handle at the end. */
    static Pose open(Script script, int level) {
        Pose handle = handle(script, level);
        Pose open = handle.ahead(0, 0, -0.17);
        script.free(handle.ahead(0, 0, -0.1)).line(handle, 0.5).close().line(open, 0.3);
        return open;
    }
}
