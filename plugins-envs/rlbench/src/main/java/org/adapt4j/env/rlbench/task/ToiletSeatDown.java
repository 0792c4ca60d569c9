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

/** The seat of a toilet to be put down. */
final class ToiletSeatDown implements Description {
    private static final Region WHERE = new Region(0.22, 0.36, -0.15, 0.15);
    private static final double YAW = Math.toRadians(45);
    private static final double DOWN = 1.7;
    private static final double UP = 1.9;
    private static final double HEIGHT = 0.14;

    @Override
    public List<String> instructions(int variation) {
        return List.of("put the seat down", "lower the toilet's seat");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body toilet = objects.fixed("toilet");
        toilet.cylinder(0, 0, 0.045, 0.06, 0.045).colour(0.95, 0.95, 0.95);
        toilet.tube(0, 0, 0.07, 0.01, 0.09, 0.04, 16).colour(0.95, 0.95, 0.95);
        toilet.cylinder(0, 0, 0.095, 0.07, 0.005).colour(0.7, 0.85, 0.95);
        toilet.box(0.15, 0, 0.1, 0.025, 0.08, 0.1).colour(0.95, 0.95, 0.95);
        Objects.Body seat = toilet.child("seat", 0.085, 0, HEIGHT);
        seat.hinge("seat_joint", 0, -1, 0)
                .range(0, UP)
                .damping(0.15)
                .friction(0.1)
                .armature(0.002);
        double along = -Math.cos(UP);
        double up = Math.sin(UP);
        seat.box(0.085 * along, 0.055, 0.085 * up, 0.085, 0.014, 0.005)
                .turned(0, UP, 0)
                .mass(0.05)
                .colour(0.85, 0.8, 0.7);
        seat.box(0.085 * along, -0.055, 0.085 * up, 0.085, 0.014, 0.005)
                .turned(0, UP, 0)
                .mass(0.05)
                .colour(0.85, 0.8, 0.7);
        seat.box(0.15 * along, 0, 0.15 * up, 0.02, 0.055, 0.005)
                .turned(0, UP, 0)
                .mass(0.05)
                .colour(0.85, 0.8, 0.7);
    }

    @Override
    public void layout(Layout layout) {
        layout.put("toilet", layout.spot(WHERE, 0, YAW));
    }

    @Override
    public Condition success(int variation) {
        return jointMoved("seat_joint", DOWN);
    }

    @Override
    public void script(Script script) {
        Pose hinge = script.pose("seat");
        Flaps.shut(script, hinge.times(Pose.at(0, 0, 0, Math.PI)), 0.15, UP, 0.05);
    }
}
