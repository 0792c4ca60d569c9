package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.in;
import static org.adapt4j.env.rlbench.describe.Conditions.not;
import static org.adapt4j.env.rlbench.describe.Conditions.nothingGrasped;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Objects;

/** A USB stick to be pulled out of a computer. */
final class TakeUsbOutOfComputer implements Description {
    private static final Region WHERE = new Region(0.15, 0.45, -0.3, 0.3);
    private static final double PORT = 0.16;

    /** The port must look about to where the robot stands: the hand comes from there. */
    private static final double YAW = Math.PI / 2;

    @Override
    public List<String> instructions(int variation) {
        return List.of("pull the stick out of the computer", "unplug the USB stick");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body computer = objects.fixed("computer");
        computer.box(0.1, 0, 0.15, 0.06, 0.09, 0.15).colour(0.15, 0.15, 0.17);
        computer.box(0.02, 0, PORT + 0.0153, 0.02, 0.02, 0.01).colour(0.35, 0.35, 0.38);
        computer.box(0.02, 0, PORT - 0.0153, 0.02, 0.02, 0.01).colour(0.35, 0.35, 0.38);
        computer.box(0.02, 0.0165, PORT, 0.02, 0.0055, 0.0053).colour(0.35, 0.35, 0.38);
        computer.box(0.02, -0.0165, PORT, 0.02, 0.0055, 0.0053).colour(0.35, 0.35, 0.38);
        Objects.Body stick = objects.free("stick");
        stick.box(0.018, 0, 0, 0.018, 0.01, 0.0048)
                .mass(0.005)
                .friction(0.3, 0.005, 0.0001)
                .colour(0.75, 0.75, 0.75);
        stick.box(-0.026, 0, 0, 0.025, 0.011, 0.007).mass(0.01).grip().colour(0.1, 0.2, 0.9);
        objects.graspable("stick");
    }

    @Override
    public void layout(Layout layout) {
        Pose computer = layout.spot(WHERE, 0, YAW);
        layout.put("computer", computer);
        layout.put("stick", computer.moved(0, 0, PORT));
    }

    @Override
    public Condition success(int variation) {
        return all(not(in("stick", Volume.ball("computer", 0, 0, PORT, 0.05))), nothingGrasped());
    }

    @Override
    public void script(Script script) {
        Pose stick = script.pose("stick");
        Pose grip = Pose.facing(stick.apply(-0.034, 0, 0), stick.direction(1, 0, 0), stick.direction(0, 1, 0));
        script.free(grip.ahead(0, 0, -0.12))
                .line(grip, 0.4)
                .close("stick")
                .line(grip.ahead(0, 0, -0.1), 0.4)
                .open()
                .pause(0.5);
    }
}
