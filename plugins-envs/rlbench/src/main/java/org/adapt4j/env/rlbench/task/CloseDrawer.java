package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.jointMoved;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;

/** One of three drawers, which stands open, to be pushed shut. */
final class CloseDrawer implements Description {
    private static final double OPEN = 0.1;
    private static final double SHUT = 0.06;

    @Override
    public int variations() {
        return Cabinets.LEVELS.size();
    }

    @Override
    public List<String> instructions(int variation) {
        String level = Cabinets.LEVELS.get(variation);
        return List.of("push the " + level + " drawer shut", "close the " + level + " drawer");
    }

    @Override
    public void objects(Objects objects) {
        Cabinets.add(objects);
    }

    @Override
    public void layout(Layout layout) {
        layout.put("cabinet", layout.spot(Cabinets.WHERE, 0, Cabinets.YAW));
        layout.set(Cabinets.joint(layout.variation()), OPEN);
    }

    @Override
    public Condition success(int variation) {
        return jointMoved(Cabinets.joint(variation), SHUT);
    }

    @Override
    public void script(Script script) {
        Pose handle = Cabinets.handle(script, script.variation());
        script.close().free(handle.ahead(0, 0, -0.09)).line(handle.ahead(0, 0, 0.07), 0.5);
    }
}
