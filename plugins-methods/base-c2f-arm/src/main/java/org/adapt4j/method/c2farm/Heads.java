package org.adapt4j.method.c2farm;

import org.adapt4j.method.c2farm.C2fArmSettings.Attention;
import org.adapt4j.method.c2farm.C2fArmSettings.Gripper;
import org.adapt4j.toolkit.distribution.Categorical;

/**
 * What the outputs of a depth mean: which cell, and at the last depth which rotation and which gripper, each a choice of its own with
 * values of its own. Where both states of the gripper have a volume, that volume's value is the gripper's too.
 */
final class Heads {

    private final int volumes;
    private final int cells;
    private final int dense;
    private final boolean logits;

    /** Those of a depth. */
    Heads(Attention attention, int depth) {
        this(attention, depth, attention.voxels());
    }

    /** The same with other sides. */
    Heads(Attention attention, int depth, int voxels) {
        volumes = attention.volumes(depth);
        cells = voxels * voxels * voxels;
        dense = attention.dense(depth);
        logits = dense > 0 && attention.gripper() == Gripper.LOGITS;
    }

    /** Numbers of all volumes of a row. */
    int cells() {
        return volumes * cells;
    }

    /** Numbers beside the volumes of a row. */
    int dense() {
        return dense;
    }

    /** Choices that have values beside the cell: three rotations, and the gripper where it is none of the volumes. */
    int beside() {
        return dense == 0 ? 0 : logits ? 4 : 3;
    }

    /** All choices that have values. */
    int count() {
        return 1 + beside();
    }

    /**
     * The best choice of each head, of equal ones the first.
     *
     * @param volume values of all rows, {@code [rows, volumes, V, V, V]}
     * @param turns values beside them, {@code [rows, dense]}
     * @param voxel where to write the number of the cell
     * @param chosen where to write bins about x, y, z and the gripper, if this is the last depth
     */
    void best(float[] volume, float[] turns, int row, int[] voxel, int[] chosen) {
        int start = row * volumes * cells;
        int best = 0;
        int open = 0;
        float highest = Float.NEGATIVE_INFINITY;
        float highestOpen = Float.NEGATIVE_INFINITY;
        for (int cell = 0; cell < cells; cell++) {
            float value = volume[start + cell];
            for (int other = 1; other < volumes; other++) {
                value = Math.max(value, volume[start + other * cells + cell]);
            }
            if (value > highest) {
                highest = value;
                best = cell;
            }
        }
        for (int other = 0; other < volumes; other++) {
            int at = start + other * cells;
            float value = volume[at + Categorical.mode(volume, at, cells)];
            if (value > highestOpen) {
                highestOpen = value;
                open = other;
            }
        }
        voxel[row] = best;
        if (dense > 0) {
            for (int axis = 0; axis < 3; axis++) {
                chosen[4 * row + axis] =
                        Categorical.mode(turns, row * dense + axis * RotationBins.BINS, RotationBins.BINS);
            }
            chosen[4 * row + 3] = logits ? Categorical.mode(turns, row * dense + 3 * RotationBins.BINS, 2) : open;
        }
    }

    /** Mean over the heads of the values of a choice; see {@link #best} for the parameters. */
    float value(float[] volume, float[] turns, int row, int[] voxel, int[] chosen) {
        int gripper = volumes == 2 ? chosen[4 * row + 3] : 0;
        // The volumes of both states are one head: the cell's value in the volume of the chosen state.
        double sum = volume[(row * volumes + gripper) * cells + voxel[row]];
        for (int part = 0; part < beside(); part++) {
            sum += turns[row * dense + part * RotationBins.BINS + chosen[4 * row + part]];
        }
        return (float) (sum / count());
    }
}
