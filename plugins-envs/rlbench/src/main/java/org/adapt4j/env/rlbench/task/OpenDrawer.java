package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.jointMoved;

import java.util.List;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;

/** One of three drawers to be pulled open. */
final class OpenDrawer implements Description {
    private static final double OPEN = 0.15;

    @Override
    public int variations() {
        return Cabinets.LEVELS.size();
    }

    @Override
    public List<String> instructions(int variation) {
        String level = Cabinets.LEVELS.get(variation);
        return List.of("pull the " + level + " drawer open", "open the " + level + " drawer");
    }

    @Override
    public void objects(Objects objects) {
        Cabinets.add(objects);
    }

    @Override
    public void layout(Layout layout) {
        layout.put("cabinet", layout.spot(Cabinets.WHERE, 0, Cabinets.YAW));
    }

    @Override
    public Condition success(int variation) {
        return jointMoved(Cabinets.joint(variation), OPEN);
    }

    @Override
    public void script(Script script) {
        Cabinets.open(script, script.variation());
    }
}
