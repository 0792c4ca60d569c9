package org.adapt4j.api.algorithm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.apiguardian.api.API;

/** The one extra input that a method may ask an algorithm for. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Conditioning {

    /** Nothing extra. */
    record None() implements Conditioning {}

    /**
     * A recurrent memory over a trial that is fed the last action, reward and end of episode (RL², Duan et al. 2016).
     * Memory is cleared at {@code NEW_TRIAL} only; the end of an episode within a trial is an input, not the end of the
     * return.
     *
     * @param units of each recurrent layer
     * @param layers stacked
     * @param seesEpisodeEnds whether the inputs tell how an episode within a trial ended; false repeats the defect of the
     *     study's code (methods specification 8.1), where end and final reward are blanked
     * @param lastEpisodeOnly whether the reward that ends an episode counts in the last episode of a trial only, as in the
     *     study's training; false rewards all episodes, as in the original
     */
    record Memory(int units, int layers, boolean seesEpisodeEnds, boolean lastEpisodeOnly) implements Conditioning {}

    /**
     * A vector that an encoder infers from recent experience of the same task (PEARL, Rakelly et al. 2019). The algorithm
     * feeds it to policy and critic beside the observation; gradients of the critic's loss train the encoder.
     *
     * @param encoder the network that infers
     * @param size transitions of a context, drawn with replacement
     * @param window how many of the newest transitions of a task a context is drawn from
     * @param everyStep whether the vector is inferred and drawn anew at every step instead of once per episode
     */
    record Context(Encoder encoder, int size, int window, boolean everyStep) implements Conditioning {}

    /** A network that infers a vector from transitions. A plan: free of native code until {@link Network}. */
    interface Encoder {

        /** Length of the vector. */
        int width();

        /** Why it cannot read such observations, in a sentence that says what to change; empty if it can. */
        Optional<String> objection(EnvironmentSpec spec);

        /** Adds its weights to those of an algorithm, in the group {@code context}. */
        Network join(WeightPlan plan, EnvironmentSpec spec);
    }

    /** The joined network. */
    interface Network {

        /**
         * Encodes inside the gradient scope of an update.
         *
         * @param manager owns what is made here
         * @param context equal shares of all tasks of a batch, in the batch's order of tasks
         * @param random for the draw from the belief
         */
        Encoding encode(NDManager manager, Weights weights, Batch.Transitions context, RandomGenerator random);

        /** The belief after a context of a single task, outside of any gradient. */
        Belief infer(NDManager manager, Weights weights, Batch.Transitions context);
    }

    /**
     * What a network returns.
     *
     * @param vector {@code [tasks, width]}
     * @param regulariser scalar that is added to the loss before the one backward pass
     */
    record Encoding(NDArray vector, NDArray regulariser) {}

    /** Returns {@link None}. */
    static Conditioning none() {
        return new None();
    }
}
