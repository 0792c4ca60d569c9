package org.adapt4j.env.imujoco;

import java.nio.DoubleBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The bodies there are, with what Gym's environments fix for each and which parts may be varied how
 * (section 1.5).
 */
public enum Body {
    /** One leg, 11 observations, 3 motors. */
    HOPPER(
            4,
            0.001,
            true,
            0.005,
            0.7,
            Double.POSITIVE_INFINITY,
            0.2,
            100,
            10,
            3800,
            -20.272305,
            3234.3,
            List.of("rootx", "rootz", "rooty", "thigh_joint", "leg_joint", "foot_joint"),
            Map.of("torso_geom", new double[] {0, 0, -0.2}, "foot_geom", new double[] {-0.13, 0, 0.1})),
    /** Two legs and a head, 17 observations, 6 motors; cannot fall. */
    HALFCHEETAH(
            5,
            0.1,
            false,
            0.1,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            4800,
            -280.178953,
            12135.0,
            List.of("rootx", "rootz", "rooty", "bthigh", "bshin", "bfoot", "fthigh", "fshin", "ffoot"),
            Map.of("head", new double[] {0.5, 0, 0}, "bfoot", new double[3], "ffoot", new double[3])),
    /** Two legs, 17 observations, 6 motors. */
    WALKER2D(
            4,
            0.001,
            true,
            0.005,
            0.8,
            2.0,
            1.0,
            Double.POSITIVE_INFINITY,
            10,
            4592.3,
            1.629008,
            4592.3,
            List.of(
                    "rootx",
                    "rootz",
                    "rooty",
                    "thigh_joint",
                    "leg_joint",
                    "foot_joint",
                    "thigh_left_joint",
                    "leg_left_joint",
                    "foot_left_joint"),
            Map.of(
                    "torso_geom",
                    new double[] {0, 0, -0.2},
                    "foot_geom",
                    new double[] {-0.2, 0, 0.1},
                    "foot_left_geom",
                    new double[] {-0.2, 0, 0.1}));

    /** Joints that nothing drives: where the body is, and how it is turned. */
    static final int ROOT_JOINTS = 3;

    final int frameSkip;
    final double controlCost;
    final boolean canFall;
    final double resetNoise;
    final double lowestZ;
    final double highestZ;
    final double widestAngle;
    final double widestState;

    /** Velocities are cut off here in observations. */
    final double fastest;

    /** Return at which a task counts as solved: Gym's registered threshold; Walker2d has none, so D4RL's expert. */
    final double solvedAt;

    /** Mean return of a random policy and of an expert (reference values of D4RL, {@code d4rl/infos.py}). */
    final double randomReturn;

    final double expertReturn;

    private final List<String> joints;

    /** Geoms whose length may change, each with the point in its body's frame that stays where it is. */
    private final Map<String, double[]> anchors;

    Body(
            int frameSkip,
            double controlCost,
            boolean canFall,
            double resetNoise,
            double lowestZ,
            double highestZ,
            double widestAngle,
            double widestState,
            double fastest,
            double solvedAt,
            double randomReturn,
            double expertReturn,
            List<String> joints,
            Map<String, double[]> anchors) {
        this.frameSkip = frameSkip;
        this.controlCost = controlCost;
        this.canFall = canFall;
        this.resetNoise = resetNoise;
        this.lowestZ = lowestZ;
        this.highestZ = highestZ;
        this.widestAngle = widestAngle;
        this.widestState = widestState;
        this.fastest = fastest;
        this.solvedAt = solvedAt;
        this.randomReturn = randomReturn;
        this.expertReturn = expertReturn;
        this.joints = joints;
        this.anchors = anchors;
    }

    /** The paper's word for the body. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Names of all joints, in the order of positions. */
    List<String> joints() {
        return joints;
    }

    /** Names of the joints that motors drive, in the order of actions. */
    List<String> drivenJoints() {
        return joints.subList(ROOT_JOINTS, joints.size());
    }

    int actions() {
        return joints.size() - ROOT_JOINTS;
    }

    /** All positions but the place along the track, and all velocities. */
    int observations() {
        return 2 * joints.size() - 1;
    }

    /** Geoms whose length may change, each with the point in its body's frame that stays where it is. */
    Map<String, double[]> anchors() {
        return anchors;
    }

    /** Whether a body stands, by Gym's rules. A body that cannot fall always does. */
    boolean isHealthy(DoubleBuffer qpos, DoubleBuffer qvel) {
        if (!canFall) {
            return true;
        }
        double z = qpos.get(1);
        double angle = qpos.get(2);
        boolean healthy = z > lowestZ && z < highestZ && angle > -widestAngle && angle < widestAngle;
        for (int i = 2; healthy && i < qpos.limit(); i++) {
            healthy = Math.abs(qpos.get(i)) < widestState;
        }
        for (int i = 0; healthy && i < qvel.limit(); i++) {
            healthy = Math.abs(qvel.get(i)) < widestState;
        }
        return healthy;
    }
}
