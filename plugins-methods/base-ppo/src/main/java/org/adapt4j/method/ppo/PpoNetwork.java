package org.adapt4j.method.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.method.ppo.PpoSettings.Encoder;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ImageShape;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Initialiser;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.Lstm;
import org.adapt4j.toolkit.network.ObservationNormaliser;
import org.adapt4j.toolkit.network.ObservationReader;
import org.jspecify.annotations.Nullable;

/**
 * Encoder, optional memory, and two heads. The plan is plain Java; tensors appear in {@link #run} only.
 *
 * <p>Groups of parameters: {@code encoder}, {@code memory}, {@code policy}, {@code critic}.
 */
final class PpoNetwork {

    private final PpoSettings.Network shape;
    private final ObservationReader inputs;
    private final Space action;
    private final Optional<Conditioning.Memory> memory;
    private final Layout layout = new Layout();
    private final Layer encoder;
    private final @Nullable Layer projection;
    private final @Nullable Lstm lstm;
    private final Layer policy;
    private final Layer critic;
    private final int logStd;
    private final Optional<ObservationNormaliser> normaliser;

    PpoNetwork(PpoSettings settings, EnvironmentSpec spec, Conditioning conditioning) {
        shape = settings.network();
        inputs = new ObservationReader(spec, shape.encoder() != Encoder.MLP);
        action = spec.action();
        memory = conditioning instanceof Conditioning.Memory wanted ? Optional.of(wanted) : Optional.empty();
        Initialisation init = shape.init().initialisation();
        int width;
        if (shape.encoder() == Encoder.MLP) {
            encoder = Layers.hidden(layout, "encoder", inputs.vectorWidth(), shape.hidden(), Layers.tanh(), init);
            width = shape.hidden().isEmpty()
                    ? inputs.vectorWidth()
                    : shape.hidden().get(shape.hidden().size() - 1);
        } else {
            ImageShape image = inputs.image().orElseThrow();
            encoder = shape.encoder() == Encoder.IMPALA
                    ? Layers.impala(
                            layout,
                            "encoder",
                            image,
                            shape.channels(),
                            shape.features(),
                            shape.reluBeforeLinear(),
                            init)
                    : Layers.small(layout, "encoder", image, shape.features(), init);
            width = shape.features() + inputs.vectorWidth();
        }
        width += memoryInputs();
        int units = memory.map(Conditioning.Memory::units).orElse(shape.lstmUnits());
        if (memory.isPresent() && shape.memoryProjection() > 0) {
            projection = Layers.linear(layout, "memory/projection", width, shape.memoryProjection(), init);
            width = shape.memoryProjection();
        } else {
            projection = null;
        }
        if (units > 0) {
            int layers = memory.map(Conditioning.Memory::layers).orElse(shape.lstmLayers());
            lstm = new Lstm(layout, "memory/lstm", width, units, layers);
            width = units;
        } else {
            lstm = null;
        }
        policy = head("policy", width, actionWidth(), 0.01, init);
        critic = head("critic", width, 1, 1, init);
        logStd = isDiscrete()
                ? -1
                : layout.add("policy/log-std", Initialiser.constant(settings.startLogStd()), actionWidth());
        if (settings.normaliseObservations() && inputs.vectorWidth() == 0) {
            throw new IllegalArgumentException(
                    "the observation is a picture, which is not normalised;" + " set normalise-observations = false");
        }
        normaliser = settings.normaliseObservations()
                ? Optional.of(
                        new ObservationNormaliser(layout, "encoder", inputs.vectorWidth(), settings.observationClip()))
                : Optional.empty();
    }

    private Layer head(String name, int inputs, int outputs, double gain, Initialisation hidden) {
        int width = shape.heads().isEmpty()
                ? inputs
                : shape.heads().get(shape.heads().size() - 1);
        Layer layers = Layers.hidden(layout, name, inputs, shape.heads(), Layers.tanh(), hidden);
        return layers.then(Layers.linear(layout, name + "/output", width, outputs, Initialisation.orthogonal(gain)));
    }

    Layout layout() {
        return layout;
    }

    ObservationReader inputs() {
        return inputs;
    }

    /** What normalises that part of observations which is not an image, where that is wanted. */
    Optional<ObservationNormaliser> normaliser() {
        return normaliser;
    }

    Optional<Conditioning.Memory> memory() {
        return memory;
    }

    boolean isRecurrent() {
        return lstm != null;
    }

    boolean isDiscrete() {
        return action instanceof Discrete;
    }

    /** Number of choices, or of coordinates. */
    int actionWidth() {
        return action instanceof Discrete discrete ? discrete.size() : action.width();
    }

    Box box() {
        return (Box) action;
    }

    /** Last action, last reward, end of the last episode; nothing without a memory over trials. */
    int memoryInputs() {
        return memory.isPresent() ? actionWidth() + 2 : 0;
    }

    /** Width of the float input: what is not an image, then the memory's inputs. */
    int vectorWidth() {
        return inputs.vectorWidth() + memoryInputs();
    }

    int stateSize() {
        return lstm == null ? 0 : lstm.stateSize();
    }

    /** Index of the logarithms of the standard deviations; continuous actions only. */
    int logStd() {
        return logStd;
    }

    /**
     * What the network says.
     *
     * @param policy logits or means, {@code [n, actionWidth]}
     * @param value {@code [n]}
     * @param state what is remembered after the last step
     */
    record Output(NDArray policy, NDArray value, float[] state) {}

    /**
     * Runs the network over a stretch of time, time-major; inputs are consumed.
     *
     * @param images bytes {@code [n, h, w, c]}
     * @param vector {@code [n, vectorWidth]}
     * @param state {@code [slots, stateSize]}
     * @param cleared whether the memory is cleared before each sample, {@code [n]}; unused without memory
     */
    Output run(
            Weights weights,
            @Nullable NDArray images,
            @Nullable NDArray vector,
            float[] state,
            boolean[] cleared,
            int steps) {
        NDArray x = features(weights, images, vector);
        float[] after = state;
        if (projection != null) {
            x = projection.apply(weights, x);
        }
        NDArray y;
        if (lstm != null) {
            Lstm.Result result = lstm.run(weights, x, state, cleared, steps);
            x = result.output();
            after = result.state();
            y = shape.criticStopsAtMemory() ? x.stopGradient() : Layer.shared(x);
        } else {
            y = Layer.shared(x);
        }
        NDArray value = critic.apply(weights, y);
        return new Output(policy.apply(weights, x), value.reshape(-1), after);
    }

    /** Runs it over a part of a rollout. @param inputs owns what is made here */
    Output run(Weights weights, NDManager inputs, Experience experience, Experience.Part part) {
        int[] samples = part.samples();
        ByteBuffer bytes = experience.images(samples);
        NDArray images = bytes == null ? null : this.inputs.images(inputs, bytes, samples.length);
        int width = vectorWidth();
        NDArray vector =
                width == 0 ? null : HostArrays.tensor(inputs, experience.vector(samples), samples.length, width);
        return run(weights, images, vector, part.start(), experience.cleared(samples), part.steps());
    }

    private NDArray features(Weights weights, @Nullable NDArray images, @Nullable NDArray vector) {
        if (images != null) {
            NDArray features = encoder.apply(weights, images);
            return vector == null ? features : joined(features, vector);
        }
        if (vector == null) {
            throw new IllegalStateException("neither image nor vector");
        }
        if (memoryInputs() == 0) {
            return encoder.apply(weights, vector);
        }
        NDArray seen = vector.get(":, :" + inputs.vectorWidth());
        NDArray remembered = vector.get(":, " + inputs.vectorWidth() + ":");
        return joined(encoder.apply(weights, seen), remembered);
    }

    private static NDArray joined(NDArray left, NDArray right) {
        NDArray both = left.concat(right, 1);
        left.close();
        right.close();
        return both;
    }
}
