package org.adapt4j.method.c2farm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.adapt4j.method.c2farm.C2fArmSettings.Attention;
import org.adapt4j.toolkit.network.HostArrays;

/** Makes the input of a depth: volumes of what is seen within a box, written straight into the engine's memory. */
final class Volumes {

    private final SceneReader reader;
    private final Attention attention;
    private final Voxeliser voxeliser;
    private final double[] lowest;
    private final double[] highest;
    private final Grid grid;
    private final Crop whole;
    private final Crop window;
    private int empty;

    Volumes(SceneReader reader, Attention attention) {
        this.reader = reader;
        this.attention = attention;
        voxeliser = new Voxeliser(attention.voxels());
        lowest = C2fArmSettings.numbers(attention.lowest());
        highest = C2fArmSettings.numbers(attention.highest());
        grid = new Grid(attention.voxels());
        int height = reader.camera().height();
        int width = reader.camera().width();
        whole = new Crop(height, width, Math.max(height, width), false);
        window = new Crop(height, width, attention.crop(), attention.stretchedCrop());
    }

    /** What the window of a finer depth is centred on. */
    @FunctionalInterface
    interface Centre {

        /** Writes row and column of the pixel for the i-th volume. */
        void of(int i, int[] pixel);
    }

    /**
     * Volumes of some rows.
     *
     * @param columns in the order of {@link SceneReader#components}
     * @param rows which of them, the first {@code count}
     * @param middles of the boxes of a finer depth, three numbers each
     * @param centre of the windows of a finer depth
     * @return {@code [count, 10, V, V, V]}
     */
    NDArray of(
            NDManager manager,
            ByteBuffer[] columns,
            int[] rows,
            int count,
            int depth,
            double[] middles,
            Centre centre) {
        int side = attention.voxels();
        NDArray volumes = manager.create(new Shape(count, Voxeliser.CHANNELS, side, side, side), DataType.FLOAT32);
        ByteBuffer memory = HostArrays.memory(volumes);
        FloatBuffer numbers = memory.asFloatBuffer();
        int[] pixel = new int[2];
        for (int i = 0; i < count; i++) {
            reader.read(columns, rows[i]);
            Crop crop = whole;
            if (depth > 0) {
                centre.of(i, pixel);
                window.centre(
                        pixel[0],
                        pixel[1],
                        reader.camera().height(),
                        reader.camera().width());
                crop = window;
            }
            voxeliser.fill(
                    reader.points(),
                    reader.colours(),
                    reader.camera().width(),
                    crop,
                    box(depth, middles, i),
                    numbers,
                    i * voxeliser.size());
            empty += voxeliser.isEmpty() ? 1 : 0;
        }
        HostArrays.written(memory, volumes);
        return volumes;
    }

    /** The box of a depth; of one object, moved by the next call. */
    Grid box(int depth, double[] middles, int i) {
        return depth == 0
                ? grid.between(lowest, highest)
                : grid.around(middles, i, attention.boxes().get(depth - 1));
    }

    /** Moves the middle of a box to that of one of its cells: what the next depth looks at. @param voxel number of the cell */
    void refine(int depth, double[] middles, int i, int voxel) {
        Grid box = box(depth, middles, i);
        for (int axis = 0; axis < 3; axis++) {
            middles[3 * i + axis] = box.centre(axis, box.along(axis, voxel));
        }
    }

    /** Vectors of some rows, {@code [count, lowDim]}. */
    NDArray vectors(NDManager manager, ByteBuffer[] columns, int[] rows, int count) {
        float[] vectors = new float[count * reader.lowDim()];
        for (int i = 0; i < count; i++) {
            reader.vector(columns, rows[i], vectors, i * reader.lowDim());
        }
        return HostArrays.tensor(manager, vectors, count, reader.lowDim());
    }

    /** How many volumes had no point since the last call. */
    int takeEmpty() {
        int counted = empty;
        empty = 0;
        return counted;
    }
}
