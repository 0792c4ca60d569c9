package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.adapt4j.api.algorithm.WeightPlan;

/** The layers that networks are built from. Each adds its tensors to a layout as {@code name/weight} and {@code name/bias}. */
public final class Layers {

    private static final Shape ONE = new Shape(1, 1);

    private Layers() {}

    /** {@code y = x·Wᵀ + b}, {@code [n, inputs]} to {@code [n, outputs]}. */
    public static Layer linear(WeightPlan layout, String name, int inputs, int outputs, Initialisation start) {
        int weight = layout.add(name + "/weight", start.weight(inputs), outputs, inputs);
        int bias = layout.add(name + "/bias", start.bias(inputs), outputs);
        return (weights, x) -> {
            NDArray y = x.getNDArrayInternal()
                    .linear(x, weights.get(weight), weights.get(bias))
                    .get(0);
            x.close();
            return y;
        };
    }

    /** A square convolution, {@code [n, inputs, h, w]} to {@code [n, outputs, h', w']}. */
    public static Layer convolution(
            WeightPlan layout,
            String name,
            int inputs,
            int outputs,
            int kernel,
            int stride,
            int padding,
            Initialisation start) {
        int fanIn = inputs * kernel * kernel;
        int weight = layout.add(name + "/weight", start.weight(fanIn), outputs, inputs, kernel, kernel);
        int bias = layout.add(name + "/bias", start.bias(fanIn), outputs);
        Shape strides = new Shape(stride, stride);
        Shape paddings = new Shape(padding, padding);
        return (weights, x) -> {
            NDArray y = x.getNDArrayInternal()
                    .convolution(x, weights.get(weight), weights.get(bias), strides, paddings, ONE, 1)
                    .get(0);
            x.close();
            return y;
        };
    }

    /** {@code max(x, 0)}. */
    public static Layer relu() {
        return (weights, x) -> {
            NDArray y = x.getNDArrayInternal().relu();
            x.close();
            return y;
        };
    }

    /** Hyperbolic tangent. */
    public static Layer tanh() {
        return (weights, x) -> {
            NDArray y = x.tanh();
            x.close();
            return y;
        };
    }

    /** {@code [n, …]} to {@code [n, rest]}. */
    public static Layer flatten() {
        return (weights, x) -> {
            NDArray y = x.reshape(x.getShape().get(0), -1);
            x.close();
            return y;
        };
    }

    /**
     * A square convolution of pictures: bytes as floats up to 255, in the order in which they are stored, to {@code [n, outputs, h', w']}. It
     * is that of pixels from 0 to 1; what is divided by 255 is its weight, which is small, instead of every pixel.
     *
     * <p>Where a picture's channels come last, what follows is a transposed view: libtorch then keeps them last in memory through all
     * convolutions, 1.2 to 1.4 times faster here than channels first. Stacked frames are copied to that order where weights are learned:
     * one copy, after which forward and backward pass of the networks for Atari ran 1.15 to 1.3 times as fast here. The forward pass alone is
     * faster as it is.
     */
    public static Layer convolutionOfBytes(
            WeightPlan layout,
            String name,
            ImageShape image,
            int outputs,
            int kernel,
            int stride,
            int padding,
            Initialisation start) {
        int fanIn = image.channels() * kernel * kernel;
        int weight = layout.add(name + "/weight", start.weight(fanIn), outputs, image.channels(), kernel, kernel);
        int bias = layout.add(name + "/bias", start.bias(fanIn), outputs);
        Shape strides = new Shape(stride, stride);
        Shape paddings = new Shape(padding, padding);
        return (weights, bytes) -> {
            boolean learning = weights.get(weight).hasGradient();
            NDArray x = image.channelsFirst() ? stacked(bytes, learning) : bytes.transpose(0, 3, 1, 2);
            NDArray factor = bytes.getManager().full(new Shape(), 1 / 255f);
            NDArray scaled = weights.get(weight).mul(factor);
            NDArray y = x.getNDArrayInternal()
                    .convolution(x, scaled, weights.get(bias), strides, paddings, ONE, 1)
                    .get(0);
            for (NDArray used : List.of(bytes, x, factor, scaled)) {
                used.close();
            }
            return y;
        };
    }

    /** {@code [n, channels, h, w]}, with the channels last in memory where asked for. */
    private static NDArray stacked(NDArray frames, boolean last) {
        if (!last) {
            return frames;
        }
        NDArray view = frames.transpose(0, 2, 3, 1);
        // Flat and back makes the copy: the engine has no other word for it that can be reached from here.
        NDArray flat = view.reshape(-1);
        NDArray copied = flat.reshape(view.getShape());
        NDArray x = copied.transpose(0, 3, 1, 2);
        for (NDArray used : List.of(view, flat, copied)) {
            used.close();
        }
        return x;
    }

    /** Max-pooling 3×3, stride 2, padding 1: halves height and width, rounding up. */
    static Layer halve() {
        Shape kernel = new Shape(3, 3);
        Shape stride = new Shape(2, 2);
        return (weights, x) -> {
            NDArray y = x.getNDArrayInternal().maxPool(kernel, stride, ONE, false);
            x.close();
            return y;
        };
    }

    /** {@code x + conv(relu(conv(relu(x))))}. */
    static Layer residual(WeightPlan layout, String name, int channels, Initialisation start) {
        Layer first = convolution(layout, name + "/convolution-1", channels, channels, 3, 1, 1, start);
        Layer second = convolution(layout, name + "/convolution-2", channels, channels, 3, 1, 1, start);
        Layer branch = first.then(relu()).then(second);
        return (weights, x) -> {
            NDArray y = branch.apply(weights, x.getNDArrayInternal().relu());
            // In place: nothing reads what the convolution gave.
            y.addi(x);
            x.close();
            return y;
        };
    }

    /**
     * Linear layers with an activation after each.
     *
     * @param widths of the hidden layers; empty for the identity
     */
    public static Layer hidden(
            WeightPlan layout, String name, int inputs, List<Integer> widths, Layer activation, Initialisation start) {
        Layer all = (weights, x) -> x;
        int width = inputs;
        for (int i = 0; i < widths.size(); i++) {
            all = all.then(linear(layout, name + "/linear-" + (i + 1), width, widths.get(i), start))
                    .then(activation);
            width = widths.get(i);
        }
        return all;
    }

    /**
     * The IMPALA encoder (Espeholt et al. 2018): sequences of convolution, pooling and two
     * residual blocks, each of which halves height and width, and a linear layer. With the paper's three sequences of 16, 32
     * and 32 channels it has 622,144 parameters for 64×64×3 bytes and 256 features.
     *
     * @param sequences channels of each sequence
     * @param reluBeforeLinear as in the code of Procgen's authors; the study's code has none there
     */
    public static Layer impala(
            WeightPlan layout,
            String name,
            ImageShape image,
            List<Integer> sequences,
            int features,
            boolean reluBeforeLinear,
            Initialisation start) {
        Layer all = (weights, x) -> x;
        int inputs = image.channels();
        int h = image.height();
        int w = image.width();
        int block = 1;
        for (int outputs : sequences) {
            String sequence = name + "/sequence-" + block;
            String first = sequence + "/convolution";
            all = all.then(
                            block++ == 1
                                    ? convolutionOfBytes(layout, first, image, outputs, 3, 1, 1, start)
                                    : convolution(layout, first, inputs, outputs, 3, 1, 1, start))
                    .then(halve())
                    .then(residual(layout, sequence + "/residual-1", outputs, start))
                    .then(residual(layout, sequence + "/residual-2", outputs, start));
            inputs = outputs;
            h = (h + 1) / 2;
            w = (w + 1) / 2;
        }
        all = all.then(flatten());
        if (reluBeforeLinear) {
            all = all.then(relu());
        }
        return all.then(linear(layout, name + "/linear", inputs * h * w, features, start))
                .then(relu());
    }

    /**
     * The small encoder for laptops, of the shape of Mnih et al. 2015 with fewer channels: convolutions 16 of 8×8 stride 4,
     * 32 of 4×4 stride 2, 32 of 3×3, and a linear layer.
     *
     * @throws IllegalArgumentException if the image is smaller than 36×36
     */
    public static Layer small(WeightPlan layout, String name, ImageShape image, int features, Initialisation start) {
        int h = smallSide(image.height());
        int w = smallSide(image.width());
        if (h < 1 || w < 1) {
            throw new IllegalArgumentException("the small network needs images of at least 36×36 but they are "
                    + image.height() + "×" + image.width());
        }
        return convolutionOfBytes(layout, name + "/convolution-1", image, 16, 8, 4, 0, start)
                .then(relu())
                .then(convolution(layout, name + "/convolution-2", 16, 32, 4, 2, 0, start))
                .then(relu())
                .then(convolution(layout, name + "/convolution-3", 32, 32, 3, 1, 0, start))
                .then(relu())
                .then(flatten())
                .then(linear(layout, name + "/linear", 32 * h * w, features, start))
                .then(relu());
    }

    private static int smallSide(int side) {
        return ((side - 8) / 4 + 1 - 4) / 2 + 1 - 2;
    }
}
