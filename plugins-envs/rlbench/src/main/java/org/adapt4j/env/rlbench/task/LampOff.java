package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.jointMoved;

import java.util.List;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.World;

/** A lamp to be switched off by its button. */
final class LampOff implements Description {
    @Override
    public List<String> instructions(int variation) {
        return List.of("switch the lamp off", "put the light out");
    }

    @Override
    public void objects(Objects objects) {
        Lamps.add(objects);
    }

    @Override
    public void layout(Layout layout) {
        Lamps.put(layout, true);
    }

    @Override
    public Condition success(int variation) {
        return jointMoved("lamp_joint", Buttons.PRESSED);
    }

    @Override
    public void script(Script script) {
        Lamps.press(script);
    }

    @Override
    public void react(World world, int variation, boolean done) {
        if (done) {
            Lamps.light(world, false);
        }
    }
}
