package org.adapt4j.toolkit.policy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Conditioning.Encoding;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.toolkit.network.HostArrays;

/**
 * The part of a network that a method joins to tell tasks apart (PEARL, Rakelly et al. 2019), as an algorithm feeds it: vectors of
 * slots where it acts, vectors of transitions where it learns. Where no method asks for a context, all of it is empty.
 */
public final class ContextInput {

    private final int width;
    private final Optional<Conditioning.Network> network;

    private ContextInput(int width, Optional<Conditioning.Network> network) {
        this.width = width;
        this.network = network;
    }

    /** Adds the encoder's weights to a plan, if there is an encoder. */
    public static ContextInput join(Conditioning conditioning, WeightPlan plan, EnvironmentSpec spec) {
        return conditioning instanceof Conditioning.Context wanted
                ? new ContextInput(
                        wanted.encoder().width(), Optional.of(wanted.encoder().join(plan, spec)))
                : new ContextInput(0, Optional.empty());
    }

    /** Why an encoder cannot read such observations; empty if it can, or if there is none. */
    public static Optional<String> objection(Conditioning conditioning, EnvironmentSpec spec) {
        return conditioning instanceof Conditioning.Context wanted
                ? wanted.encoder().objection(spec)
                : Optional.empty();
    }

    /** Numbers of a vector; 0 without a context. */
    public int width() {
        return width;
    }

    /** Whether a method asks for a context. */
    public boolean isPresent() {
        return network.isPresent();
    }

    /** What a policy starts from: the vector of each slot, which somebody else infers. */
    public PolicyState newState(int slots) {
        return isPresent() ? new ContextVectors(slots, width) : PolicyState.none(slots);
    }

    /** The vectors of all slots, {@code [slots · width]}; empty without a context. */
    public static float[] vectors(PolicyState state) {
        return state instanceof ContextVectors conditioned ? conditioned.vectors() : new float[0];
    }

    /** The same, {@code [slots, width]}; empty without a context. */
    public Optional<NDArray> vectors(NDManager manager, PolicyState state) {
        return state instanceof ContextVectors conditioned
                ? Optional.of(HostArrays.tensor(manager, conditioned.vectors(), conditioned.slots(), width))
                : Optional.empty();
    }

    /**
     * Infers the vector of each transition of a batch, within a gradient scope if the weights are tracked.
     *
     * @param weights of the plan that the encoder was joined to
     * @return vectors {@code [size, width]}, and the regulariser; empty without a context
     */
    public Optional<Encoding> encode(
            NDManager manager, Weights weights, Batch.Transitions batch, RandomGenerator random) {
        return network.map(encoder -> {
            Encoding byTask = encoder.encode(manager, weights, batch.context(), random);
            return new Encoding(perTransition(byTask.vector(), batch), byTask.regulariser());
        });
    }

    /** A vector per task as one per transition: a batch holds equal shares of its tasks, in blocks. */
    private NDArray perTransition(NDArray vectors, Batch.Transitions batch) {
        int share = batch.size() / batch.tasks();
        NDArray blocks = vectors.getManager().zeros(new Shape(batch.tasks(), share, width));
        return blocks.add(vectors.reshape(batch.tasks(), 1, width)).reshape(batch.size(), width);
    }

    /**
     * The belief after some experience of one task; the prior after none.
     *
     * @param life manager of the algorithm
     */
    public Belief infer(NDManager life, Weights weights, Batch.Transitions context) {
        if (context.size() == 0) {
            return Belief.prior(width);
        }
        try (NDManager step = life.newSubManager()) {
            return network.orElseThrow().infer(step, weights, context);
        }
    }
}
