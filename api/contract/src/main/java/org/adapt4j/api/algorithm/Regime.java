package org.adapt4j.api.algorithm;

import org.apiguardian.api.API;

/** Where an algorithm's experience comes from. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Regime {
    /** Fresh rollouts of the present policy, used once: PPO. */
    ON_POLICY,
    /** A replay buffer: Rainbow, SAC. */
    OFF_POLICY,
    /** Demonstrations: behavioural cloning. */
    OFFLINE
}
