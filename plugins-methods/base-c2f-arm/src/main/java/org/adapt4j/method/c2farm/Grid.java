package org.adapt4j.method.c2farm;

/**
 * A box of space, cut along each axis into as many equal cells. Metres, axes x, y, z; a cell of indices (x, y, z) is number {@code
 * (x · V + y) · V + z} of its volume.
 */
final class Grid {

    /** Keeps quotients finite, as in the authors' code; it also moves points on borders the way they go there. */
    private static final double SMALL = 1e-12;

    private final int voxels;
    private final double[] low = new double[3];
    private final double[] high = new double[3];

    /** A box that {@link #between} or {@link #around} has yet to place. @param voxels V */
    Grid(int voxels) {
        this.voxels = voxels;
    }

    /** Places the box. */
    Grid between(double[] lowest, double[] highest) {
        System.arraycopy(lowest, 0, low, 0, 3);
        System.arraycopy(highest, 0, high, 0, 3);
        return this;
    }

    /** Places a cube. @param centres of many, three numbers each  @param which one of them  @param half of its side */
    Grid around(double[] centres, int which, double half) {
        for (int axis = 0; axis < 3; axis++) {
            low[axis] = centres[3 * which + axis] - half;
            high[axis] = centres[3 * which + axis] + half;
        }
        return this;
    }

    /** Cells along each axis, V. */
    int voxels() {
        return voxels;
    }

    /** Where the box begins. */
    double low(int axis) {
        return low[axis];
    }

    /** Size of a cell. */
    double cell(int axis) {
        return (high[axis] - low[axis]) / voxels;
    }

    /** The cell of a coordinate, from 0 on, below 0 before the box; the last one for all that lies behind it. */
    int index(int axis, double coordinate) {
        double cell = (high[axis] - low[axis]) / (voxels + SMALL);
        return (int) Math.min(voxels - 1, Math.floor((coordinate - low[axis]) / (cell + SMALL)));
    }

    /** Where a cell begins. */
    double corner(int axis, int index) {
        return low[axis] + cell(axis) * index;
    }

    /** The middle of a cell. */
    double centre(int axis, int index) {
        return corner(axis, index) + cell(axis) / 2;
    }

    /** The index along an axis of a cell that is known by its number. */
    int along(int axis, int number) {
        return axis == 0 ? number / voxels / voxels : axis == 1 ? number / voxels % voxels : number % voxels;
    }
}
