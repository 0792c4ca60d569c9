package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.inOrder;
import static org.adapt4j.env.rlbench.describe.Conditions.jointMoved;

import java.util.List;
import java.util.stream.IntStream;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Colours;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.World;

/** Up to three buttons to be pressed one after the other, which their colours tell. */
final class PushButtons implements Description {
    private static final int[] COLOURS = IntStream.range(0, Colours.COUNT)
            .filter(colour -> colour != Colours.number("red") && colour != Colours.number("lime"))
            .toArray();

    private static final List<String> BUTTONS = List.of("first", "second", "third");
    private static final double APART = 0.16;
    private static final double BACK = 0.06;

    @Override
    public int variations() {
        return 50;
    }

    private static int count(int variation) {
        return 1 + variation % 3;
    }

    private static int colour(int variation, int button) {
        return COLOURS[(variation / 3 + 6 * button) % COLOURS.length];
    }

    @Override
    public List<String> instructions(int variation) {
        StringBuilder text = new StringBuilder("press the " + Colours.name(colour(variation, 0)) + " button");
        for (int i = 1; i < count(variation); i++) {
            text.append(", then the ")
                    .append(Colours.name(colour(variation, i)))
                    .append(" one");
        }
        return List.of(text.toString());
    }

    @Override
    public void objects(Objects objects) {
        BUTTONS.forEach(name -> Buttons.add(objects, name, 0.05));
    }

    @Override
    public void layout(Layout layout) {
        List<Pose> places = layout.spots(BUTTONS.size(), Region.TABLE, APART, 0);
        for (int i = 0; i < BUTTONS.size(); i++) {
            layout.put(BUTTONS.get(i), places.get(i));
            layout.paint(BUTTONS.get(i), colour(layout.variation(), i));
            Buttons.light(layout, BUTTONS.get(i), false);
        }
    }

    @Override
    public Condition success(int variation) {
        Condition[] pressed = new Condition[count(variation)];
        for (int i = 0; i < pressed.length; i++) {
            pressed[i] = jointMoved(BUTTONS.get(i) + "_joint", Buttons.PRESSED);
        }
        return inOrder(pressed);
    }

    @Override
    public void script(Script script) {
        script.close();
        for (int i = 0; i < count(script.variation()); i++) {
            Pose plate = script.pose(BUTTONS.get(i) + "_plate");
            double yaw = script.pose(BUTTONS.get(i)).yaw();
            Buttons.press(script, BUTTONS.get(i), yaw);
            script.line(Pose.topDown(plate.x(), plate.y(), plate.z() + BACK, yaw), 0.8);
        }
    }

    @Override
    public void react(World world, int variation, boolean done) {
        for (String name : BUTTONS) {
            if (world.position(name + "_joint") < -Buttons.PRESSED) {
                Buttons.light(world, name);
            }
        }
    }
}
