package org.adapt4j.env.rlbench.task;

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

/** A button to be pressed, on a base that the colour tells. RLBench leaves out two of its colours, red and lime, here. */
final class PushButton implements Description {

    private static final int[] COLOURS = IntStream.range(0, Colours.COUNT)
            .filter(colour -> colour != Colours.number("red") && colour != Colours.number("lime"))
            .toArray();

    @Override
    public int variations() {
        return COLOURS.length;
    }

    @Override
    public List<String> instructions(int variation) {
        String colour = Colours.name(COLOURS[variation]);
        return List.of("press the button on the " + colour + " box", "push the " + colour + " button down");
    }

    @Override
    public void objects(Objects objects) {
        Buttons.add(objects, "button", 0.05);
    }

    @Override
    public void layout(Layout layout) {
        layout.put("button", layout.spot(Region.TABLE, 0));
        layout.paint("button", COLOURS[layout.variation()]);
        Buttons.light(layout, "button", false);
    }

    @Override
    public Condition success(int variation) {
        return jointMoved("button_joint", Buttons.PRESSED);
    }

    @Override
    public void script(Script script) {
        Pose button = script.pose("button");
        script.close();
        Buttons.press(script, "button", button.yaw());
    }

    @Override
    public void react(World world, int variation, boolean done) {
        if (done) {
            Buttons.light(world, "button");
        }
    }
}
