package org.adapt4j.method.pearl;

import java.util.List;
import java.util.Optional;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.environment.EnvironmentSpec;

/**
 * The plan of the network that infers a task from experience: each transition of a context is encoded by itself to a normal
 * distribution, and the belief is their product (Rakelly et al. 2019, section 4.1).
 *
 * <p>An image goes through convolutions; its features, all other observations, the action and the
 * reward go through fully connected layers.
 *
 * @param width of the vector, L
 * @param hidden widths of the fully connected layers between features and distribution
 * @param action how an action is put in
 * @param divergence what the loss pays for beliefs that differ from the prior; of no effect without updates
 * @param pictures what an image goes through
 */
record ContextEncoder(
        int width, List<Integer> hidden, Pearl.ActionInput action, Divergence divergence, Pearl.Pictures pictures)
        implements Conditioning.Encoder {

    /** With the convolutions of data-efficient Rainbow. */
    ContextEncoder(int width, List<Integer> hidden, Pearl.ActionInput action, Divergence divergence) {
        this(width, hidden, action, divergence, Pearl.Pictures.STRIDED);
    }

    /** Freezes the list. */
    ContextEncoder {
        hidden = List.copyOf(hidden);
    }

    /**
     * The term that keeps beliefs near the prior: {@code weight · KL(belief ‖ N(0, I))}, summed over coordinates.
     *
     * @param weight λ
     * @param over what is done over the tasks of a batch
     */
    record Divergence(double weight, Pearl.KlOver over) {}

    @Override
    public Optional<String> objection(EnvironmentSpec spec) {
        return TransitionInputs.objection(spec, pictures);
    }

    @Override
    public Conditioning.Network join(WeightPlan plan, EnvironmentSpec spec) {
        return new ContextNetwork(this, plan, spec);
    }
}
