package org.adapt4j.method.c2farm;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.method.c2farm.C2fArmSettings.Anchor;
import org.adapt4j.method.c2farm.C2fArmSettings.Attention;
import org.adapt4j.method.c2farm.C2fArmSettings.Window;

/**
 * What actions are in the words of the network: for each depth the box it looks at and the cell within it, then bins of the rotation and the
 * gripper. All of it follows from the pose, so a replay keeps nothing else. Boxes are moved at random, so that a finer depth does not find
 * its place in the middle each time (James et al. 2022, C2F-ARM, section 4.4).
 */
final class Labels {

    /** Numbers of an action. */
    static final int POSE = 8;

    private final Attention attention;
    private final Camera camera;
    private final double[] lowest;
    private final double[] highest;
    private final Grid[] grids;
    private final double[] places;
    private final double[][] middles;
    private final int[][] cells;
    private final int[] turns;
    private int outside;

    /** Labels of at most so many actions. */
    Labels(Attention attention, Camera camera, int most) {
        this.attention = attention;
        this.camera = camera;
        int depths = attention.depths();
        lowest = C2fArmSettings.numbers(attention.lowest());
        highest = C2fArmSettings.numbers(attention.highest());
        grids = new Grid[depths];
        middles = new double[depths][3 * most];
        cells = new int[depths][3 * most];
        for (int depth = 0; depth < depths; depth++) {
            grids[depth] = new Grid(attention.voxels());
        }
        places = new double[3 * most];
        turns = new int[4 * most];
    }

    /**
     * Finds them.
     *
     * @param actions poses x, y, z, quaternion x, y, z, w, and the gripper: open above a half
     * @param random moves boxes; asked three times per finer depth of each action
     */
    void read(FloatBuffer actions, int count, RandomGenerator random) {
        double[] quaternion = new double[4];
        outside = 0;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < POSE; k++) {
                double number = actions.get(POSE * i + k);
                if (!Double.isFinite(number)) {
                    throw new NotFiniteException("action", number);
                }
                if (k < 3) {
                    places[3 * i + k] = number;
                } else if (k < 7) {
                    quaternion[k - 3] = number;
                } else {
                    turns[4 * i + 3] = number > 0.5 ? 1 : 0;
                }
            }
            RotationBins.of(quaternion, 0, turns, 4 * i);
            place(i, random);
        }
    }

    private void place(int i, RandomGenerator random) {
        boolean within = true;
        for (int depth = 0; depth < grids.length; depth++) {
            Grid grid = grid(depth, middles[depth], i);
            for (int axis = 0; axis < 3; axis++) {
                int index = grid.index(axis, places[3 * i + axis]);
                within &= index >= 0 && places[3 * i + axis] < grid.corner(axis, grid.voxels());
                int cell = Math.max(0, index);
                cells[depth][3 * i + axis] = cell;
                if (!attention.isLast(depth)) {
                    double reach = attention.shift() * attention.boxes().get(depth);
                    middles[depth + 1][3 * i + axis] =
                            (attention.anchor() == Anchor.CENTRE ? grid.centre(axis, cell) : grid.corner(axis, cell))
                                    + (2 * random.nextDouble() - 1) * reach;
                }
            }
        }
        outside += within ? 0 : 1;
    }

    private Grid grid(int depth, double[] around, int i) {
        return depth == 0
                ? grids[0].between(lowest, highest)
                : grids[depth].around(around, i, attention.boxes().get(depth - 1));
    }

    /** How many actions lie outside of a box that they should be in, and are labelled with a cell on its border. */
    int outside() {
        return outside;
    }

    /** Middles of the boxes of a depth, three numbers each; of no meaning for the first one, whose box is the workspace. */
    double[] middles(int depth) {
        return middles[depth];
    }

    /** The pixel that the window of a finer depth is centred on. */
    void pixel(int depth, int i, int[] pixel) {
        camera.pixel(attention.window() == Window.ACTION ? places : middles[depth], i, pixel);
    }

    /** Cell of an action at a depth along an axis. */
    int cell(int depth, int i, int axis) {
        return cells[depth][3 * i + axis];
    }

    /** Bins about x, y and z, then the gripper, 1 for open. */
    int turn(int i, int part) {
        return turns[4 * i + part];
    }

    /** The output of a depth's volumes that an action stands for, {@code gripper · V³ + cell}. */
    long voxel(int depth, int i) {
        int voxels = attention.voxels();
        long cell = ((long) cell(depth, i, 0) * voxels + cell(depth, i, 1)) * voxels + cell(depth, i, 2);
        return attention.volumes(depth) == 2 ? turn(i, 3) * (long) voxels * voxels * voxels + cell : cell;
    }
}
