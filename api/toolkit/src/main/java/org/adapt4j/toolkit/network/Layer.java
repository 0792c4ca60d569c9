package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import org.adapt4j.api.algorithm.Weights;

/**
 * A differentiable function of weights and one input.
 *
 * <p>The input is consumed: its handle is closed as soon as it is no longer needed, so that the memory of one layer serves
 * the next. What two layers read is {@link #shared}. Results belong to the manager of the input.
 */
@FunctionalInterface
public interface Layer {

    /** Applies the function to a batch. */
    NDArray apply(Weights weights, NDArray input);

    /**
     * A second handle on the same numbers, for a further layer that reads them: each layer closes the handle it is given. Gradients
     * of both add up.
     */
    static NDArray shared(NDArray read) {
        return read.reshape(read.getShape());
    }

    /** This layer, then another one. */
    default Layer then(Layer next) {
        return (weights, input) -> next.apply(weights, apply(weights, input));
    }
}
