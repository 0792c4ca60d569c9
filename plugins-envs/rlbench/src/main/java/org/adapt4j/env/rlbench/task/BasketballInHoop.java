package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.in;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Objects;

/** A ball to be dropped through a hoop. */
final class BasketballInHoop implements Description {
    private static final Region WHERE = new Region(0.2, 0.34, -0.15, 0.15);
    private static final double YAW = Math.toRadians(45);
    private static final double RADIUS = 0.03;
    private static final double RING = 0.26;

    @Override
    public List<String> instructions(int variation) {
        return List.of("put the ball through the hoop", "dunk the basketball");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body hoop = objects.fixed("hoop");
        hoop.cylinder(0.13, 0, 0.006, 0.05, 0.006).colour(0.25, 0.25, 0.3);
        hoop.capsule(0.13, 0, 0.01, 0.13, 0, RING, 0.009).colour(0.25, 0.25, 0.3);
        hoop.capsule(0.13, 0, RING, 0.06, 0, RING, 0.006).colour(0.25, 0.25, 0.3);
        hoop.tube(0, 0, 0.05, 0.008, RING - 0.006, 0.012, 12).colour(0.9, 0.3, 0.1);
        objects.free("ball")
                .sphere(0, 0, 0, RADIUS)
                .mass(0.05)
                .resists(6)
                .friction(1.2, 0.02, 0.01)
                .colour(0.95, 0.5, 0.15);
        objects.graspable("ball");
    }

    @Override
    public void layout(Layout layout) {
        Pose hoop = layout.spot(WHERE, 0, YAW);
        layout.put("hoop", hoop);
        layout.put("ball", hoop.ahead(layout.between(-0.2, -0.14), layout.between(-0.15, 0.15), RADIUS + 0.0005));
    }

    @Override
    public Condition success(int variation) {
        return in("ball", Volume.box("hoop", 0, 0, RING - 0.075, 0.025, 0.025, 0.075));
    }

    @Override
    public void script(Script script) {
        Pose ball = script.pose("ball");
        Pose grip = Pose.topDown(ball.x(), ball.y(), ball.z(), 0);
        script.take("ball", grip, 0.12)
                .line(grip.moved(0, 0, RING + 0.06), 1)
                .free(grip.to(script.pose("hoop").apply(0, 0, RING + 0.06)))
                .open()
                .pause(0.5);
    }
}
