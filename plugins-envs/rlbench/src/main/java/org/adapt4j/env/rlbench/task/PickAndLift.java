package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.grasped;
import static org.adapt4j.env.rlbench.describe.Conditions.in;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.State;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Colours;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.Panda;

/** One of three cubes to be lifted to a ball in the air, which the colour tells. */
final class PickAndLift implements Description {
    private static final List<String> CUBES = List.of("target", "distractor0", "distractor1");
    private static final double HEIGHT = 0.25;
    private static final double RADIUS = 0.04;

    @Override
    public int variations() {
        return Colours.COUNT;
    }

    @Override
    public List<String> instructions(int variation) {
        String colour = Colours.name(variation);
        return List.of("raise the " + colour + " cube to the red ball", "bring the " + colour + " cube to the marker");
    }

    @Override
    public void objects(Objects objects) {
        CUBES.forEach(name -> Cubes.add(objects, name));
        objects.fixed("goal").sphere(0, 0, 0, RADIUS).ghost().colour(1, 0.14, 0.14);
    }

    @Override
    public void layout(Layout layout) {
        List<Pose> places = layout.spots(4, Region.TABLE, 0.1, Cubes.HALF + 0.0005);
        List<Integer> others = layout.otherColours(2, layout.variation());
        for (int i = 0; i < CUBES.size(); i++) {
            layout.put(CUBES.get(i), places.get(i));
            layout.paint(CUBES.get(i), i == 0 ? layout.variation() : others.get(i - 1));
        }
        layout.put("goal", Pose.at(places.get(3).x(), places.get(3).y(), Panda.TABLE + HEIGHT));
    }

    @Override
    public Condition success(int variation) {
        return all(grasped("target"), in("target", Volume.ball("goal", 0, 0, 0, RADIUS)));
    }

    @Override
    public void script(Script script) {
        Pose grip = Cubes.above(script.pose("target"));
        Pose goal = script.pose("goal");
        script.take("target", grip, 0.12).line(grip.moved(0, 0, 0.12), 0.8).free(grip.to(goal.position()));
    }

    @Override
    public void state(State state) {
        state.place("target");
        state.place("goal");
    }
}
