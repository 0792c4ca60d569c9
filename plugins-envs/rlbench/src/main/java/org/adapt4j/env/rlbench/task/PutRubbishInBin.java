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

/** A crumpled paper between two tomatoes, to be thrown into the bin. */
final class PutRubbishInBin implements Description {
    private static final Region WHERE = new Region(0.15, 0.4, -0.2, 0.2);

    @Override
    public List<String> instructions(int variation) {
        return List.of("throw the trash away", "drop the crumpled paper into the bin");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body bin = objects.fixed("bin");
        bin.cylinder(0, 0, 0.003, 0.085, 0.003).colour(0.3, 0.3, 0.32);
        bin.tube(0, 0, 0.085, 0.005, 0.006, 0.15, 12).colour(0.3, 0.3, 0.32);
        Objects.Body rubbish = objects.free("rubbish");
        rubbish.box(0, 0, 0, 0.02, 0.018, 0.02).mass(0.02).grip().colour(0.8, 0.8, 0.75);
        rubbish.ellipsoid(0, 0, 0, 0.024, 0.021, 0.022).mass(0.01).ghost().colour(0.85, 0.85, 0.8);
        objects.graspable("rubbish");
        for (String name : List.of("tomato1", "tomato2")) {
            objects.free(name)
                    .sphere(0, 0, 0, 0.025)
                    .mass(0.08)
                    .resists(6)
                    .friction(1, 0.01, 0.01)
                    .colour(0.9, 0.1, 0.05);
        }
    }

    @Override
    public void layout(Layout layout) {
        Pose base = layout.spot(WHERE, 0);
        layout.put("bin", base.ahead(-0.13, 0, 0));
        int[] order = layout.shuffled(3);
        layout.put("rubbish", place(layout, base, order[0], 0.0225).times(Pose.at(0, 0, 0, layout.anyYaw())));
        layout.put("tomato1", place(layout, base, order[1], 0.026));
        layout.put("tomato2", place(layout, base, order[2], 0.026));
    }

    private static Pose place(Layout layout, Pose base, int which, double height) {
        return base.ahead(0.1, 0.1 * (which - 1), height);
    }

    @Override
    public Condition success(int variation) {
        return in("rubbish", Volume.cylinder("bin", 0, 0, 0.075, 0.085, 0.075));
    }

    @Override
    public void script(Script script) {
        Pose grip = Cubes.above(script.pose("rubbish"));
        Pose bin = script.pose("bin");
        script.take("rubbish", grip, 0.12)
                .line(grip.moved(0, 0, 0.28), 1)
                .free(grip.to(bin.apply(0, 0, 0.26)))
                .open()
                .pause(1);
    }
}
