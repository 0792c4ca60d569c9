package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.jointMoved;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;

/** The door of a microwave, which stands open, to be pushed shut. */
final class CloseMicrowave implements Description {
    private static final Region WHERE = new Region(0.38, 0.44, -0.05, 0.12);
    private static final double YAW = Math.toRadians(22.5);
    private static final double SHUT = Math.toRadians(40);
    private static final double OPEN = Math.toRadians(80);
    private static final double EDGE = 0.2;

    @Override
    public List<String> instructions(int variation) {
        return List.of("shut the microwave", "close the microwave's door");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body oven = objects.fixed("microwave");
        oven.box(0, 0, 0.012, 0.1, 0.14, 0.004).colour(0.85, 0.85, 0.87);
        oven.box(0, 0, 0.2, 0.1, 0.14, 0.004).colour(0.85, 0.85, 0.87);
        oven.box(0.096, 0, 0.106, 0.004, 0.14, 0.09).colour(0.85, 0.85, 0.87);
        oven.box(0, -0.136, 0.106, 0.1, 0.004, 0.09).colour(0.85, 0.85, 0.87);
        oven.box(0, 0.11, 0.106, 0.1, 0.03, 0.09).colour(0.4, 0.4, 0.43);
        Objects.Body door = oven.child("door", -0.108, -0.135, 0.106);
        door.hinge("door_joint", 0, 0, 1)
                .range(0, 1.6)
                .damping(0.2)
                .friction(0.05)
                .armature(0.01);
        door.box(0, 0.105, 0, 0.006, 0.1, 0.09).mass(0.3).colour(0.25, 0.26, 0.3);
        door.capsule(-0.02, EDGE - 0.01, -0.06, -0.02, EDGE - 0.01, 0.06, 0.006)
                .mass(0.02)
                .colour(0.9, 0.9, 0.9);
    }

    @Override
    public void layout(Layout layout) {
        layout.put("microwave", layout.spot(WHERE, 0, YAW));
        layout.set("door_joint", OPEN);
    }

    @Override
    public Condition success(int variation) {
        return jointMoved("door_joint", SHUT);
    }

    @Override
    public void script(Script script) {
        Pose door = script.pose("door");
        double[] outside = door.apply(-0.06, 0.13, 0.08);
        Pose start = Pose.topDown(outside[0], outside[1], outside[2], door.yaw());
        script.close().free(start.moved(0, 0, 0.12)).line(start);
        script.arc(start, door.position(), new double[] {0, 0, 1}, Math.toRadians(-75), 0.6);
    }
}
