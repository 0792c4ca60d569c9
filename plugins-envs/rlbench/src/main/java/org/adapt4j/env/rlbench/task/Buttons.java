package org.adapt4j.env.rlbench.task;

import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.World;

/** The push button that some tasks have: a plate on a spring, in a ring, on a base. */
final class Buttons {

    /** How far a plate must go down, metres. */
    static final double PRESSED = 0.003;

    /** Height of the plate's middle above the table. */
    private static final double PLATE = 0.036;

    /** Above the plate, from where the hand goes down; RLBench's number. */
    private static final double HOVER = 0.083;

    /** The tip goes to here above the plate's middle: closed fingers reach 9.5 mm beyond it, so that the plate goes down to its end. */
    private static final double PUSH = 0.0015;

    private Buttons() {}

    /** Adds a button. @param half half the size of its base; @return the base */
    static Objects.Body add(Objects objects, String name, double half) {
        Objects.Body base = objects.fixed(name);
        base.box(0, 0, 0.015, half, half, 0.015);
        Objects.Body ring = base.child(name + "_ring", 0, 0, 0.032);
        ring.cylinder(0, 0, 0, 0.026, 0.003).named(name + "_ring_shape").ghost();
        Objects.Body plate = base.child(name + "_plate", 0, 0, PLATE);
        plate.slide(name + "_joint", 0, 0, 1)
                .range(-0.008, 0)
                .spring(60, 0.002)
                .damping(1)
                .armature(0.01);
        plate.cylinder(0, 0, 0, 0.02, 0.006).mass(0.02).named(name + "_plate_shape");
        return base;
    }

    /** Red again, as before it was pressed. */
    static void light(Layout layout, String name, boolean pressed) {
        layout.paintShape(name + "_ring_shape", pressed ? 0 : 0.7, pressed ? 0.7 : 0, 0);
        layout.paintShape(name + "_plate_shape", pressed ? 0 : 1, pressed ? 1 : 0, 0);
    }

    /** Green, as after it was pressed. */
    static void light(World world, String name) {
        world.paintShape(name + "_ring_shape", 0, 0.7, 0);
        world.paintShape(name + "_plate_shape", 0, 1, 0);
    }

    /** Goes above a button and presses it, with closed fingers. */
    static void press(Script script, String name, double yaw) {
        Pose plate = script.pose(name + "_plate");
        Pose above = Pose.topDown(plate.x(), plate.y(), plate.z() + HOVER, yaw);
        script.free(above).line(above.moved(0, 0, PUSH - HOVER), 0.3);
    }
}
