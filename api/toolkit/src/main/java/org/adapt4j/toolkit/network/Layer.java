package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import org.adapt4j.api.algorithm.Weights;

/**
 * A differentiable function of weights and one input.
 *
 * <p>The input is consumed: its handle is closed as soon as it is no longer needed, so that the memory of one layer serves
 * the next. Results belong to the manager of the input.
 */
@FunctionalInterface
public interface Layer {

    /** Applies the function to a batch. */
    NDArray apply(Weights weights, NDArray input);

    /** This layer, then another one. */
    default Layer then(Layer next) {
        return (weights, input) -> next.apply(weights, apply(weights, input));
    }
}
