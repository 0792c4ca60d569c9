package org.adapt4j.method.c2farm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.method.c2farm.C2fArmSettings.Exploration;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.policy.ContextVectors;

/**
 * Looks coarse to fine (James et al. 2022, C2F-ARM, Algorithm 1): at each depth the best voxel is the middle of the box that the next one
 * looks at; the last depth chooses the rotation and the gripper too.
 */
final class C2fArmPolicy implements Policy {

    private static final double RANDOM_GRIPPER = 0.2;

    private final C2fArmAlgorithm algorithm;
    private final Exploration exploration;
    private final RandomGenerator random;

    C2fArmPolicy(C2fArmAlgorithm algorithm, Exploration exploration, RandomGenerator random) {
        this.algorithm = algorithm;
        this.exploration = exploration;
        this.random = random;
    }

    @Override
    public PolicyState newState(int slots) {
        int width = algorithm.contextWidth();
        return width == 0 ? PolicyState.none(slots) : new ContextVectors(slots, width);
    }

    @Override
    public void act(StepBuffers seen, PolicyState state, ActionBuffers actions) {
        int slots = seen.slots();
        double[] places = new double[3 * slots];
        int[] voxels = new int[slots];
        int[] turns = new int[4 * slots];
        for (Depth depth : algorithm.depths()) {
            choose(depth, seen, state, places, voxels, turns);
            for (int slot = 0; slot < slots; slot++) {
                if (exploration == Exploration.GAUSSIAN) {
                    voxels[slot] = nearby(voxels[slot], depth, places, slot);
                }
                algorithm.volumes().refine(depth.index(), places, slot, voxels[slot]);
            }
        }
        float[] pose = new float[8];
        for (int slot = 0; slot < slots; slot++) {
            if (exploration == Exploration.GAUSSIAN) {
                turn(turns, slot);
            }
            for (int axis = 0; axis < 3; axis++) {
                pose[axis] = (float) places[3 * slot + axis];
            }
            RotationBins.quaternion(turns, 4 * slot, pose, 3);
            pose[7] = turns[4 * slot + 3];
            actions.continuous().put(8 * slot, pose);
        }
    }

    /** The best choices of a depth. @param places middles of the boxes that it looks at */
    private void choose(Depth depth, StepBuffers seen, PolicyState state, double[] places, int[] voxels, int[] turns) {
        int slots = seen.slots();
        int[] components = algorithm.reader().components();
        ByteBuffer[] columns = new ByteBuffer[components.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = seen.observation(components[c]);
        }
        int[] rows = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            rows[slot] = slot;
        }
        try (NDManager step = algorithm.life().newSubManager()) {
            NDArray grid = algorithm
                    .volumes()
                    .of(
                            step,
                            columns,
                            rows,
                            slots,
                            depth.index(),
                            places,
                            (slot, pixel) -> algorithm.reader().camera().pixel(places, slot, pixel));
            NDArray vectors = algorithm.volumes().vectors(step, columns, rows, slots);
            NDArray told = depth.index() == 0 && state instanceof ContextVectors conditioned
                    ? HostArrays.tensor(step, conditioned.vectors(), slots, algorithm.contextWidth())
                    : null;
            Depth.Values values = depth.values(step, depth.online().constants(), grid, vectors, told);
            for (int slot = 0; slot < slots; slot++) {
                depth.heads().best(values.volumes(), values.dense(), slot, voxels, turns);
            }
        }
    }

    private int nearby(int voxel, Depth depth, double[] places, int slot) {
        Grid box = algorithm.volumes().box(depth.index(), places, slot);
        int number = 0;
        for (int axis = 0; axis < 3; axis++) {
            int moved = box.along(axis, voxel) + (int) Math.rint(random.nextGaussian());
            number = number * box.voxels() + Math.max(0, Math.min(box.voxels() - 1, moved));
        }
        return number;
    }

    private void turn(int[] turns, int slot) {
        for (int axis = 0; axis < 3; axis++) {
            int moved = turns[4 * slot + axis] + (int) Math.rint(random.nextGaussian());
            turns[4 * slot + axis] = Math.max(0, Math.min(RotationBins.BINS - 1, moved));
        }
        if (random.nextDouble() < RANDOM_GRIPPER) {
            turns[4 * slot + 3] = random.nextInt(2);
        }
    }
}
