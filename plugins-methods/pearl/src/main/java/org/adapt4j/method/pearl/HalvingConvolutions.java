package org.adapt4j.method.pearl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ImageShape;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layer;

/** The picture's part of the context encoder in the study's RLBench code: two convolutions, each of which halves height and width. */
final class HalvingConvolutions {

    /** Leaky, as all rectifiers of that code. */
    static final Layer RECTIFY = (weights, x) -> {
        NDArray y = x.getNDArrayInternal().leakyRelu(0.02f);
        x.close();
        return y;
    };

    private static final int CHANNELS = 32;
    private static final Shape TWO = new Shape(2, 2);
    private static final Shape ONE = new Shape(1, 1);
    private static final Shape NONE = new Shape(0, 0);

    private final ImageShape image;
    private final int[] tensors = new int[4];

    /** Adds its tensors to a plan. */
    HalvingConvolutions(WeightPlan plan, String name, ImageShape image) {
        this.image = image;
        Initialisation start = Initialisation.leakyHe(0.02);
        int inputs = image.channels();
        for (int layer = 0; layer < 2; layer++) {
            String own = name + "/convolution-" + (layer + 1);
            tensors[2 * layer] = plan.add(own + "/weight", start.weight(9 * inputs), CHANNELS, inputs, 3, 3);
            tensors[2 * layer + 1] = plan.add(own + "/bias", start.bias(9 * inputs), CHANNELS);
            inputs = CHANNELS;
        }
    }

    /** Numbers that it makes of a picture. */
    int features() {
        return CHANNELS * halved(halved(image.height())) * halved(halved(image.width()));
    }

    private static int halved(int side) {
        return (side + 1) / 2;
    }

    /** Of bytes as floats up to 255, in the order of the picture, to features {@code [n, features]}. */
    Layer ofBytes() {
        return (weights, bytes) -> {
            NDArray pixels = image.channelsFirst() ? bytes : bytes.transpose(0, 3, 1, 2);
            return apply(weights, pixels.muli(2 / 255f).subi(1));
        };
    }

    /** Of pixels {@code [n, channels, h, w]} from −1 to 1. */
    NDArray apply(Weights weights, NDArray pixels) {
        NDArray x = pixels;
        for (int layer = 0; layer < 2; layer++) {
            NDArray padded = repeatBorders(x);
            NDArray weight = weights.get(tensors[2 * layer]);
            NDArray bias = weights.get(tensors[2 * layer + 1]);
            x = RECTIFY.apply(
                    weights,
                    padded.getNDArrayInternal()
                            .convolution(padded, weight, bias, TWO, NONE, ONE, 1)
                            .get(0));
        }
        return x.reshape(x.getShape().get(0), -1);
    }

    /** Adds a row and a column on each side, equal to their neighbours: a product with a fixed matrix along each axis. */
    private static NDArray repeatBorders(NDArray x) {
        Shape shape = x.getShape();
        NDArray rows = matrix(x, Math.toIntExact(shape.get(2)));
        NDArray columns = matrix(x, Math.toIntExact(shape.get(3)));
        return rows.matMul(x.matMul(columns.transpose()));
    }

    private static NDArray matrix(NDArray x, int side) {
        float[] matrix = new float[(side + 2) * side];
        for (int i = 0; i < side + 2; i++) {
            matrix[i * side + Math.max(0, Math.min(side - 1, i - 1))] = 1;
        }
        return HostArrays.tensor(x.getManager(), matrix, side + 2, side);
    }
}
