package org.adapt4j.method.c2farm;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Turns coloured points into a volume of ten channels: mean x, y, z and mean red, green, blue of the points of each cell, the indices of
 * the cell in parts of V, which are told of empty cells too, and whether there is a point (James et al. 2022, C2F-ARM, section 4.1, and its
 * authors' code). Allocates nothing. One thread at a time.
 */
final class Voxeliser {

    /** Channels of a voxel. */
    static final int CHANNELS = 10;

    private static final int MEANS = 6;

    private final int voxels;
    private final float[] volume;
    private final int[] counts;
    private boolean empty;

    /** One for volumes of so many cells along each axis. */
    Voxeliser(int voxels) {
        this.voxels = voxels;
        int cells = voxels * voxels * voxels;
        counts = new int[cells];
        volume = new float[CHANNELS * cells];
        for (int cell = 0; cell < cells; cell++) {
            volume[MEANS * cells + cell] = (float) (cell / voxels / voxels) / voxels;
            volume[(MEANS + 1) * cells + cell] = (float) (cell / voxels % voxels) / voxels;
            volume[(MEANS + 2) * cells + cell] = (float) (cell % voxels) / voxels;
        }
    }

    /** Numbers of a volume. */
    int size() {
        return volume.length;
    }

    /** Whether the last volume held no point. */
    boolean isEmpty() {
        return empty;
    }

    /**
     * Fills a volume. Points outside of the grid are left out; those on its lower borders are inside.
     *
     * @param points metres, {@code [height, width, 3]}
     * @param colours from −1 to 1, {@code [height, width, 3]}
     * @param width of the image
     * @param crop which pixels count
     * @param into where to write {@code [10, V, V, V]}
     * @param at first number
     */
    void fill(float[] points, float[] colours, int width, Crop crop, Grid grid, FloatBuffer into, int at) {
        int cells = counts.length;
        Arrays.fill(counts, 0);
        Arrays.fill(volume, 0, MEANS * cells, 0);
        float lowX = (float) grid.low(0);
        float lowY = (float) grid.low(1);
        float lowZ = (float) grid.low(2);
        float cellX = (float) grid.cell(0);
        float cellY = (float) grid.cell(1);
        float cellZ = (float) grid.cell(2);
        int[] columns = crop.columns();
        for (int row : crop.rows()) {
            for (int column : columns) {
                int from = 3 * (row * width + column);
                float x = (points[from] - lowX) / cellX;
                float y = (points[from + 1] - lowY) / cellY;
                float z = (points[from + 2] - lowZ) / cellZ;
                // Also leaves out what is no number.
                if (x >= 0 && x < voxels && y >= 0 && y < voxels && z >= 0 && z < voxels) {
                    int cell = ((int) x * voxels + (int) y) * voxels + (int) z;
                    counts[cell]++;
                    for (int k = 0; k < 3; k++) {
                        volume[k * cells + cell] += points[from + k];
                        volume[(3 + k) * cells + cell] += colours[from + k];
                    }
                }
            }
        }
        average();
        into.put(at, volume, 0, volume.length);
    }

    private void average() {
        int cells = counts.length;
        int occupied = (CHANNELS - 1) * cells;
        empty = true;
        for (int cell = 0; cell < cells; cell++) {
            int count = counts[cell];
            volume[occupied + cell] = count > 0 ? 1 : 0;
            if (count > 0) {
                empty = false;
                for (int channel = 0; channel < MEANS; channel++) {
                    volume[channel * cells + cell] /= count;
                }
            }
        }
    }
}
