package org.adapt4j.env.rlbench.task;

import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.scene.Objects;

/** The cubes that some tasks have, 5 cm wide. */
final class Cubes {
    static final double HALF = 0.025;

    private Cubes() {}

    /** A cube that can be carried. */
    static void add(Objects objects, String name) {
        objects.free(name).box(0, 0, 0, HALF, HALF, HALF).mass(0.1).resists(4).friction(1, 0.02, 0.001);
        objects.graspable(name);
    }

    /** How the hand takes a thing with four sides from above, at its middle. */
    static Pose above(Pose thing) {
        return Pose.topDown(thing.x(), thing.y(), thing.z(), Pose.fold(thing.yaw(), Math.PI / 2));
    }
}
