package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.atLeast;
import static org.adapt4j.env.rlbench.describe.Conditions.in;
import static org.adapt4j.env.rlbench.describe.Conditions.nothingGrasped;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Colours;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.Panda;

/** Two to four cubes of a colour to be stacked on a plate, among cubes of another colour. */
final class StackBlocks implements Description {
    private static final int TARGETS = 4;
    private static final int OTHERS = 4;
    private static final double APART = 0.11;
    private static final double PLATE = 0.004;

    @Override
    public int variations() {
        return 3 * Colours.COUNT;
    }

    private static int count(int variation) {
        return 2 + variation % 3;
    }

    private static int colour(int variation) {
        return variation / 3;
    }

    private static String target(int number) {
        return "target" + number;
    }

    @Override
    public List<String> instructions(int variation) {
        String what = count(variation) + " " + Colours.name(colour(variation)) + " cubes";
        return List.of("stack " + what, "build a tower of " + what + " on the plate");
    }

    @Override
    public void objects(Objects objects) {
        objects.fixed("plate").box(0, 0, PLATE / 2, 0.04, 0.04, PLATE / 2).colour(0.1, 0.55, 0.2);
        for (int i = 0; i < TARGETS; i++) {
            Cubes.add(objects, target(i));
        }
        for (int i = 0; i < OTHERS; i++) {
            Cubes.add(objects, "distractor" + i);
        }
    }

    @Override
    public void layout(Layout layout) {
        int other = layout.otherColours(1, colour(layout.variation())).get(0);
        List<Pose> places = layout.spots(1 + TARGETS + OTHERS, Region.TABLE, APART, Cubes.HALF + 0.0005);
        Pose plate = places.get(0);
        layout.put("plate", Pose.at(plate.x(), plate.y(), Panda.TABLE, plate.yaw()));
        for (int i = 0; i < TARGETS; i++) {
            layout.put(target(i), places.get(1 + i));
            layout.paint(target(i), colour(layout.variation()));
        }
        for (int i = 0; i < OTHERS; i++) {
            layout.put("distractor" + i, places.get(1 + TARGETS + i));
            layout.paint("distractor" + i, other);
        }
    }

    @Override
    public Condition success(int variation) {
        Condition[] there = new Condition[TARGETS];
        for (int i = 0; i < TARGETS; i++) {
            there[i] = in(target(i), Volume.cylinder("plate", 0, 0, 0.11, 0.04, 0.11));
        }
        return all(atLeast(count(variation), there), nothingGrasped());
    }

    @Override
    public void script(Script script) {
        Pose plate = script.pose("plate");
        for (int i = 0; i < count(script.variation()); i++) {
            Pose grip = Cubes.above(script.pose(target(i)));
            double height = PLATE + Cubes.HALF * (2 * i + 1) + 0.002;
            Pose goal = Pose.topDown(plate.x(), plate.y(), plate.z() + height, grip.yaw());
            Pose put = grip.to(goal.position());
            Pose above = put.moved(0, 0, 0.08);
            script.take(target(i), grip, 0.12)
                    .line(grip.moved(0, 0, 0.12), 0.8)
                    .free(above)
                    .line(put, 0.4)
                    .open()
                    .line(above, 0.8);
        }
    }
}
