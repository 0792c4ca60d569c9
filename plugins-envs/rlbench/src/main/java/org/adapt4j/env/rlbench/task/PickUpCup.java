package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.grasped;
import static org.adapt4j.env.rlbench.describe.Conditions.lifted;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Colours;
import org.adapt4j.env.rlbench.scene.Objects;

/** One of two cups to be lifted, which the colour tells. */
final class PickUpCup implements Description {

    private static final double LIFT = 0.15;

    @Override
    public int variations() {
        return Colours.COUNT;
    }

    @Override
    public List<String> instructions(int variation) {
        String colour = Colours.name(variation);
        return List.of("lift the " + colour + " cup", "take the " + colour + " cup off the table");
    }

    @Override
    public void objects(Objects objects) {
        for (String name : List.of("cup1", "cup2")) {
            Objects.Body cup = objects.free(name);
            cup.cylinder(0, 0, 0.003, 0.032, 0.003).mass(0.03);
            cup.tube(0, 0, 0.029, 0.003, 0.006, 0.085, 12).mass(0.07).grip();
            objects.graspable(name);
        }
    }

    @Override
    public void layout(Layout layout) {
        List<Pose> places = layout.spots(2, Region.TABLE, 0.15, 0.001);
        layout.put("cup1", places.get(0));
        layout.put("cup2", places.get(1));
        layout.paint("cup1", layout.variation());
        layout.paint("cup2", layout.otherColours(1, layout.variation()).get(0));
    }

    @Override
    public Condition success(int variation) {
        return all(grasped("cup1"), lifted("cup1", LIFT));
    }

    @Override
    public void script(Script script) {
        Pose cup = script.pose("cup1");
        Pose rim = Pose.topDown(cup.x(), cup.y(), cup.z() + 0.065, 0);
        script.take("cup1", rim, 0.135).line(rim.moved(0, 0, 0.235), 0.8);
    }
}
