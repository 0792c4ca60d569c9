package org.adapt4j.runtime.experiment;

import java.time.Duration;
import org.adapt4j.api.settings.Check;

/**
 * How cells are run; changes no result.
 *
 * @param heap Java heap of a cell in megabytes
 * @param checkpointEvery least time between two checkpoints
 * @param filmFrames of the film of each adapted policy; 0 for none
 * @param onFailure what becomes of the others once a cell has failed
 * @param keep which weights stay in the folder of a run
 * @param tensorboard whether each cell writes event files for TensorBoard while it goes on, into its folder
 */
public record RunSettings(
        int heap, Duration checkpointEvery, int filmFrames, OnFailure onFailure, Keep keep, boolean tensorboard) {

    /** Which weights stay in the folder of a run. */
    public enum Keep {
        /** Those of pre-training, from which others adapt. */
        LEARNED,
        /** Those too with which each adaptation ended. */
        ADAPTED,
        /** None once all cells are done; until then those of pre-training, which others start from. */
        NONE
    }

    /** What becomes of the others once a cell has failed. */
    public enum OnFailure {
        /** They run: a failure is a result. */
        CONTINUE,
        /** They stop as by Ctrl-C, and may be resumed. */
        STOP
    }

    /** Checks the numbers. */
    public RunSettings {
        Check.positive("heap", heap);
        Check.that(!checkpointEvery.isNegative(), "checkpoint-every", "must not be negative but is " + checkpointEvery);
        Check.notNegative("film-frames", filmFrames);
    }
}
