package org.adapt4j.api.policy;

import org.apiguardian.api.API;

/**
 * A state with a vector per slot that somebody else infers and the policy acts upon: the belief over tasks of PEARL. Zeros in
 * a fresh state, which is the mean of the prior.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface ConditionedState extends PolicyState {

    /**
     * Sets the vector of a slot until the next call.
     *
     * @param vector of the encoder's width; copied
     */
    void condition(int slot, float[] vector);
}
