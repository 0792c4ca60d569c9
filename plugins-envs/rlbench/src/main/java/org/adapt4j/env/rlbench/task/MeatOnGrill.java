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

/** A piece of meat to be laid on the grill. */
final class MeatOnGrill implements Description {
    private static final double ASIDE = 0.19;

    @Override
    public int variations() {
        return Grills.MEATS.size();
    }

    @Override
    public List<String> instructions(int variation) {
        String meat = Grills.MEATS.get(variation);
        return List.of("put the " + meat + " on the grill", "grill the " + meat);
    }

    @Override
    public void objects(Objects objects) {
        Grills.add(objects);
    }

    @Override
    public void layout(Layout layout) {
        Pose grill = layout.spot(Grills.WHERE, 0);
        layout.put("grill", grill);
        for (int i = 0; i < Grills.MEATS.size(); i++) {
            Pose place = grill.ahead(ASIDE, i == 0 ? -0.06 : 0.06, 0.0145);
            layout.put(Grills.MEATS.get(i), place.times(Pose.at(0, 0, 0, layout.anyYaw())));
        }
    }

    @Override
    public Condition success(int variation) {
        return all(
                in(Grills.MEATS.get(variation), Volume.box("grill", 0, 0, Grills.GRATE + 0.02, 0.07, 0.1, 0.02)),
                nothingGrasped());
    }

    @Override
    public void script(Script script) {
        String meat = Grills.MEATS.get(script.variation());
        Pose grip = Grills.grip(script.pose(meat));
        Pose put = grip.to(Grills.onGrate(script.pose("grill"), script.variation())
                .moved(0, 0, 0.003)
                .position());
        script.take(meat, grip, 0.1)
                .line(grip.moved(0, 0, 0.18), 0.8)
                .free(put.moved(0, 0, 0.09))
                .line(put, 0.4)
                .open()
                .line(put.moved(0, 0, 0.1), 0.8);
    }
}
