package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.axis;
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

/** A bottle that stands beside a rack, to be laid on it. */
final class StackWine implements Description {
    private static final Region WHERE = new Region(0.28, 0.36, -0.15, 0.15);
    private static final double YAW = Math.toRadians(45);

    @Override
    public List<String> instructions(int variation) {
        return List.of("lay the bottle on the rack", "store the wine");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body rack = objects.fixed("rack");
        for (double y : new double[] {-0.05, 0.05}) {
            rack.box(0, y, 0.05, 0.06, 0.008, 0.05).colour(0.5, 0.3, 0.1);
            rack.box(-0.045, y, 0.12, 0.008, 0.008, 0.035).turned(0, -0.5, 0).colour(0.5, 0.3, 0.1);
            rack.box(0.045, y, 0.12, 0.008, 0.008, 0.035).turned(0, 0.5, 0).colour(0.5, 0.3, 0.1);
        }
        Objects.Body bottle = objects.free("bottle");
        bottle.cylinder(0, 0, 0.09, 0.03, 0.09)
                .mass(0.3)
                .resists(4)
                .friction(1.2, 0.05, 0.001)
                .colour(0.1, 0.3, 0.1);
        bottle.cylinder(0, 0, 0.2, 0.02, 0.02).mass(0.03).colour(0.1, 0.3, 0.1);
        bottle.cylinder(0, 0, 0.25, 0.013, 0.035).mass(0.03).colour(0.35, 0.05, 0.1);
        objects.graspable("bottle");
    }

    @Override
    public void layout(Layout layout) {
        Pose rack = layout.spot(WHERE, 0, YAW);
        double side = layout.below(2) == 0 ? -0.24 : 0.24;
        double[] place = rack.apply(-0.12, side, 0.001);
        layout.put("rack", rack);
        layout.put("bottle", Pose.at(place[0], place[1], place[2]));
    }

    @Override
    public Condition success(int variation) {
        return all(
                in("bottle", 0, 0, 0.12, Volume.box("rack", 0, 0, 0.12, 0.03, 0.08, 0.04)),
                axis("bottle", 2, true, 0.3));
    }

    @Override
    public void script(Script script) {
        double[] neck = script.pose("bottle").apply(0, 0, 0.13);
        Pose grip = Pose.facing(neck, new double[] {1, 0, 0}, new double[] {0, 1, 0});
        Pose rack = script.pose("rack");
        Pose one = laid(rack, 1);
        Pose other = laid(rack, -1);
        script.take("bottle", grip, 0.12).line(grip.moved(0, 0, 0.15), 0.8).free(one, other);
        script.line(() -> nearer(script.world().tip(), one, other).moved(0, 0, -0.18), 0.4)
                .pause(0.5);
    }

    /** Above the rack, pointing down, with the bottle along the rack's y or against it. */
    private static Pose laid(Pose rack, int sign) {
        return Pose.facing(rack.apply(0, 0, 0.31), new double[] {0, 0, -1}, rack.direction(sign, 0, 0));
    }

    private static Pose nearer(Pose tip, Pose one, Pose other) {
        return tip.angle(one) < tip.angle(other) ? one : other;
    }
}
