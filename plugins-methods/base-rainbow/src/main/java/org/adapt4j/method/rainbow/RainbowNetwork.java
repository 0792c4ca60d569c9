package org.adapt4j.method.rainbow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.method.rainbow.RainbowSettings.Encoder;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ImageShape;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.Noise;
import org.adapt4j.toolkit.network.NoisePlan;
import org.adapt4j.toolkit.network.NoisyLinear;
import org.adapt4j.toolkit.network.NoisyLinear.Drawn;
import org.adapt4j.toolkit.network.ObservationReader;
import org.adapt4j.toolkit.network.PlainConvolutions;
import org.adapt4j.toolkit.policy.ContextInput;
import org.adapt4j.toolkit.value.CategoricalValues;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions or fully connected layers, then two noisy streams: one for the value of a state, one for what each action adds
 * to it. The plan is plain Java; tensors appear when it is applied.
 *
 * <p>Groups of parameters: {@code encoder}, {@code value}, {@code advantage}, {@code noise} (all scales of the noise) and, where
 * a method asks for a context, {@code context}.
 */
final class RainbowNetwork {

    private final RainbowSettings.Network shape;
    private final CategoricalValues values;
    private final ObservationReader reader;
    private final int actions;
    private final Layout layout = new Layout();
    private final NoisePlan noise = new NoisePlan();
    private final Layer encoder;
    private final ContextInput context;
    private final NoisyLinear valueHidden;
    private final NoisyLinear valueOutput;
    private final NoisyLinear advantageHidden;
    private final NoisyLinear advantageOutput;

    RainbowNetwork(RainbowSettings.Network shape, EnvironmentSpec spec, Conditioning conditioning) {
        this.shape = shape;
        values = shape.values();
        reader = new ObservationReader(spec, shape.encoder() != Encoder.MLP);
        actions = ((Discrete) spec.action()).size();
        Initialisation init = Initialisation.uniform();
        int features;
        Optional<ImageShape> image = reader.image();
        if (image.isPresent()) {
            PlainConvolutions convolutions = shape.encoder() == Encoder.CANONICAL
                    ? PlainConvolutions.CANONICAL
                    : PlainConvolutions.DATA_EFFICIENT;
            features = convolutions.features(image.get()) + reader.vectorWidth();
            encoder = convolutions.join(layout, "encoder", image.get(), init);
        } else {
            List<Integer> hidden = shape.hidden();
            features = hidden.isEmpty() ? reader.vectorWidth() : hidden.get(hidden.size() - 1);
            encoder = Layers.hidden(layout, "encoder", reader.vectorWidth(), hidden, Layers.relu(), init);
        }
        context = ContextInput.join(conditioning, layout, spec);
        features += context.width();
        int units = shape.streamUnits();
        valueHidden = noisy("value", "hidden", features, units);
        valueOutput = noisy("value", "output", units, values.atoms());
        advantageHidden = noisy("advantage", "hidden", features, units);
        advantageOutput = noisy("advantage", "output", units, actions * values.atoms());
    }

    private NoisyLinear noisy(String stream, String layer, int inputs, int outputs) {
        return new NoisyLinear(
                layout,
                noise,
                stream + "/" + layer,
                "noise/" + stream + "-" + layer,
                inputs,
                outputs,
                shape.noiseScale());
    }

    Layout layout() {
        return layout;
    }

    NoisePlan noise() {
        return noise;
    }

    CategoricalValues values() {
        return values;
    }

    ObservationReader reader() {
        return reader;
    }

    int actions() {
        return actions;
    }

    /** The context that a method feeds in beside the observation. */
    ContextInput context() {
        return context;
    }

    /**
     * Both streams under some noise, layer by layer; inputs are consumed.
     *
     * @param valueHidden {@code [n, features]} to {@code [n, units]}
     * @param valueOutput {@code [n, units]} to {@code [n, atoms]}
     * @param advantageHidden as the value's
     * @param advantageOutput {@code [n, units]} to {@code [n, actions · atoms]}
     */
    record Streams(
            UnaryOperator<NDArray> valueHidden,
            UnaryOperator<NDArray> valueOutput,
            UnaryOperator<NDArray> advantageHidden,
            UnaryOperator<NDArray> advantageOutput) {}

    /** The weights of both streams under one draw of noise, to be used for several batches. */
    record Draw(Drawn valueHidden, Drawn valueOutput, Drawn advantageHidden, Drawn advantageOutput) {

        /** The same numbers without their gradient. */
        Draw constant() {
            return new Draw(
                    valueHidden.constant(),
                    valueOutput.constant(),
                    advantageHidden.constant(),
                    advantageOutput.constant());
        }

        /** The way for many rows. */
        Streams streams() {
            return new Streams(
                    x -> NoisyLinear.apply(valueHidden, x),
                    x -> NoisyLinear.apply(valueOutput, x),
                    x -> NoisyLinear.apply(advantageHidden, x),
                    x -> NoisyLinear.apply(advantageOutput, x));
        }
    }

    /** Builds the weights of the streams. */
    Draw draw(NDManager inputs, Weights weights, Noise draw) {
        return new Draw(
                valueHidden.draw(inputs, weights, draw),
                valueOutput.draw(inputs, weights, draw),
                advantageHidden.draw(inputs, weights, draw),
                advantageOutput.draw(inputs, weights, draw));
    }

    /** The way for few rows, which builds no noisy weights. @param noise of all rows; null for none */
    Streams streams(Weights weights, @Nullable Noise noise) {
        return new Streams(
                x -> valueHidden.apply(weights, noise, x),
                x -> valueOutput.apply(weights, noise, x),
                x -> advantageHidden.apply(weights, noise, x),
                x -> advantageOutput.apply(weights, noise, x));
    }

    /**
     * Unnormalised log-probabilities of the atoms, for each action.
     *
     * @param inputs manager that owns what is made here
     * @param weights of the encoder
     * @param observations a buffer per component
     * @param context {@code [rows, width]}, consumed
     * @return {@code [rows, actions, atoms]}
     */
    NDArray logits(
            NDManager inputs,
            Weights weights,
            Streams streams,
            ByteBuffer[] observations,
            int rows,
            Optional<NDArray> context) {
        NDArray seen = features(inputs, weights, observations, rows);
        NDArray features = context.map(vectors -> joined(seen, vectors)).orElse(seen);
        NDArray shared = Layer.shared(features);
        NDArray value = rectified(streams.valueHidden().apply(features));
        NDArray advantage = rectified(streams.advantageHidden().apply(shared));
        return duel(
                output(streams.valueOutput().apply(value)),
                output(streams.advantageOutput().apply(advantage)),
                actions);
    }

    private NDArray features(NDManager inputs, Weights weights, ByteBuffer[] observations, int rows) {
        int width = reader.vectorWidth();
        NDArray vectors =
                width == 0 ? null : HostArrays.tensor(inputs, reader.vectors(observations, rows), rows, width);
        if (reader.image().isPresent()) {
            NDArray features = encoder.apply(weights, reader.images(inputs, observations, rows));
            return vectors == null ? features : joined(features, vectors);
        }
        if (vectors == null) {
            throw new IllegalStateException("neither image nor vector");
        }
        return encoder.apply(weights, vectors);
    }

    private NDArray output(NDArray stream) {
        return shape.reluOnLogits() ? rectified(stream) : stream;
    }

    private static NDArray rectified(NDArray x) {
        NDArray y = x.getNDArrayInternal().relu();
        x.close();
        return y;
    }

    /**
     * Joins the streams: the value, and by how much an action differs from the mean action (Wang et al. 2016).
     *
     * @param value {@code [rows, atoms]}, consumed
     * @param advantage {@code [rows, actions · atoms]}, consumed
     */
    static NDArray duel(NDArray value, NDArray advantage, int actions) {
        long rows = value.getShape().get(0);
        long atoms = value.getShape().get(1);
        NDArray each = advantage.reshape(new Shape(rows, actions, atoms));
        NDArray mean = each.mean(new int[] {1}, true);
        NDArray state = value.reshape(new Shape(rows, 1, atoms));
        NDArray base = state.sub(mean);
        NDArray logits = each.add(base);
        for (NDArray used : List.of(value, advantage, each, mean, state, base)) {
            used.close();
        }
        return logits;
    }

    private static NDArray joined(NDArray left, NDArray right) {
        NDArray both = left.concat(right, 1);
        left.close();
        right.close();
        return both;
    }
}
