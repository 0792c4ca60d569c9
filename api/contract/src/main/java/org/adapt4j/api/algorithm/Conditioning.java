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
     * @param view what the memory is told of a trial, and what of it counts
     */
    record Memory(int units, int layers, TrialView view) implements Conditioning {

        /** A memory that is told everything, over trials of which everything counts, as in the original. */
        public Memory(int units, int layers) {
            this(units, layers, TrialView.WHOLE);
        }
    }

    /**
     * How a method shows a trial to its memory, and what of its rewards it learns from. A pure function that is equal to
     * others that do the same; called for each step, so it allocates nothing. As it stands, all is shown and all counts.
     */
    interface TrialView {

        /** Shows and counts all. */
        TrialView WHOLE = new TrialView() {
            @Override
            public String toString() {
                return "WHOLE";
            }
        };

        /**
         * The last reward, as the memory is told it.
         *
         * @param ended whether it ended an episode
         */
        default float reward(float reward, boolean ended) {
            return reward;
        }

        /** The input that tells that the last step ended an episode. */
        default float end(boolean ended) {
            return ended ? 1 : 0;
        }

        /**
         * Whether a reward counts in the return that is learned from.
         *
         * @param ended whether it ended an episode
         * @param last whether that episode was the last one of its trial
         */
        default boolean counts(boolean ended, boolean last) {
            return true;
        }
    }

    /**
     * A vector that an encoder infers from recent experience of the same task (PEARL, Rakelly et al. 2019). The algorithm
     * feeds it to policy and critic beside the observation; gradients of the critic's loss train the encoder.
     *
     * @param encoder the network that infers
     * @param size transitions of a context, drawn with replacement
     * @param window how many of the newest transitions of a task a context is drawn from
     * @param everyStep whether the vector is inferred and drawn anew at every step instead of once per episode
     * @param priorEpisodes share of the episodes of training that act on the prior, as the first on a new task does; contexts are
     *     drawn from these alone. 0: all act on what is believed, and contexts are drawn from all
     */
    record Context(Encoder encoder, int size, int window, boolean everyStep, double priorEpisodes)
            implements Conditioning {

        /** A context of all that was played. */
        public Context(Encoder encoder, int size, int window, boolean everyStep) {
            this(encoder, size, window, everyStep, 0);
        }
    }

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
