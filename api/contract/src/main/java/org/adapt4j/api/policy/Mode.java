package org.adapt4j.api.policy;

import org.apiguardian.api.API;

/** What a policy is asked for. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Mode {
    /** Act as in training, with the algorithm's own exploration. */
    EXPLORE,
    /** Act as well as it can: what is measured. */
    EXPLOIT
}
