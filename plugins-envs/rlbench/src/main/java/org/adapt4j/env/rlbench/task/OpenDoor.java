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
import org.adapt4j.env.rlbench.scene.World;

/** A door whose handle must be turned before it can be pushed open. */
final class OpenDoor implements Description {
    private static final Region WHERE = new Region(0.3, 0.36, -0.1, 0.1);
    private static final double YAW = Math.toRadians(45);
    private static final double UNLOCKED = Math.toRadians(25);
    private static final double OPEN = Math.toRadians(25);

    @Override
    public List<String> instructions(int variation) {
        return List.of("turn the handle and push the door", "open it");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body frame = objects.fixed("frame");
        frame.box(0, 0.2, 0.22, 0.02, 0.015, 0.22).colour(0.5, 0.35, 0.2);
        frame.box(0, -0.2, 0.22, 0.02, 0.015, 0.22).colour(0.5, 0.35, 0.2);
        frame.box(0, 0, 0.45, 0.02, 0.215, 0.015).colour(0.5, 0.35, 0.2);
        Objects.Body door = frame.child("door", 0, -0.18, 0.22);
        door.hinge("door_joint", 0, 0, -1)
                .range(0, 1.6)
                .damping(0.3)
                .friction(0.1)
                .armature(0.01)
                .latched();
        door.box(0, 0.178, 0, 0.012, 0.175, 0.212).mass(1).colour(0.75, 0.55, 0.35);
        Objects.Body handle = door.child("handle", -0.02, 0.3, 0);
        handle.hinge("handle_joint", 1, 0, 0)
                .range(-0.1, 0.9)
                .spring(0.3, 0)
                .damping(0.05)
                .armature(0.001);
        handle.rod(0.01, 0, 0, -0.035, 0, 0, 0.009).mass(0.05).colour(0.8, 0.8, 0.82);
        handle.capsule(-0.04, 0, 0, -0.04, -0.1, 0, 0.009).mass(0.05).grip().colour(0.8, 0.8, 0.82);
    }

    @Override
    public void layout(Layout layout) {
        layout.put("frame", layout.spot(WHERE, 0, YAW));
    }

    @Override
    public Condition success(int variation) {
        return jointMoved("door_joint", OPEN);
    }

    @Override
    public void script(Script script) {
        Pose handle = script.pose("handle");
        double[] ahead = handle.direction(1, 0, 0);
        double[] up = {0, 0, 1};
        Pose lever = Pose.facing(handle.apply(-0.04, -0.07, 0), ahead, up);
        script.take("", lever, 0.12);
        Pose turned = script.arc(lever, handle.position(), ahead, Math.toRadians(35), 0.5);
        script.arc(turned, script.pose("door").position(), up, Math.toRadians(-32), 0.5);
    }

    @Override
    public void react(World world, int variation, boolean done) {
        if (world.position("handle_joint") > UNLOCKED) {
            world.latch("door_joint", false);
        }
    }
}
