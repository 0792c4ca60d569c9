package org.adapt4j.method.rainbow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
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
import org.adapt4j.toolkit.network.ObservationReader;
import org.adapt4j.toolkit.network.PlainConvolutions;
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
    private final Conditioning.@Nullable Context conditioning;
    private final Conditioning.@Nullable Network context;
    private final NoisyLinear valueHidden;
    private final NoisyLinear valueOutput;
    private final NoisyLinear advantageHidden;
    private final NoisyLinear advantageOutput;

    RainbowNetwork(RainbowSettings.Network shape, EnvironmentSpec spec, Conditioning conditioning) {
        this.shape = shape;
        values = shape.values();
        reader = new ObservationReader(spec, shape.encoder() != Encoder.MLP);
        actions = ((Discrete) spec.action()).size();
        Initialisation start = Initialisation.uniform();
        int features;
        Optional<ImageShape> image = reader.image();
        if (image.isPresent()) {
            PlainConvolutions convolutions = shape.encoder() == Encoder.CANONICAL
                    ? PlainConvolutions.CANONICAL
                    : PlainConvolutions.DATA_EFFICIENT;
            features = convolutions.features(image.get()) + reader.vectorWidth();
            encoder = convolutions.join(layout, "encoder", image.get(), start);
        } else {
            List<Integer> hidden = shape.hidden();
            features = hidden.isEmpty() ? reader.vectorWidth() : hidden.get(hidden.size() - 1);
            encoder = Layers.hidden(layout, "encoder", reader.vectorWidth(), hidden, Layers.relu(), start);
        }
        if (conditioning instanceof Conditioning.Context wanted) {
            this.conditioning = wanted;
            context = wanted.encoder().join(layout, spec);
            features += wanted.encoder().width();
        } else {
            this.conditioning = null;
            context = null;
        }
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

    /** The encoder of a context, if there is one. */
    Optional<Conditioning.Network> context() {
        return Optional.ofNullable(context);
    }

    /** Width of the context's vector; 0 without. */
    int contextWidth() {
        return conditioning == null ? 0 : conditioning.encoder().width();
    }

    /**
     * Unnormalised log-probabilities of the atoms, for each action.
     *
     * @param inputs manager that owns what is made here
     * @param observations a buffer per component
     * @param context {@code [rows, contextWidth]}, consumed; null without a context
     * @param draw noise of all rows; null for none
     * @return {@code [rows, actions, atoms]}
     */
    NDArray logits(
            NDManager inputs,
            Weights weights,
            ByteBuffer[] observations,
            int rows,
            @Nullable NDArray context,
            @Nullable Noise draw) {
        NDArray features = features(inputs, weights, observations, rows);
        if (context != null) {
            features = joined(features, context);
        }
        NDArray shared = features.reshape(features.getShape());
        NDArray value = stream(weights, draw, valueHidden, valueOutput, features);
        NDArray advantage = stream(weights, draw, advantageHidden, advantageOutput, shared);
        return duel(value, advantage, actions);
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

    private NDArray stream(
            Weights weights, @Nullable Noise draw, NoisyLinear hidden, NoisyLinear output, NDArray features) {
        NDArray units = Layers.relu().apply(weights, hidden.apply(weights, draw, features));
        NDArray logits = output.apply(weights, draw, units);
        return shape.reluOnLogits() ? Layers.relu().apply(weights, logits) : logits;
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
