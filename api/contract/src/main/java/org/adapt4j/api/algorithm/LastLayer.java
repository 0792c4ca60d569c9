package org.adapt4j.api.algorithm;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Ability of an algorithm whose policy ends in a linear layer: what that layer reads and what it answers, for many observations in one
 * forward pass. Gradients of a loss in the last layer follow from the two without a backward pass (Bagatella et al. 2025, section 4.2).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface LastLayer {

    /** Activations that the last layer reads, without its bias. */
    int features();

    /** Numbers that the policy answers: coordinates of a continuous action, or choices of a discrete one. */
    int outputs();

    /**
     * A forward pass with the present weights.
     *
     * @param observations by component, {@code [rows, …shape]}, native byte order, from index 0
     * @param rows at least 1
     * @param features where to write activations, {@code [rows, features()]}, from index 0
     * @param outputs where to write answers, {@code [rows, outputs()]}, from index 0: the mean action in the action's own units, or
     *     logits
     */
    void forward(Map<String, ByteBuffer> observations, int rows, FloatBuffer features, FloatBuffer outputs);
}
