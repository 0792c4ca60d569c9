package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.jointMoved;

import java.util.List;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;

/** A laptop to be shut. */
final class CloseLaptopLid implements Description {
    private static final Region WHERE = new Region(0.2, 0.36, -0.18, 0.18);
    private static final double SHUT = 1.79;

    /** How far the lid stands open. */
    private static final double OPEN = 2.0;

    @Override
    public List<String> instructions(int variation) {
        return List.of("shut the laptop", "close the laptop's lid");
    }

    @Override
    public void objects(Objects objects) {
        Objects.Body laptop = objects.fixed("laptop");
        laptop.box(0, 0, 0.008, 0.09, 0.13, 0.008).colour(0.3, 0.3, 0.33);
        laptop.box(0.01, 0, 0.0165, 0.05, 0.11, 0.0008).ghost().colour(0.1, 0.1, 0.12);
        Objects.Body lid = laptop.child("lid", -0.09, 0, 0.02);
        lid.hinge("lid_joint", 0, 1, 0)
                .range(0, OPEN)
                .damping(0.15)
                .friction(0.12)
                .armature(0.002);
        Objects.Body screen = lid.child("screen", 0, 0, 0);
        screen.box(0.09 * Math.cos(OPEN), 0, 0.09 * Math.sin(OPEN), 0.09, 0.13, 0.004)
                .turned(0, -OPEN, 0)
                .mass(0.2)
                .colour(0.3, 0.3, 0.33);
    }

    @Override
    public void layout(Layout layout) {
        layout.put("laptop", layout.spot(WHERE, 0));
    }

    @Override
    public Condition success(int variation) {
        return jointMoved("lid_joint", SHUT);
    }

    @Override
    public void script(Script script) {
        Flaps.shut(script, script.pose("lid"), 0.14, OPEN, 0.02);
    }
}
