package org.adapt4j.method.c2farm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.method.c2farm.C2fArmSettings.Attention;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.training.Adam;
import org.jspecify.annotations.Nullable;

/**
 * What one depth has of its own: a network, weights that act, weights that tell what is expected, an optimiser.
 *
 * @param index 0 for the coarsest
 * @param heads what its outputs mean
 * @param network its network
 * @param online weights that act and learn
 * @param target weights that follow them
 * @param adam optimiser of the online weights
 */
record Depth(int index, Heads heads, QAttentionNetwork network, WeightVector online, WeightVector target, Adam adam) {

    /** Name of the group of parameters. */
    static String group(int depth) {
        return "depth-" + depth;
    }

    /** The network of a depth. @param contextWidth numbers of a context, which the coarsest depth alone is told; 0 without one */
    static QAttentionNetwork network(Layout layout, C2fArmSettings settings, int depth, int lowDim, int contextWidth) {
        Attention attention = settings.attention();
        return new QAttentionNetwork(
                layout,
                group(depth),
                settings.network(),
                attention.voxels(),
                lowDim,
                depth == 0 ? contextWidth : 0,
                attention.volumes(depth),
                attention.dense(depth));
    }

    /** Values of volumes, and those beside them, on the host. */
    record Values(float[] volumes, float[] dense) {}

    /** Runs the network without a gradient. Parameters as those of the network. */
    Values values(NDManager manager, Weights weights, NDArray grid, NDArray seen, @Nullable NDArray told) {
        try (NDManager pass = manager.newSubManager()) {
            grid.attach(pass);
            seen.attach(pass);
            if (told != null) {
                told.attach(pass);
            }
            QAttentionNetwork.Output output = network.applyWithoutGradient(weights, grid, seen, told);
            NDArray dense = output.dense();
            return new Values(output.volumes().toFloatArray(), dense == null ? new float[0] : dense.toFloatArray());
        }
    }

    /** Means over the heads of the values of choices. @param voxels cells  @param turns bins and gripper, at the last depth */
    float[] valuesOf(
            NDManager manager,
            Weights weights,
            NDArray grid,
            NDArray seen,
            @Nullable NDArray told,
            int[] voxels,
            int[] turns) {
        if (heads.beside() == 0) {
            try (NDArray values = network.valueOf(weights, grid, seen, told, voxels)) {
                return values.toFloatArray();
            }
        }
        float[] means = new float[(int) grid.getShape().get(0)];
        Values all = values(manager, weights, grid, seen, told);
        for (int i = 0; i < means.length; i++) {
            means[i] = heads.value(all.volumes(), all.dense(), i, voxels, turns);
        }
        return means;
    }
}
