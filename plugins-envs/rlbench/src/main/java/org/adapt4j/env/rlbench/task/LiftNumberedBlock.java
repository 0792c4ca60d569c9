package org.adapt4j.env.rlbench.task;

import static org.adapt4j.env.rlbench.describe.Conditions.all;
import static org.adapt4j.env.rlbench.describe.Conditions.grasped;
import static org.adapt4j.env.rlbench.describe.Conditions.lifted;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Condition;
import org.adapt4j.env.rlbench.describe.Description;
import org.adapt4j.env.rlbench.describe.Layout;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.describe.Script;
import org.adapt4j.env.rlbench.scene.Objects;

/** One of three blocks to be lifted, which its number tells. */
final class LiftNumberedBlock implements Description {
    private static final int BLOCKS = 3;
    private static final double HALF = 0.025;
    private static final double LIFT = 0.1;

    /** Which of the seven strokes of a digit 1, 2 and 3 have: three level ones from above, then left and right of the upper half and of the lower. */
    private static final boolean[][] STROKES = {
        {false, false, false, false, true, false, true},
        {true, true, true, false, true, true, false},
        {true, true, true, false, true, false, true}
    };

    @Override
    public int variations() {
        return BLOCKS;
    }

    private static String block(int number) {
        return "block" + (number + 1);
    }

    @Override
    public List<String> instructions(int variation) {
        return List.of("lift the block with the number " + (variation + 1), "raise block " + (variation + 1));
    }

    @Override
    public void objects(Objects objects) {
        for (int i = 0; i < BLOCKS; i++) {
            Objects.Body block = objects.free(block(i));
            block.box(0, 0, 0, HALF, HALF, HALF).mass(0.1).grip().colour(0.9, 0.85, 0.7);
            for (int stroke = 0; stroke < 7; stroke++) {
                if (STROKES[i][stroke]) {
                    stroke(block, stroke);
                }
            }
            objects.graspable(block(i));
        }
    }

    /** Draws one on the top; a digit stands along x, upright as the front camera sees it. */
    private static void stroke(Objects.Body block, int stroke) {
        boolean level = stroke < 3;
        double x = level ? -0.014 * (1 - stroke) : stroke < 5 ? -0.007 : 0.007;
        double y = level ? 0 : stroke % 2 == 1 ? -0.007 : 0.007;
        block.box(x, y, HALF, level ? 0.002 : 0.008, level ? 0.008 : 0.002, 0.0006)
                .mass(1e-4)
                .ghost()
                .colour(0.1, 0.1, 0.1);
    }

    @Override
    public void layout(Layout layout) {
        List<Pose> places = layout.spots(BLOCKS, Region.TABLE, 0.2, HALF + 0.0005);
        for (int i = 0; i < BLOCKS; i++) {
            layout.put(block(i), places.get(i));
        }
    }

    @Override
    public Condition success(int variation) {
        return all(grasped(block(variation)), lifted(block(variation), LIFT));
    }

    @Override
    public void script(Script script) {
        String block = block(script.variation());
        Pose grip = Cubes.above(script.pose(block));
        script.take(block, grip, 0.12).line(grip.moved(0, 0, 0.18), 0.8);
    }
}
