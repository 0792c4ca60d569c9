package org.adapt4j.method.bc;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.method.bc.BcSettings.Encoder;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ImageShape;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.ObservationReader;
import org.adapt4j.toolkit.policy.ActionScale;
import org.adapt4j.toolkit.policy.SquashedGaussian;

/**
 * The policy: an encoder of images where there are some, hidden layers, and one linear layer that answers. Plain Java but for the
 * methods that take weights.
 *
 * <p>All is in the group {@code policy}. For continuous actions without an encoder, names and shapes are those of SAC's policy. Choices
 * are answered by {@code policy/logits}. Actions without bounds are not squashed.
 */
final class BcNetwork {

    private final ObservationReader reader;
    private final Space action;
    private final Optional<ActionScale> scale;
    private final Layout layout = new Layout();
    private final Layer encoder;
    private final Layer body;
    private final Layer head;
    private final Optional<SquashedGaussian> gaussian;
    private final int features;

    BcNetwork(BcSettings.Network shape, EnvironmentSpec spec) {
        reader = new ObservationReader(spec, shape.encoder() != Encoder.MLP);
        action = spec.action();
        scale = action instanceof Box box && ActionScale.isBounded(box)
                ? Optional.of(ActionScale.of(box))
                : Optional.empty();
        Initialisation init = shape.init().initialisation();
        encoder = encoder(shape, init);
        int seen = reader.vectorWidth() + (reader.image().isPresent() ? shape.features() : 0);
        features = shape.hidden().isEmpty()
                ? seen
                : shape.hidden().get(shape.hidden().size() - 1);
        if (action instanceof Discrete choices) {
            gaussian = Optional.empty();
            body = Layers.hidden(layout, "policy", seen, shape.hidden(), Layers.relu(), init);
            head = Layers.linear(layout, "policy/logits", features, choices.size(), init);
        } else {
            SquashedGaussian network =
                    new SquashedGaussian(layout, "policy", seen, action.width(), shape.hidden(), shape.limits(), init);
            gaussian = Optional.of(network);
            body = network::features;
            head = network::means;
        }
    }

    private Layer encoder(BcSettings.Network shape, Initialisation init) {
        Optional<ImageShape> image = reader.image();
        if (image.isEmpty()) {
            return (weights, x) -> x;
        }
        return shape.encoder() == Encoder.IMPALA
                ? Layers.impala(layout, "policy/encoder", image.get(), shape.channels(), shape.features(), true, init)
                : Layers.small(layout, "policy/encoder", image.get(), shape.features(), init);
    }

    ObservationReader reader() {
        return reader;
    }

    Layout layout() {
        return layout;
    }

    Space action() {
        return action;
    }

    boolean isDiscrete() {
        return action instanceof Discrete;
    }

    /** Whether the best action is the tanh of the network's answer, and where that lies. */
    Optional<ActionScale> scale() {
        return scale;
    }

    /** Coordinates, or choices. */
    int outputs() {
        return action instanceof Discrete choices ? choices.size() : action.width();
    }

    /** What the last layer reads. */
    int features() {
        return features;
    }

    /**
     * What the last layer reads, {@code [rows, features]}.
     *
     * @param manager owns inputs and result
     * @param observations rows by component's name
     */
    NDArray features(Weights weights, NDManager manager, Function<String, ByteBuffer> observations, int rows) {
        ByteBuffer[] columns = reader.components().stream()
                .map(Component::name)
                .map(observations)
                .toArray(ByteBuffer[]::new);
        int width = reader.vectorWidth();
        if (reader.image().isEmpty()) {
            return body.apply(weights, HostArrays.tensor(manager, reader.vectors(columns, rows), rows, width));
        }
        NDArray seen = encoder.apply(weights, reader.images(manager, columns, rows));
        if (width > 0) {
            NDArray vector = HostArrays.tensor(manager, reader.vectors(columns, rows), rows, width);
            NDArray both = seen.concat(vector, 1);
            seen.close();
            vector.close();
            seen = both;
        }
        return body.apply(weights, seen);
    }

    /** Means before squashing, or logits, {@code [rows, outputs]}. @param features consumed */
    NDArray answer(Weights weights, NDArray features) {
        return head.apply(weights, features);
    }

    /** Means before squashing, and deviations; continuous actions only. @param features consumed */
    SquashedGaussian.Output gaussian(Weights weights, NDArray features) {
        return gaussian.orElseThrow().output(weights, features);
    }

    /** Answers as the numbers that {@link #scale} takes to actions, or as actions where there is none; in place. */
    float[] squashed(float[] answers) {
        if (scale.isPresent()) {
            for (int i = 0; i < answers.length; i++) {
                answers[i] = (float) Math.tanh(answers[i]);
            }
        }
        return answers;
    }
}
