package org.adapt4j.env.rlbench.task;

import java.util.List;
import org.adapt4j.env.arm.Pose;
import org.adapt4j.env.rlbench.describe.Region;
import org.adapt4j.env.rlbench.scene.Objects;

/** The grill that some tasks have, with a piece of chicken and a steak. */
final class Grills {
    static final List<String> MEATS = List.of("chicken", "steak");

    /** Height of the grate above the table. */
    static final double GRATE = 0.09;

    static final Region WHERE = new Region(0.18, 0.36, -0.16, 0.16);

    private Grills() {}

    static void add(Objects objects) {
        Objects.Body grill = objects.fixed("grill");
        grill.box(0, 0, GRATE / 2, 0.08, 0.11, GRATE / 2).colour(0.2, 0.2, 0.22);
        for (int i = -4; i <= 4; i++) {
            grill.capsule(-0.07, 0.024 * i, GRATE, 0.07, 0.024 * i, GRATE, 0.003)
                    .ghost()
                    .colour(0.5, 0.5, 0.52);
        }
        Objects.Body chicken = objects.free("chicken");
        chicken.box(0, 0, 0, 0.03, 0.018, 0.014).mass(0.05).grip().colour(0.85, 0.6, 0.3);
        chicken.ellipsoid(0, 0, 0, 0.034, 0.021, 0.016).mass(0.01).ghost().colour(0.9, 0.65, 0.35);
        chicken.capsule(0.03, 0, 0, 0.055, 0, 0, 0.006).mass(0.005).ghost().colour(0.95, 0.9, 0.8);
        Objects.Body steak = objects.free("steak");
        steak.box(0, 0, 0, 0.036, 0.024, 0.012).mass(0.06).grip().colour(0.55, 0.15, 0.12);
        steak.box(0, 0, 0, 0.037, 0.025, 0.004).mass(0.005).ghost().colour(0.9, 0.8, 0.7);
        MEATS.forEach(objects::graspable);
    }

    /** How the hand takes a piece: across its narrow side. */
    static Pose grip(Pose meat) {
        return Pose.topDown(meat.x(), meat.y(), meat.z(), meat.yaw());
    }

    /** Where the pieces lie on the grate. */
    static Pose onGrate(Pose grill, int which) {
        return grill.ahead(0, which == 0 ? -0.05 : 0.05, GRATE + 0.0145);
    }
}
