package org.adapt4j.method.pearl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.method.pearl.ContextEncoder.Divergence;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;
import org.adapt4j.toolkit.network.PlainConvolutions;
import org.jspecify.annotations.Nullable;

/** A {@link ContextEncoder} whose weights belong to an algorithm, in the group {@code context}. */
final class ContextNetwork implements Conditioning.Network {

    private static final String GROUP = "context";

    private final int width;
    private final Divergence divergence;
    private final TransitionInputs inputs;
    private final @Nullable Layer convolutions;
    private final Layer distribution;

    ContextNetwork(ContextEncoder encoder, WeightPlan plan, EnvironmentSpec spec) {
        width = encoder.width();
        divergence = encoder.divergence();
        inputs = new TransitionInputs(spec, encoder.action());
        Initialisation init = Initialisation.uniform();
        int features = inputs.vectorWidth();
        if (inputs.image().isPresent()) {
            convolutions = PlainConvolutions.DATA_EFFICIENT.join(
                    plan, GROUP + "/images", inputs.image().get(), init);
            features += PlainConvolutions.DATA_EFFICIENT.features(inputs.image().get());
        } else {
            convolutions = null;
        }
        List<Integer> hidden = encoder.hidden();
        int last = hidden.isEmpty() ? features : hidden.get(hidden.size() - 1);
        distribution = Layers.hidden(plan, GROUP, features, hidden, Layers.relu(), init)
                .then(Layers.linear(plan, GROUP + "/distribution", last, 2 * width, init));
    }

    @Override
    public Conditioning.Encoding encode(
            NDManager manager, Weights weights, Batch.Transitions context, RandomGenerator random) {
        ProductOfGaussians beliefs = beliefs(manager, weights, context);
        double weight =
                divergence.over() == Pearl.KlOver.MEAN ? divergence.weight() / context.tasks() : divergence.weight();
        return new Conditioning.Encoding(beliefs.draw(random), HostArrays.times(beliefs.divergence(), weight));
    }

    @Override
    public Belief infer(NDManager manager, Weights weights, Batch.Transitions context) {
        if (context.size() == 0) {
            return Belief.prior(width);
        }
        if (context.tasks() != 1) {
            throw new IllegalArgumentException(
                    "a belief is about one task, but the context holds " + context.tasks() + " of them");
        }
        try (NDManager step = manager.newSubManager()) {
            ProductOfGaussians belief = beliefs(step, weights, context);
            return new Belief(list(belief.mean()), list(belief.variance()));
        }
    }

    private static List<Float> list(NDArray array) {
        List<Float> numbers = new ArrayList<>();
        for (float number : array.toFloatArray()) {
            numbers.add(number);
        }
        return numbers;
    }

    private ProductOfGaussians beliefs(NDManager manager, Weights weights, Batch.Transitions context) {
        if (context.size() == 0) {
            Shape shape = new Shape(context.tasks(), width);
            return new ProductOfGaussians(manager.zeros(shape), manager.ones(shape));
        }
        NDArray features = inputs.vectors(manager, context);
        if (convolutions != null) {
            features =
                    convolutions.apply(weights, inputs.images(manager, context)).concat(features, 1);
        }
        NDList halves = distribution.apply(weights, features).split(2, 1);
        Shape factors = new Shape(context.tasks(), context.size() / context.tasks(), width);
        return ProductOfGaussians.of(
                halves.get(0).reshape(factors),
                halves.get(1).getNDArrayInternal().softPlus().reshape(factors));
    }
}
