package org.adapt4j.api.algorithm;

import ai.djl.ndarray.NDArray;
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
     * A vector that an encoder infers from context (PEARL).
     *
     * @param encoder trained in the critic's graph
     */
    record Context(Encoder encoder) implements Conditioning {}

    /** Infers a vector from transitions, inside the gradient scope of an update. */
    interface Encoder {

        /** Length of the vector. */
        int width();

        /** Encodes the context of each task. */
        Encoding encode(Batch.Transitions context);

        /** Its weights, trained by the algorithm. */
        Parameters parameters();
    }

    /**
     * What an encoder returns.
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
