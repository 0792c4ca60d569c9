package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.in;
import static org.adapt4j.env.rlbench.describe.Conditions.nothingGrasped;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Objects;

/** A piece of meat to be taken off the grill and laid beside it. */
final class MeatOffGrill implements Description {
    private static final double ASIDE = 0.2;

    @Override
    public int variations() {
        return Grills.MEATS.size();
    }

    @Override
    public List<String> instructions(int variation) {
        String meat = Grills.MEATS.get(variation);
        return List.of("take the " + meat + " off the grill", "the " + meat + " is done: lay it beside the grill");
    }

    @Override
    public void objects(Objects objects) {
        Grills.add(objects);
        objects.fixed("dish").box(0, 0, 0.001, 0.06, 0.06, 0.001).ghost().colour(0.9, 0.9, 0.85);
    }

    @Override
    public void layout(Layout layout) {
        Pose grill = layout.spot(Grills.WHERE, 0);
        layout.put("grill", grill);
        layout.put("dish", grill.ahead(ASIDE, 0, 0));
        for (int i = 0; i < Grills.MEATS.size(); i++) {
            Pose place = Grills.onGrate(grill, i).times(Pose.at(0, 0, 0, layout.yaw(0.4)));
            layout.put(Grills.MEATS.get(i), place);
        }
    }

    @Override
    public Condition success(int variation) {
        return all(in(Grills.MEATS.get(variation), Volume.box("dish", 0, 0, 0.03, 0.06, 0.06, 0.03)), nothingGrasped());
    }

    @Override
    public void script(Script script) {
        String meat = Grills.MEATS.get(script.variation());
        Pose grip = Grills.grip(script.pose(meat));
        Pose dish = script.pose("dish");
        Pose put = grip.to(dish.apply(0, 0, 0.018));
        script.take(meat, grip, 0.1)
                .line(grip.moved(0, 0, 0.1), 0.8)
                .free(put.moved(0, 0, 0.1))
                .line(put, 0.4)
                .open()
                .line(put.moved(0, 0, 0.1), 0.8);
    }
}
