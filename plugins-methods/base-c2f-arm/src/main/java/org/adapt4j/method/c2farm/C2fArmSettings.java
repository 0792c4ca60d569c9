package org.adapt4j.method.c2farm;

import java.util.List;
import java.util.Optional;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.algorithm.ReplayPlan.Draws;
import org.adapt4j.api.algorithm.ReplayPlan.Priorities;
import org.adapt4j.api.settings.Check;

/**
 * All numbers of C2F-ARM; defaults and their sources stand in {@code reference.conf}.
 *
 * @param stepsPerUpdate steps of each slot between two turns of learning
 * @param discount γ
 * @param learningRate of Adam, the same for all depths
 * @param weightDecay L2 penalty, added to the clipped gradient
 * @param gradientClip largest entry of a network's gradient
 * @param targetFraction how far target networks move after each update, τ
 * @param regulariser λ of the mean absolute value of all outputs
 * @param rewardScale what rewards are multiplied by; what is below 0 counts as 0
 * @param targets the interval that targets are kept in
 * @param timeLimit what is expected after an episode that ran out of time
 * @param restoredTarget what becomes of target networks when weights are restored
 * @param exploration what training play does besides the best
 * @param replay what is kept, and how batches are drawn
 * @param scene what is looked at, and from where
 * @param attention how coarse becomes fine
 * @param network the shape of the networks
 */
public record C2fArmSettings(
        int stepsPerUpdate,
        double discount,
        double learningRate,
        double weightDecay,
        double gradientClip,
        double targetFraction,
        double regulariser,
        double rewardScale,
        Targets targets,
        TimeLimit timeLimit,
        RestoredTarget restoredTarget,
        Exploration exploration,
        Replay replay,
        Scene scene,
        Attention attention,
        Network network) {

    /** Checks the ranges. */
    public C2fArmSettings {
        Check.positive("steps-per-update", stepsPerUpdate);
        Check.between("discount", discount, 0, 1);
        Check.positive("learning-rate", learningRate);
        Check.notNegative("weight-decay", weightDecay);
        Check.positive("gradient-clip", gradientClip);
        Check.between("target-fraction", targetFraction, 0, 1);
        Check.notNegative("regulariser", regulariser);
        Check.positive("reward-scale", rewardScale);
    }

    /** The interval of targets. */
    public enum Targets {
        /** [0, 1]: a success is worth 1 and nothing is worth more. */
        UNIT,
        /** At least 0. */
        NOT_NEGATIVE
    }

    /** What is expected after an episode that ran out of time. */
    public enum TimeLimit {
        /** As much as where it stood: the limit is not the task's. */
        GOES_ON,
        /** Nothing: time is an input, and its end is one. */
        ENDS
    }

    /** What becomes of target networks when weights are restored, as where fine-tuning begins. */
    public enum RestoredTarget {
        /** They become copies. */
        COPIED,
        /** They stay what they were at random. */
        KEPT
    }

    /** What training play does besides the best. */
    public enum Exploration {
        /** Nothing: the authors' code always takes the best. */
        NONE,
        /** Moves voxel and rotation by a rounded normal draw each, and draws the gripper one time in five. */
        GAUSSIAN
    }

    /**
     * What is kept, and how batches are drawn; see {@link ReplayPlan}.
     *
     * @param capacity transitions over all tasks
     * @param batch transitions of an update
     * @param tasksPerBatch most tasks of a batch; 0 for all
     * @param start transitions a task must have before anything is drawn from it
     * @param updates made in each turn of learning
     * @param priorityExponent ω
     * @param weightExponent β of the importance weights
     */
    public record Replay(
            int capacity,
            int batch,
            int tasksPerBatch,
            int start,
            int updates,
            double priorityExponent,
            double weightExponent) {

        /** Checks the ranges. */
        public Replay {
            // The plan knows what is possible; its own parts are checked under the same keys.
            new ReplayPlan(capacity, batch, tasksPerBatch, start, false, 1, 1, updates, Optional.empty());
            Check.between("priority-exponent", priorityExponent, 0, 1);
            Check.between("weight-exponent", weightExponent, 0, 1);
        }
    }

    /**
     * What is looked at, and from where. The camera stands still, so it is no part of an observation.
     *
     * @param camera its name: the observation has {@code NAME-rgb} and {@code NAME-depth}
     * @param position of the camera, in metres
     * @param forward where it looks
     * @param up roughly
     * @param fieldOfView from the lower to the upper edge, in degrees
     * @param lowDim names of the vectors that are seen beside the picture
     */
    public record Scene(
            String camera,
            List<Double> position,
            List<Double> forward,
            List<Double> up,
            double fieldOfView,
            List<String> lowDim) {

        /** Checks the ranges. */
        public Scene {
            position = coordinates("position", position);
            forward = coordinates("forward", forward);
            up = coordinates("up", up);
            lowDim = List.copyOf(lowDim);
            Check.that(
                    fieldOfView > 0 && fieldOfView < 180,
                    "field-of-view",
                    "must lie in (0, 180) but is " + fieldOfView);
            Check.that(
                    isDirected(forward, up),
                    "up",
                    "must be a direction across forward but is " + up + " to " + forward);
        }

        private static boolean isDirected(List<Double> forward, List<Double> up) {
            double across = 0;
            for (int i = 0; i < 3; i++) {
                double area =
                        forward.get((i + 1) % 3) * up.get((i + 2) % 3) - forward.get((i + 2) % 3) * up.get((i + 1) % 3);
                across += area * area;
            }
            return across > 1e-12;
        }

        Camera camera(int height, int width) {
            return new Camera(numbers(position), numbers(forward), numbers(up), fieldOfView, height, width);
        }
    }

    /** Where labels of a finer depth have their middle. */
    public enum Anchor {
        /** In the middle of the coarser depth's cell, where acting has it too. */
        CENTRE,
        /** In its lowest corner, as in the authors' demonstrations. */
        CORNER
    }

    /** What a finer depth's window on the image is centred on while learning. */
    public enum Window {
        /** The middle of its box, as while acting. */
        BOX,
        /** Where the action led, as in the authors' code. */
        ACTION
    }

    /** Which box a finer depth looks at in what comes next, for targets. */
    public enum NextBox {
        /** The one that the online network finds best there now. */
        GREEDY,
        /** That of what was done there, as in the authors' code; the best where nothing was. */
        STORED
    }

    /** How the gripper is chosen. */
    public enum Gripper {
        /** The last depth has a volume for each state of the gripper (the code of Mandi et al. 2022). */
        VOLUMES,
        /** By two more outputs beside those of the rotation (James et al. 2022). */
        LOGITS
    }

    /**
     * How coarse becomes fine.
     *
     * @param lowest corner of the workspace, in metres
     * @param highest corner of the workspace
     * @param voxels cells along each axis: 8, 16 or 32
     * @param boxes half the side of the box of each depth but the first, in metres; one more than these are the depths
     * @param crop sides of the window on the image of all depths but the first, in pixels
     * @param stretchedCrop whether windows are sampled as in the authors' code, which is off by one above pixel 64
     * @param window what a window is centred on while learning
     * @param anchor where labels of a finer depth have their middle
     * @param shift how far boxes are moved at random while learning, in parts of {@code boxes}
     * @param nextBox which boxes targets look at
     * @param gripper how the gripper is chosen
     */
    public record Attention(
            List<Double> lowest,
            List<Double> highest,
            int voxels,
            List<Double> boxes,
            int crop,
            boolean stretchedCrop,
            Window window,
            Anchor anchor,
            double shift,
            NextBox nextBox,
            Gripper gripper) {

        /** Checks the ranges. */
        public Attention {
            lowest = coordinates("lowest", lowest);
            highest = coordinates("highest", highest);
            boxes = List.copyOf(boxes);
            for (int axis = 0; axis < 3; axis++) {
                Check.that(
                        lowest.get(axis) < highest.get(axis),
                        "highest",
                        "must lie above lowest on every axis, but the workspace from " + lowest + " to " + highest
                                + " holds no point");
            }
            Check.that(
                    voxels == 8 || voxels == 16 || voxels == 32,
                    "voxels",
                    "must be 8, 16 or 32, which the network halves down to 4, but is " + voxels);
            Check.that(
                    boxes.stream().allMatch(half -> half > 0 && half < 100),
                    "boxes",
                    "needs half sides in metres, each above 0, but is " + boxes);
            Check.positive("crop", crop);
            Check.between("shift", shift, 0, 1);
        }

        int depths() {
            return boxes.size() + 1;
        }

        boolean isLast(int depth) {
            return depth == boxes.size();
        }

        /** Volumes of values of a depth. */
        int volumes(int depth) {
            return isLast(depth) && gripper == Gripper.VOLUMES ? 2 : 1;
        }

        /** Outputs of a depth beside its volumes. */
        int dense(int depth) {
            return !isLast(depth) ? 0 : 3 * RotationBins.BINS + (gripper == Gripper.LOGITS ? 2 : 0);
        }
    }

    /**
     * The shape of the networks.
     *
     * @param kernels channels at the finest resolution
     * @param inner channels within a block of branches
     */
    public record Network(int kernels, int inner) {

        /** Checks the ranges. */
        public Network {
            Check.that(
                    kernels >= 4 && kernels % 4 == 0,
                    "kernels",
                    "must be a multiple of 4, at least 4, but is " + kernels);
            Check.positive("inner", inner);
        }
    }

    private static List<Double> coordinates(String key, List<Double> list) {
        Check.that(
                list.size() == 3 && list.stream().allMatch(Double::isFinite),
                key,
                "needs three finite numbers, x, y and z, but is " + list);
        return List.copyOf(list);
    }

    static double[] numbers(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** What the runtime's replay must do. */
    ReplayPlan plan() {
        return new ReplayPlan(
                replay.capacity(),
                replay.batch(),
                replay.tasksPerBatch(),
                replay.start(),
                false,
                1,
                discount,
                replay.updates(),
                Optional.of(new Priorities(
                        replay.priorityExponent(),
                        replay.weightExponent(),
                        replay.weightExponent(),
                        Draws.INDEPENDENT)),
                timeLimit == TimeLimit.ENDS);
    }
}
