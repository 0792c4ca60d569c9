package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.adapt4j.api.algorithm.WeightPlan;

/**
 * Layers over cubes of numbers, {@code [n, channels, side, side, side]} with axes x, y, z: what networks of voxels are built from. Like
 * all {@link Layer layers} they consume their input.
 *
 * <p>The engine has neither padding by repetition nor trilinear interpolation of volumes. The one takes each voxel from its place here,
 * the other is linear along each axis, so a product with a fixed matrix; the engine differentiates both.
 */
public final class VolumeLayers {

    private static final Shape ONE = new Shape(1, 1, 1);
    private static final Shape NONE = new Shape(0, 0, 0);

    /**
     * Of fewer outputs the engine's gradient (oneDNN's in PyTorch 2.7.1) reads memory that nobody wrote, in blocks of 16 channels: what was
     * no number there makes the gradient none. Outputs of zeros fill the block, which costs nothing that the block does not.
     */
    private static final int BLOCK = 16;

    private VolumeLayers() {}

    /** A convolution 3×3×3 of stride 1 whose border voxels are repeated outwards, so that the volume keeps its sides. */
    public static Layer convolution(WeightPlan layout, String name, int inputs, int outputs, Initialisation start) {
        return repeatBorders().then(unpadded(layout, name, inputs, outputs, start));
    }

    /** The same without padding, for a volume whose borders were repeated before: sides shrink by two. */
    public static Layer unpadded(WeightPlan layout, String name, int inputs, int outputs, Initialisation start) {
        int fanIn = 27 * inputs;
        int weight = layout.add(name + "/weight", start.weight(fanIn), outputs, inputs, 3, 3, 3);
        int bias = layout.add(name + "/bias", start.bias(fanIn), outputs);
        if (outputs >= BLOCK) {
            return (weights, x) -> convolved(x, weights.get(weight), weights.get(bias));
        }
        return (weights, x) -> {
            NDManager manager = x.getManager();
            NDArray emptyWeights = manager.zeros(new Shape(BLOCK - outputs, inputs, 3, 3, 3));
            NDArray emptyBias = manager.zeros(new Shape(BLOCK - outputs));
            NDArray kernel = weights.get(weight).concat(emptyWeights, 0);
            NDArray biases = weights.get(bias).concat(emptyBias, 0);
            NDArray all = convolved(x, kernel, biases);
            NDList parts = all.split(new long[] {outputs}, 1);
            for (NDArray used : new NDArray[] {emptyWeights, emptyBias, kernel, biases, all, parts.get(1)}) {
                used.close();
            }
            return parts.get(0);
        };
    }

    /** A convolution without padding, stride 1. @param x consumed */
    public static NDArray convolved(NDArray x, NDArray weight, NDArray bias) {
        NDArray y = x.getNDArrayInternal()
                .convolution(x, weight, bias, ONE, NONE, ONE, 1)
                .get(0);
        x.close();
        return y;
    }

    /** Adds a layer of voxels around a volume, each equal to its nearest neighbour within: sides grow by two. */
    public static Layer repeatBorders() {
        return (weights, x) -> {
            Shape shape = x.getShape();
            int side = (int) shape.get(4);
            long sides = side + 2L;
            long volumes = shape.get(0) * shape.get(1);
            long[] nearest = nearest(side);
            try (NDArray one = HostArrays.tensor(x.getManager(), nearest, 1, nearest.length);
                    NDArray every = one.broadcast(volumes, nearest.length)) {
                NDArray rows = shaped(x, volumes, (long) side * side * side);
                NDArray grown = rows.gather(every, 1);
                rows.close();
                return shaped(grown, shape.get(0), shape.get(1), sides, sides, sides);
            }
        };
    }

    /** Of each voxel of the larger volume, the voxel of the smaller one that it is equal to. */
    private static long[] nearest(int side) {
        int sides = side + 2;
        long[] nearest = new long[sides * sides * sides];
        for (int i = 0; i < nearest.length; i++) {
            int x = within(i / (sides * sides), side);
            int y = within(i / sides % sides, side);
            nearest[i] = ((long) x * side + y) * side + within(i % sides, side);
        }
        return nearest;
    }

    private static int within(int place, int side) {
        return Math.max(0, Math.min(side - 1, place - 1));
    }

    /** Doubles the sides by trilinear interpolation whose corners are not aligned: new voxels lie a quarter off the old centres. */
    public static Layer twice() {
        return (weights, x) -> {
            int side = (int) x.getShape().get(4);
            float[] matrix = new float[2 * side * side];
            for (int i = 0; i < 2 * side; i++) {
                int near = i / 2;
                int far = Math.max(0, Math.min(side - 1, i % 2 == 0 ? near - 1 : near + 1));
                matrix[i * side + near] += 0.75f;
                matrix[i * side + far] += 0.25f;
            }
            return alongEachAxis(x, matrix, 2 * side);
        };
    }

    /**
     * Multiplies every row of voxels, along each of the three axes, by one matrix.
     *
     * @param x consumed
     * @param matrix {@code [sides, side]}
     */
    private static NDArray alongEachAxis(NDArray x, float[] matrix, int sides) {
        NDManager manager = x.getManager();
        long side = x.getShape().get(4);
        long volumes = x.getShape().get(0) * x.getShape().get(1);
        try (NDArray left = HostArrays.tensor(manager, matrix, sides, side);
                NDArray right = left.transpose()) {
            Shape shape = x.getShape();
            NDArray rows = shaped(x, volumes * side * side, side);
            NDArray alongZ = rows.matMul(right);
            NDArray planes = shaped(alongZ, volumes * side, side, sides);
            NDArray alongY = left.matMul(planes);
            NDArray cubes = shaped(alongY, volumes, side, (long) sides * sides);
            NDArray alongX = left.matMul(cubes);
            rows.close();
            planes.close();
            cubes.close();
            return shaped(alongX, shape.get(0), shape.get(1), sides, sides, sides);
        }
    }

    private static NDArray shaped(NDArray x, long... shape) {
        NDArray y = x.reshape(new Shape(shape));
        x.close();
        return y;
    }

    /** {@code max(x, slope · x)}. @param slope below 1 */
    public static Layer leakyRelu(double slope) {
        return (weights, x) -> {
            NDArray y = x.getNDArrayInternal().leakyRelu((float) slope);
            x.close();
            return y;
        };
    }

    /** Max-pooling 3×3×3, stride 2, padding 1: halves the sides, rounding up. */
    public static Layer halve() {
        Shape kernel = new Shape(3, 3, 3);
        Shape stride = new Shape(2, 2, 2);
        return (weights, x) -> {
            NDArray y = x.getNDArrayInternal().maxPool(kernel, stride, ONE, false);
            x.close();
            return y;
        };
    }

    /**
     * Where the features of each channel are, and nowhere if they are everywhere: the expected place under a softmax over all voxels
     * (Levine et al. 2016, section 4.1), with the places of each axis from −1 to 1.
     *
     * @param x {@code [n, channels, side, side, side]}; not consumed
     * @param temperature what features are divided by
     * @return {@code [n, 3 · channels]}, for each channel along y, then x, then z: the order of C2F-ARM's authors
     */
    public static NDArray softArgmax(NDArray x, double temperature) {
        NDManager manager = x.getManager();
        Shape shape = x.getShape();
        int side = (int) shape.get(4);
        int voxels = side * side * side;
        float[] places = new float[3 * voxels];
        for (int n = 0; n < voxels; n++) {
            places[3 * n] = place(n / side % side, side);
            places[3 * n + 1] = place(n / side / side, side);
            places[3 * n + 2] = place(n % side, side);
        }
        NDArray flat = x.reshape(shape.get(0) * shape.get(1), voxels);
        NDArray scaled = HostArrays.times(flat, 1 / temperature);
        NDArray likely = scaled.softmax(-1);
        NDArray where = likely.matMul(HostArrays.tensor(manager, places, voxels, 3));
        NDArray all = where.reshape(shape.get(0), 3 * shape.get(1));
        for (NDArray used : new NDArray[] {flat, scaled, likely, where}) {
            used.close();
        }
        return all;
    }

    private static float place(int index, int side) {
        return side == 1 ? 0 : -1 + 2f * index / (side - 1);
    }

    /** The largest feature of each channel, {@code [n, channels]}. @param x not consumed */
    public static NDArray largest(NDArray x) {
        return x.getNDArrayInternal().globalMaxPool();
    }
}
