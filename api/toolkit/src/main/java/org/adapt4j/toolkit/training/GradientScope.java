package org.adapt4j.toolkit.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.IdentityHashMap;
import java.util.Map;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.toolkit.network.WeightVector;

/**
 * One gradient, from the first forward pass to the optimiser's step:
 *
 * <pre>
 * try (GradientScope scope = new GradientScope(life)) {
 *     scope.add((inputs, tracked) -&gt; loss);   // once, or once per part of a minibatch
 *     adam.step(scope.gradient(weights), …);
 * }
 * </pre>
 *
 * Gradients of several calls add up. Only one scope may be open in a process: the engine has a single collector. Everything
 * made inside goes with it.
 */
public final class GradientScope implements AutoCloseable {

    private final NDManager life;
    private final Map<WeightVector, NDArray> leaves = new IdentityHashMap<>();

    /**
     * Opens a scope.
     *
     * @param parent manager of the algorithm
     */
    public GradientScope(NDManager parent) {
        life = parent.newSubManager();
    }

    /** A loss as a function of tracked weights. */
    @FunctionalInterface
    public interface Loss {

        /**
         * Computes the loss.
         *
         * @param inputs manager for inputs; closed after the backward pass
         * @param tracked gives the weights whose gradient is wanted
         * @return a scalar
         */
        NDArray of(NDManager inputs, Tracked tracked);
    }

    /**
     * A loss that brings home what was found on the way to it.
     *
     * @param <T> what that is, on the host: the tensors are gone after the backward pass
     */
    @FunctionalInterface
    public interface FindingLoss<T> {

        /** Computes the loss; parameters as of {@link Loss#of}. */
        Found<T> of(NDManager inputs, Tracked tracked);
    }

    /**
     * What a loss function gives back.
     *
     * @param loss a scalar
     * @param found what the host is to know
     */
    public record Found<T>(NDArray loss, T found) {}

    /** Weights that collect gradients. */
    @FunctionalInterface
    public interface Tracked {

        /** The tensors of a vector; ask once per loss. */
        Weights of(WeightVector vector);
    }

    /** Adds the gradient of a loss with respect to every vector it asks for. */
    public void add(Loss loss) {
        addFinding((inputs, tracked) -> new Found<>(loss.of(inputs, tracked), 0));
    }

    /** Adds the gradient of a loss, and gives what was found on the way. */
    public <T> T addFinding(FindingLoss<T> loss) {
        try (NDManager part = life.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Found<T> result = loss.of(part, vector -> vector.split(leaves.computeIfAbsent(vector, v -> v.leaf(life))));
            collector.backward(result.loss());
            return result.found();
        }
    }

    /** The sum of gradients, {@code [count]}; owned by the scope. */
    public NDArray gradient(WeightVector vector) {
        NDArray leaf = leaves.get(vector);
        if (leaf == null) {
            throw new IllegalStateException("no loss of these weights has been added");
        }
        return leaf.getGradient();
    }

    /** Frees everything. */
    @Override
    public void close() {
        life.close();
    }
}
