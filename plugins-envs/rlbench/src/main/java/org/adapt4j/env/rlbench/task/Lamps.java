package org.adapt4j.env.rlbench.task;

import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.World;

/** The lamp that some tasks have: a bulb on a pole beside a button. It is low, as a tall one is in the way of the wrist. */
final class Lamps {
    private static final Region WHERE = new Region(0.15, 0.4, -0.3, 0.3);

    private Lamps() {}

    static void add(Objects objects) {
        Objects.Body lamp = Buttons.add(objects, "lamp", 0.035);
        lamp.cylinder(0, 0.16, 0.01, 0.05, 0.01).colour(0.35, 0.35, 0.4);
        lamp.capsule(0, 0.16, 0.02, 0, 0.16, 0.12, 0.008).colour(0.35, 0.35, 0.4);
        lamp.sphere(0, 0.16, 0.145, 0.035).named("bulb");
    }

    static void put(Layout layout, boolean lit) {
        layout.put("lamp", layout.spot(WHERE, 0));
        Buttons.light(layout, "lamp", false);
        double brightness = lit ? 1 : 0;
        layout.paintShape("bulb", brightness, brightness, brightness);
    }

    static void light(World world, boolean lit) {
        Buttons.light(world, "lamp");
        double brightness = lit ? 1 : 0;
        world.paintShape("bulb", brightness, brightness, brightness);
    }

    /** The hand is at right angles to the lamp, which it would touch otherwise. */
    static void press(Script script) {
        script.close();
        Buttons.press(script, "lamp", script.pose("lamp").yaw() + Math.PI / 2);
    }
}
