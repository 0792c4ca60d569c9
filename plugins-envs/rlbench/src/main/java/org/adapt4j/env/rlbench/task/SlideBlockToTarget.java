package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.in;

import java.util.List;
import java.util.Optional;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.describe.State;
import org.adapt4j.env.rlbench.describe.Volume;
import org.adapt4j.env.rlbench.scene.Objects;
import org.adapt4j.env.rlbench.scene.World;

/** A block to be pushed onto a green square. */
final class SlideBlockToTarget implements Description {
    private static final Region WHERE = new Region(0.15, 0.35, -0.2, 0.2);
    private static final double HALF = 0.028125;
    private static final double NEAR = 0.04;

    @Override
    public List<String> instructions(int variation) {
        return List.of("push the block onto the green square", "slide the block to its target");
    }

    @Override
    public void objects(Objects objects) {
        objects.fixed("target").box(0, 0, 0.0005, 0.05, 0.05, 0.0005).ghost().colour(0, 0.8, 0.1);
        objects.free("block")
                .box(0, 0, 0, HALF, HALF, HALF)
                .mass(0.1)
                .friction(0.6, 0.01, 0.0001)
                .colour(0.85, 0.1, 0.1);
    }

    @Override
    public void layout(Layout layout) {
        Pose middle = layout.spot(WHERE, 0);
        layout.put("target", middle.ahead(0.08, 0, 0));
        layout.put("block", middle.ahead(-0.08, 0, HALF + 0.0005));
    }

    @Override
    public Condition success(int variation) {
        return in("block", Volume.cylinder("target", 0, 0, 0, NEAR, 0.1));
    }

    @Override
    public void script(Script script) {
        Pose block = script.pose("block");
        double[] behind = block.apply(-0.07, 0, 0);
        Pose low = Pose.topDown(behind[0], behind[1], behind[2], block.yaw());
        double[] ahead = block.apply(0.12, 0, 0);
        script.close().free(low.moved(0, 0, 0.12)).line(low).line(low.to(ahead), 0.4);
    }

    @Override
    public void state(State state) {
        state.place("block");
        state.place("target");
    }

    @Override
    public Optional<Double> shaped(World world) {
        Pose block = world.pose("block");
        return Optional.of(-world.tip().distance(block) - block.distance(world.pose("target")));
    }
}
