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
import org.adapt4j.env.rlbench.scene.Colours;
import org.adapt4j.env.rlbench.scene.Objects;

/** A square ring to be put onto one of three pegs, which the colour tells. */
final class InsertOntoSquarePeg implements Description {
    private static final Region WHERE = new Region(0.2, 0.36, -0.15, 0.15);
    private static final List<String> PEGS = List.of("target_peg", "other_peg0", "other_peg1");
    private static final double HIGH = 0.12;
    private static final double BASE = 0.02;
    private static final double HOLE = 0.02;
    private static final double WALL = 0.012;

    /** Where the fingers take the ring: at a tab beside it. */
    private static final double TAB = HOLE + 2 * WALL + 0.018;

    @Override
    public int variations() {
        return Colours.COUNT;
    }

    @Override
    public List<String> instructions(int variation) {
        String colour = Colours.name(variation);
        return List.of(
                "put the ring onto the " + colour + " peg", "slide the square ring over the " + colour + " post");
    }

    @Override
    public void objects(Objects objects) {
        objects.fixed("base").box(0, 0, BASE / 2, 0.05, 0.2, BASE / 2).colour(0.5, 0.4, 0.3);
        for (String peg : PEGS) {
            objects.fixed(peg).box(0, 0, HIGH / 2, 0.0125, 0.0125, HIGH / 2);
        }
        Objects.Body ring = objects.free("ring");
        double middle = HOLE + WALL;
        double longest = HOLE + 2 * WALL;
        ring.box(middle, 0, 0, WALL, longest, 0.01).mass(0.02).colour(0.7, 0.65, 0.3);
        ring.box(-middle, 0, 0, WALL, longest, 0.01).mass(0.02).colour(0.7, 0.65, 0.3);
        ring.box(0, middle, 0, HOLE, WALL, 0.01).mass(0.02).colour(0.7, 0.65, 0.3);
        ring.box(0, -middle, 0, HOLE, WALL, 0.01).mass(0.02).colour(0.7, 0.65, 0.3);
        ring.box(TAB, 0, 0.008, 0.02, 0.012, 0.018).mass(0.02).grip().colour(0.8, 0.75, 0.4);
        objects.graspable("ring");
    }

    @Override
    public void layout(Layout layout) {
        Pose base = layout.spot(WHERE, 0);
        layout.put("base", base);
        int[] order = layout.shuffled(PEGS.size());
        List<Integer> others = layout.otherColours(2, layout.variation());
        for (int i = 0; i < PEGS.size(); i++) {
            layout.put(PEGS.get(i), base.ahead(0, 0.14 * (order[i] - 1), BASE));
            layout.paint(PEGS.get(i), i == 0 ? layout.variation() : others.get(i - 1));
        }
        Pose beside = base.ahead(-0.17, layout.between(-0.1, 0.1), 0.0105);
        layout.put("ring", beside.times(Pose.at(0, 0, 0, layout.anyYaw())));
    }

    @Override
    public Condition success(int variation) {
        return in("ring", Volume.box("target_peg", 0, 0, 0.05, 0.015, 0.015, 0.05));
    }

    @Override
    public void script(Script script) {
        Pose ring = script.pose("ring");
        double[] tab = ring.apply(TAB, 0, 0.012);
        Pose grip = Pose.topDown(tab[0], tab[1], tab[2], ring.yaw());
        Pose peg = script.pose("target_peg");
        double turn = Pose.fold(ring.yaw() - peg.yaw(), Math.PI / 2);
        Pose wanted = Pose.at(peg.x(), peg.y(), peg.z(), ring.yaw() - turn);
        Pose hand = wanted.times(ring.inverse().times(grip));
        Pose[] ways = new Pose[4];
        for (int i = 0; i < ways.length; i++) {
            double quarter = Math.PI / 2 * (i < 3 ? i - 1 : 2);
            ways[i == 1 ? 0 : i == 0 ? 1 : i] =
                    hand.turned(peg.position(), new double[] {0, 0, 1}, quarter).moved(0, 0, HIGH + 0.05);
        }
        script.take("ring", grip, 0.1).line(grip.moved(0, 0, 0.2), 0.8).free(ways);
        script.line(() -> script.world().tip().moved(0, 0, -0.1), 0.3).open().pause(0.3);
    }
}
