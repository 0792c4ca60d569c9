package org.adapt4j.method.c2farm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;
import org.adapt4j.toolkit.network.VolumeLayers;
import org.jspecify.annotations.Nullable;

/**
 * The Q-attention network of one depth (James et al. 2022, C2F-ARM, section 4.2 and appendix): blocks of branches down to 4³ and up
 * again with short cuts, a value for each voxel, and at the last depth values of rotations from where features are and how strong.
 */
final class QAttentionNetwork {

    private static final double SLOPE = 0.02;
    private static final double TEMPERATURE = 0.01;
    private static final int COARSEST = 4;
    private static final int HIDDEN = 128;
    private static final Initialisation RECTIFIED = Initialisation.leakyHe(SLOPE);
    private static final Initialisation LINEAR = Initialisation.glorot();
    private static final Layer RECTIFY = VolumeLayers.leakyRelu(SLOPE);
    private static final Layer HALVE = VolumeLayers.halve();
    private static final Layer HALVE_WITHOUT_GRADIENT = VolumeLayers.halveWithoutGradient();

    private final int voxels;
    private final Inception input;
    private final Layer vector;
    private final @Nullable Layer context;
    private final List<Inception> down = new ArrayList<>();
    private final List<Inception> upFirst = new ArrayList<>();
    private final List<Inception> upSecond = new ArrayList<>();
    private final VolumeLayers.Convolution features;
    private final VolumeLayers.Convolution values;
    private final List<Layer> dense = new ArrayList<>();

    /**
     * Draws it up.
     *
     * @param group that its tensors belong to
     * @param shape kernels and inner channels
     * @param voxels V: 8, 16 or 32
     * @param lowDim numbers of the vector that is seen
     * @param contextWidth numbers of a context; 0 without one
     * @param volumes values of each voxel
     * @param outputs beside them; 0 for none
     */
    QAttentionNetwork(
            WeightPlan plan,
            String group,
            C2fArmSettings.Network shape,
            int voxels,
            int lowDim,
            int contextWidth,
            int volumes,
            int outputs) {
        this.voxels = voxels;
        int k = shape.kernels();
        int levels = Integer.numberOfTrailingZeros(voxels / COARSEST);
        input = new Inception(plan, group + "/input", Voxeliser.CHANNELS, k, shape.inner());
        vector = Layers.linear(plan, group + "/vector", lowDim, k, RECTIFIED).then(RECTIFY);
        context = contextWidth == 0
                ? null
                : Layers.linear(plan, group + "/context", contextWidth, contextWidth, RECTIFIED)
                        .then(RECTIFY);
        int channels = 2 * k + contextWidth;
        for (int level = 0; level <= levels; level++) {
            down.add(new Inception(plan, group + "/down-" + level, channels, k << level, shape.inner()));
            channels = k << level;
        }
        for (int level = levels; level >= 1; level--) {
            upFirst.add(new Inception(plan, group + "/up-" + level + "/first", channels, k, shape.inner()));
            upSecond.add(new Inception(plan, group + "/up-" + level + "/second", k, k, shape.inner()));
            channels = k + (k << (level - 1));
        }
        features = VolumeLayers.convolution(plan, group + "/features", channels, k, RECTIFIED);
        values = VolumeLayers.convolution(plan, group + "/values", k, volumes, LINEAR);
        if (outputs > 0) {
            int seen = 4 * (k << (levels + 1));
            dense.add(Layers.linear(plan, group + "/dense-0", seen, HIDDEN, RECTIFIED)
                    .then(RECTIFY));
            dense.add(Layers.linear(plan, group + "/dense-1", HIDDEN, HIDDEN, RECTIFIED)
                    .then(RECTIFY));
            dense.add(Layers.linear(plan, group + "/dense-2", HIDDEN, outputs, LINEAR));
        }
    }

    /**
     * What it says.
     *
     * @param volumes values of voxels, {@code [n, volumes, V, V, V]}
     * @param dense values of rotations and gripper, {@code [n, outputs]}; null at all depths but the last
     */
    record Output(NDArray volumes, @Nullable NDArray dense) {}

    /**
     * Runs it.
     *
     * @param grid {@code [n, 10, V, V, V]}; consumed
     * @param seen vectors, {@code [n, lowDim]}; consumed
     * @param told contexts, {@code [n, contextWidth]}, consumed; null without
     */
    Output apply(Weights weights, NDArray grid, NDArray seen, @Nullable NDArray told) {
        return apply(weights, grid, seen, told, (name, activation) -> {});
    }

    /** The same; @param watcher is shown each activation while it is there */
    Output apply(
            Weights weights, NDArray grid, NDArray seen, @Nullable NDArray told, BiConsumer<String, NDArray> watcher) {
        return apply(HALVE, weights, grid, seen, told, watcher);
    }

    /** The same numbers, without a gradient. */
    Output applyWithoutGradient(Weights weights, NDArray grid, NDArray seen, @Nullable NDArray told) {
        return apply(HALVE_WITHOUT_GRADIENT, weights, grid, seen, told, (name, activation) -> {});
    }

    private Output apply(
            Layer halve,
            Weights weights,
            NDArray grid,
            NDArray seen,
            @Nullable NDArray told,
            BiConsumer<String, NDArray> watcher) {
        List<NDArray> found = new ArrayList<>();
        NDArray joined = joined(halve, weights, grid, seen, told, watcher, found);
        NDArray x = RECTIFY.apply(weights, features.apply(weights, joined));
        watcher.accept("f", x);
        located(x, found);
        NDArray volumes = values.apply(weights, x);
        watcher.accept("transQ", volumes);
        if (dense.isEmpty()) {
            return new Output(volumes, null);
        }
        NDArray y = NDArrays.concat(new NDList(found), 1);
        found.forEach(NDArray::close);
        for (int i = 0; i < dense.size(); i++) {
            y = dense.get(i).apply(weights, y);
            watcher.accept("dense" + i, y);
        }
        return new Output(volumes, y);
    }

    /**
     * The value of one voxel of each row, of a network with one volume and nothing beside it: its last two layers look at no more than
     * five voxels along each axis. Without a gradient.
     *
     * @param chosen numbers of the voxels
     * @return {@code [n, 1, 1, 1, 1]}
     */
    NDArray valueOf(Weights weights, NDArray grid, NDArray seen, @Nullable NDArray told, int[] chosen) {
        int[] around = new int[3 * (int) grid.getShape().get(0)];
        int[] within = new int[around.length];
        int[] steps = {voxels * voxels, voxels, 1};
        for (int i = 0; i < around.length; i++) {
            int at = chosen[i / 3] / steps[i % 3] % voxels;
            int lowest = Math.max(0, Math.min(voxels - 3, at - 1));
            around[i] = lowest - 1;
            within[i] = at - 1 - lowest;
        }
        NDArray x =
                joined(HALVE_WITHOUT_GRADIENT, weights, grid, seen, told, (name, activation) -> {}, new ArrayList<>());
        NDArray near = RECTIFY.apply(weights, features.within(weights, VolumeLayers.cubes(x, around, 5)));
        return values.within(weights, VolumeLayers.cubes(near, within, 3));
    }

    /** All but the last two layers. @param found where to add what the values beside the volumes are made from */
    private NDArray joined(
            Layer halve,
            Weights weights,
            NDArray grid,
            NDArray seen,
            @Nullable NDArray told,
            BiConsumer<String, NDArray> watcher,
            List<NDArray> found) {
        NDArray x = input.apply(weights, grid);
        watcher.accept("in", x);
        List<NDArray> levels = new ArrayList<>();
        for (int level = 0; level < down.size(); level++) {
            x = level == 0
                    ? down.get(0).apply(weights, x, everywhere(weights, seen, told, watcher))
                    : down.get(level).apply(weights, x);
            watcher.accept("d" + level, x);
            located(x, found);
            levels.add(x);
            if (level < down.size() - 1) {
                x = halve.apply(weights, view(x));
            }
        }
        for (int up = 0; up < upFirst.size(); up++) {
            int level = down.size() - 1 - up;
            NDArray small = upFirst.get(up).apply(weights, x);
            x = upSecond.get(up).apply(weights, VolumeLayers.twice().apply(weights, small));
            watcher.accept("u" + level, x);
            x = beside(levels.get(level - 1), x);
        }
        return x;
    }

    /** What is the same for all voxels of a row. */
    private NDArray everywhere(
            Weights weights, NDArray seen, @Nullable NDArray told, BiConsumer<String, NDArray> watcher) {
        NDArray own = vector.apply(weights, seen);
        watcher.accept("proprio", own);
        if (context == null || told == null) {
            return own;
        }
        NDArray known = context.apply(weights, told);
        watcher.accept("ctx", known);
        return beside(own, known);
    }

    /** Where the features of a level are, and how strong. */
    private void located(NDArray x, List<NDArray> found) {
        if (!dense.isEmpty()) {
            found.add(VolumeLayers.softArgmax(x, TEMPERATURE));
            found.add(VolumeLayers.largest(x));
        }
    }

    private static NDArray view(NDArray x) {
        return x.reshape(x.getShape());
    }

    /** Channels of both, which are consumed. */
    private static NDArray beside(NDArray left, NDArray right) {
        NDArray both = left.concat(right, 1);
        left.close();
        right.close();
        return both;
    }

    /** Three branches side by side: single voxels, their neighbours, and the neighbours of these. */
    private static final class Inception {

        private final int[] pointwise = new int[6];
        private final int alone;
        private final int inner;
        private final Layer near;
        private final Layer far;
        private final Layer farther;

        Inception(WeightPlan plan, String name, int inputs, int outputs, int inner) {
            alone = outputs / 2;
            this.inner = inner;
            head(plan, name + "/alone", inputs, alone, 0);
            head(plan, name + "/near-1", inputs, inner, 1);
            near = VolumeLayers.convolution(plan, name + "/near-2", inner, outputs / 4, RECTIFIED);
            head(plan, name + "/far-1", inputs, inner, 2);
            far = VolumeLayers.convolution(plan, name + "/far-2", inner, inner, RECTIFIED);
            farther = VolumeLayers.convolution(plan, name + "/far-3", inner, outputs / 4, RECTIFIED);
        }

        private void head(WeightPlan plan, String name, int inputs, int outputs, int branch) {
            pointwise[2 * branch] = plan.add(name + "/weight", RECTIFIED.weight(inputs), outputs, inputs, 1, 1, 1);
            pointwise[2 * branch + 1] = plan.add(name + "/bias", RECTIFIED.bias(inputs), outputs);
        }

        /** {@code [n, inputs, …]}, consumed, to {@code [n, outputs, …]}. */
        NDArray apply(Weights weights, NDArray x) {
            // All three branches begin with the same voxels: one convolution of all.
            try (NDArray weight = together(weights, 0);
                    NDArray bias = together(weights, 1)) {
                return branches(weights, VolumeLayers.convolved(x, weight, bias));
            }
        }

        /** The same; @param everywhere the last of the inputs, the same for all voxels, {@code [n, …]}, consumed: added once for each row */
        NDArray apply(Weights weights, NDArray x, NDArray everywhere) {
            long rows = x.getShape().get(0);
            long own = x.getShape().get(1);
            try (NDArray weight = together(weights, 0);
                    NDArray bias = together(weights, 1)) {
                NDList parts = weight.split(new long[] {own}, 1);
                NDArray matrix = parts.get(1).reshape(weight.getShape().get(0), -1);
                NDArray turned = matrix.transpose();
                NDArray added = everywhere.matMul(turned);
                NDArray column = added.reshape(rows, -1, 1, 1, 1);
                NDArray heads = VolumeLayers.convolved(x, parts.get(0), bias).addi(column);
                for (NDArray used :
                        new NDArray[] {parts.get(0), parts.get(1), matrix, turned, everywhere, added, column}) {
                    used.close();
                }
                return branches(weights, heads);
            }
        }

        private NDArray branches(Weights weights, NDArray begun) {
            NDArray heads = RECTIFY.apply(weights, begun);
            NDList parts = heads.split(new long[] {alone, alone + inner}, 1);
            heads.close();
            NDArray second = RECTIFY.apply(weights, near.apply(weights, parts.get(1)));
            NDArray third = RECTIFY.apply(
                    weights, farther.apply(weights, RECTIFY.apply(weights, far.apply(weights, parts.get(2)))));
            NDArray all = NDArrays.concat(new NDList(parts.get(0), second, third), 1);
            parts.get(0).close();
            second.close();
            third.close();
            return all;
        }

        private NDArray together(Weights weights, int part) {
            return NDArrays.concat(
                    new NDList(
                            weights.get(pointwise[part]),
                            weights.get(pointwise[2 + part]),
                            weights.get(pointwise[4 + part])),
                    0);
        }
    }
}
