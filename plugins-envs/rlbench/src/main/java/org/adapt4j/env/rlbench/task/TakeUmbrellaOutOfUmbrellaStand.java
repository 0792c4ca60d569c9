package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.in;
import static org.adapt4j.env.rlbench.describe.Conditions.not;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Objects;

/** An umbrella to be pulled out of its stand. */
final class TakeUmbrellaOutOfUmbrellaStand implements Description {
    private static final Region WHERE = new Region(0.12, 0.4, -0.25, 0.25);
    private static final double STAND = 0.14;
    private static final double HANDLE = 0.3;

    @Override
    public List<String> instructions(int variation) {
        return List.of("take the umbrella out of its stand", "pull the umbrella out");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body stand = objects.fixed("stand");
        stand.cylinder(0, 0, 0.004, 0.05, 0.004).colour(0.3, 0.3, 0.32);
        stand.tube(0, 0, 0.034, 0.006, 0.008, STAND, 12).colour(0.35, 0.36, 0.4);
        Objects.Body umbrella = objects.free("umbrella");
        umbrella.cylinder(0, 0, 0.09, 0.026, 0.09)
                .mass(0.1)
                .friction(0.3, 0.005, 0.0001)
                .colour(0.1, 0.15, 0.5);
        umbrella.capsule(0, 0, 0.18, 0, 0, 0.26, 0.006).mass(0.02).colour(0.6, 0.6, 0.62);
        umbrella.cylinder(0, 0, HANDLE - 0.01, 0.012, 0.035).mass(0.03).grip().colour(0.45, 0.25, 0.1);
        objects.graspable("umbrella");
    }

    @Override
    public void layout(Layout layout) {
        Pose stand = layout.spot(WHERE, 0);
        layout.put("stand", stand);
        layout.put("umbrella", stand.moved(0, 0, 0.009));
    }

    @Override
    public Condition success(int variation) {
        return not(in("umbrella", Volume.cylinder("stand", 0, 0, STAND / 2, 0.1, STAND / 2)));
    }

    @Override
    public void script(Script script) {
        double[] handle = script.pose("umbrella").apply(0, 0, HANDLE - 0.01);
        Pose grip = Pose.topDown(handle[0], handle[1], handle[2], 0);
        script.take("umbrella", grip, 0.12).line(grip.moved(0, 0, 0.2), 0.6);
    }
}
