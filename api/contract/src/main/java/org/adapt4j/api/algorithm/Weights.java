package org.adapt4j.api.algorithm;

import ai.djl.ndarray.NDArray;
import org.apiguardian.api.API;

/** The tensors of a {@link WeightPlan}: either constants, or tracked by a gradient scope. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Weights {

    /** A tensor by its index in the plan. Owned by this object's manager; do not close it. */
    NDArray get(int index);
}
