package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.grasped;
import static org.adapt4j.env.rlbench.describe.Conditions.lifted;

import java.util.List;
import java.util.Optional;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.World;

/** The lid of a pan, to be lifted by its knob. */
final class TakeLidOffSaucepan implements Description {
    private static final Region WHERE = new Region(0.1, 0.4, -0.3, 0.3);

    /** Height of the lid's origin above the pan's while it lies on it. */
    private static final double RIM = 0.0795;

    private static final double KNOB = 0.032;
    private static final double LIFT = 0.1;

    @Override
    public List<String> instructions(int variation) {
        return List.of("uncover the pan", "lift the pan's lid");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body pan = objects.fixed("pan");
        pan.cylinder(0, 0, 0.004, 0.085, 0.004).colour(0.55, 0.56, 0.6);
        pan.tube(0, 0, 0.082, 0.004, 0.008, 0.07, 16).colour(0.55, 0.56, 0.6);
        pan.capsule(0.09, 0, 0.065, 0.22, 0, 0.07, 0.009).colour(0.1, 0.1, 0.1);
        Objects.Body lid = objects.free("lid");
        lid.cylinder(0, 0, 0.003, 0.088, 0.003).mass(0.1).colour(0.75, 0.75, 0.8);
        lid.cylinder(0, 0, -0.004, 0.078, 0.004).mass(0.02).colour(0.75, 0.75, 0.8);
        lid.cylinder(0, 0, 0.014, 0.006, 0.008).mass(0.005).colour(0.1, 0.1, 0.1);
        lid.cylinder(0, 0, KNOB, 0.016, 0.011).mass(0.02).grip().colour(0.1, 0.1, 0.1);
        objects.graspable("lid");
    }

    @Override
    public void layout(Layout layout) {
        Pose pan = layout.spot(WHERE, 0);
        layout.put("pan", pan);
        layout.put("lid", pan.moved(0, 0, RIM));
    }

    @Override
    public Condition success(int variation) {
        return all(grasped("lid"), lifted("lid", LIFT));
    }

    @Override
    public void script(Script script) {
        double[] knob = script.pose("lid").apply(0, 0, KNOB);
        Pose grip = Pose.topDown(knob[0], knob[1], knob[2], 0);
        script.take("lid", grip, 0.12).line(grip.moved(0, 0, 0.2), 0.8);
    }

    @Override
    public Optional<Double> shaped(World world) {
        Pose lid = world.pose("lid");
        double[] goal = world.pose("pan").apply(0, 0, RIM + LIFT);
        return Optional.of(-world.tip().distance(lid) - lid.distance(goal[0], goal[1], goal[2]));
    }
}
