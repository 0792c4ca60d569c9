package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.tipIn;

import java.util.List;
import java.util.Optional;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.State;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Colours;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.World;

/** The tip of the gripper to one of three balls in the air, which the colour tells. */
final class ReachTarget implements Description {

    private static final List<String> BALLS = List.of("target", "distractor0", "distractor1");
    private static final double RADIUS = 0.025;
    private static final double APART = 0.2;

    @Override
    public int variations() {
        return Colours.COUNT;
    }

    @Override
    public List<String> instructions(int variation) {
        String colour = Colours.name(variation);
        return List.of("move the gripper to the " + colour + " ball", "go to the " + colour + " sphere");
    }

    @Override
    public void objects(Objects objects) {
        BALLS.forEach(name -> objects.fixed(name).sphere(0, 0, 0, RADIUS).ghost());
    }

    @Override
    public void layout(Layout layout) {
        List<Integer> others = layout.otherColours(2, layout.variation());
        layout.paint("target", layout.variation());
        layout.paint("distractor0", others.get(0));
        layout.paint("distractor1", others.get(1));
        Pose[] places = new Pose[BALLS.size()];
        for (int i = 0; i < places.length; ) {
            Pose place = Pose.at(layout.between(0.1, 0.45), layout.between(-0.35, 0.35), layout.between(0.85, 1.2));
            boolean free = true;
            for (int other = 0; other < i; other++) {
                free &= place.distance(places[other]) >= APART;
            }
            if (free) {
                places[i] = place;
                layout.put(BALLS.get(i), place);
                i++;
            }
        }
    }

    @Override
    public Condition success(int variation) {
        return tipIn(Volume.ball("target", 0, 0, 0, RADIUS));
    }

    @Override
    public void script(Script script) {
        Pose target = script.pose("target");
        script.free(Pose.topDown(target.x(), target.y(), target.z(), 0));
    }

    @Override
    public void state(State state) {
        state.place("target");
    }

    @Override
    public Optional<Double> shaped(World world) {
        return Optional.of(-world.tip().distance(world.pose("target")));
    }
}
