package org.adapt4j.api.algorithm;

import org.apiguardian.api.API;

/** Ability of an algorithm that was made with {@link Conditioning.Context}: infers what task it is in from experience. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ContextInference {

    /**
     * The belief after some experience, with the present weights and without a gradient.
     *
     * @param context transitions of a single task; without any, the answer is {@link Belief#prior}
     */
    Belief infer(Batch.Transitions context);
}
