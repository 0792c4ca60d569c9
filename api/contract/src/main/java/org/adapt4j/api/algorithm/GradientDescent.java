package org.adapt4j.api.algorithm;

import org.apiguardian.api.API;

/**
 * Ability of an algorithm to take steps of plain gradient descent, and to give the gradient: for methods that compute with gradients,
 * such as MAML (Finn et al. 2017). It changes what {@link BaseAlgorithm#update} does with its gradient; what an update consumes and costs
 * stays the same.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface GradientDescent {

    /**
     * Lets each update from now on move the trained weights by {@code −rate · gradient}, without moments, decay or schedule. The
     * optimiser and its memory are left alone. Not part of the saved state: a method says it in each pass of its loop, or
     * before the loop.
     *
     * @param rate how far; 0 leaves the weights where they are, and only looks
     */
    void descendBy(double rate);

    /**
     * The gradient of the last such update's loss, where it began: names and shapes of the weights, zeros for those that are not
     * trained. A copy.
     *
     * @throws IllegalStateException if there was no such update
     */
    Snapshot gradient();
}
