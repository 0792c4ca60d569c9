package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;

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
    private static final NDIndex EARLIER = new NDIndex(":, :-1");
    private static final NDIndex LATER = new NDIndex(":, 1:");

    /**
     * The engine computes outputs in blocks of 16. Of fewer its gradient (oneDNN's in PyTorch 2.7.1) even reads memory that nobody wrote:
     * what was no number there makes the gradient none.
     */
    private static final int BLOCK = 16;

    private VolumeLayers() {}

    /** A convolution 3×3×3 of stride 1 whose border voxels are repeated outwards, so that the volume keeps its sides. */
    public static Convolution convolution(
            WeightPlan layout, String name, int inputs, int outputs, Initialisation start) {
        int fanIn = 27 * inputs;
        int weight = layout.add(name + "/weight", start.weight(fanIn), outputs, inputs, 3, 3, 3);
        int bias = layout.add(name + "/bias", start.bias(fanIn), outputs);
        return new Convolution(weight, bias, outputs);
    }

    /** A convolution 3×3×3. */
    public static final class Convolution implements Layer {

        private final int weight;
        private final int bias;
        private final int outputs;

        private Convolution(int weight, int bias, int outputs) {
            this.weight = weight;
            this.bias = bias;
            this.outputs = outputs;
        }

        @Override
        public NDArray apply(Weights weights, NDArray x) {
            return outputs < BLOCK
                    ? byPlanes(x, weights.get(weight), weights.get(bias))
                    : convolved(repeated(x, true), weights.get(weight), weights.get(bias));
        }

        /** The same without repeated borders and without a gradient: sides shrink by two. @param x consumed */
        public NDArray within(Weights weights, NDArray x) {
            return convolved(x, weights.get(weight), weights.get(bias));
        }
    }

    /**
     * A convolution with few outputs. What each makes of the plane before, of the plane itself and of the plane after are outputs of their own,
     * which fill the block with a third of the work; then a product with a fixed matrix adds those that belong together.
     */
    private static NDArray byPlanes(NDArray x, NDArray weight, NDArray bias) {
        NDManager manager = x.getManager();
        Shape shape = x.getShape();
        long rows = shape.get(0);
        int side = (int) shape.get(4);
        long outputs = weight.getShape().get(0);
        int parts = 3;
        while (outputs * parts % BLOCK > 0) {
            parts++;
        }
        NDArray weightParts = weight.pad(new Shape(0, 0, 0, 0, 0, parts - 3), 0);
        NDArray swapped = weightParts.transpose(0, 2, 1, 3, 4);
        NDArray kernel = swapped.reshape(outputs * parts, shape.get(1), 1, 3, 3);
        NDArray column = bias.reshape(outputs, 1);
        NDArray biasParts = column.pad(new Shape(1, parts - 2), 0);
        NDArray biases = biasParts.reshape(outputs * parts);
        NDArray each = convolved(repeated(x, false), kernel, biases);
        NDArray all = shaped(each, rows * outputs, (long) parts * side, (long) side * side);
        NDArray sums = HostArrays.tensor(manager, sums(side, parts), side, (long) parts * side);
        NDArray y = sums.matMul(all);
        for (NDArray used : new NDArray[] {weightParts, swapped, kernel, column, biasParts, biases, all, sums}) {
            used.close();
        }
        return shaped(y, rows, outputs, side, side, side);
    }

    /** Which planes of which parts make a plane, {@code [side, parts · side]}; the outermost ones are repeated outwards. */
    private static float[] sums(int side, int parts) {
        float[] sums = new float[side * parts * side];
        for (int plane = 0; plane < side; plane++) {
            for (int part = 0; part < 3; part++) {
                sums[(plane * parts + part) * side + within(plane + part, side)] = 1;
            }
        }
        return sums;
    }

    /** A convolution without padding, stride 1. @param x consumed */
    public static NDArray convolved(NDArray x, NDArray weight, NDArray bias) {
        NDArray y = x.getNDArrayInternal()
                .convolution(x, weight, bias, ONE, NONE, ONE, 1)
                .get(0);
        x.close();
        return y;
    }

    /**
     * Adds voxels around a volume, each equal to its nearest neighbour within: sides grow by two.
     *
     * @param x consumed
     * @param alongX whether along all three axes, or along the other two
     */
    private static NDArray repeated(NDArray x, boolean alongX) {
        Shape shape = x.getShape();
        int side = (int) shape.get(4);
        long sides = side + 2L;
        long volumes = shape.get(0) * shape.get(1) * (alongX ? 1 : side);
        long[] nearest = nearest(side, alongX ? side : 1);
        try (NDArray one = HostArrays.tensor(x.getManager(), nearest, 1, nearest.length);
                NDArray every = one.broadcast(volumes, nearest.length)) {
            NDArray rows = shaped(x, volumes, alongX ? (long) side * side * side : (long) side * side);
            NDArray grown = rows.gather(every, 1);
            rows.close();
            return shaped(grown, shape.get(0), shape.get(1), alongX ? sides : side, sides, sides);
        }
    }

    /**
     * Cuts a cube out of each row's volumes; what is beyond a border is that border's nearest voxel.
     *
     * @param x {@code [n, channels, side, side, side]}, consumed
     * @param lowest where the cubes begin along x, y, z, three numbers for each row; from −1 on
     * @return {@code [n, channels, sides, sides, sides]}
     */
    public static NDArray cubes(NDArray x, int[] lowest, int sides) {
        Shape shape = x.getShape();
        long rows = shape.get(0);
        long channels = shape.get(1);
        int side = (int) shape.get(4);
        int count = sides * sides * sides;
        long[] cells = new long[(int) rows * count];
        for (int i = 0; i < cells.length; i++) {
            int row = 3 * (i / count);
            int cellX = within(lowest[row] + 1 + i % count / (sides * sides), side);
            int cellY = within(lowest[row + 1] + 1 + i / sides % sides, side);
            cells[i] = ((long) cellX * side + cellY) * side + within(lowest[row + 2] + 1 + i % sides, side);
        }
        try (NDArray each = HostArrays.tensor(x.getManager(), cells, rows, 1, count);
                NDArray every = each.broadcast(rows, channels, count)) {
            NDArray flat = shaped(x, rows, channels, (long) side * side * side);
            NDArray cut = flat.gather(every, 2);
            flat.close();
            return shaped(cut, rows, channels, sides, sides, sides);
        }
    }

    /** Of each voxel of the larger volume of planes, or of the larger plane, the one of the smaller that it is equal to. */
    private static long[] nearest(int side, int planes) {
        int sides = side + 2;
        long[] nearest = new long[(planes > 1 ? sides : 1) * sides * sides];
        for (int i = 0; i < nearest.length; i++) {
            int x = planes > 1 ? within(i / (sides * sides), side) : 0;
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
     * The same numbers without a gradient, of sides that 4 divides: the engine's way also notes where the maxima are, which takes longer than
     * to find them along one axis after the other.
     */
    public static Layer halveWithoutGradient() {
        return (weights, x) -> {
            Shape shape = x.getShape();
            long side = shape.get(4);
            long half = side / 2;
            long volumes = shape.get(0) * shape.get(1);
            NDArray alongX = halved(x, volumes, half, side * side);
            NDArray alongY = halved(alongX, volumes * half, half, side);
            NDArray alongZ = halved(alongY, volumes * half * half, half, 1);
            return shaped(alongZ, shape.get(0), shape.get(1), half, half, half);
        };
    }

    /** Maxima of each two planes and the one before them. @param x {@code volumes · 2 half · plane} numbers, consumed */
    private static NDArray halved(NDArray x, long volumes, long half, long plane) {
        NDArray pairs = shaped(x, volumes, half, 2 * plane);
        NDList parts = pairs.split(new long[] {plane}, 2);
        NDArray y = parts.get(0).maximum(parts.get(1));
        try (NDArray later = y.get(LATER);
                NDArray before = parts.get(1).get(EARLIER);
                NDArray most = later.maximum(before)) {
            y.set(LATER, most);
        }
        pairs.close();
        parts.close();
        return y;
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
