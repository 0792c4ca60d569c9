package org.adapt4j.api.task;

import org.apiguardian.api.API;

/** Which part of a benchmark: the tasks one may learn from, or those kept for the test. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Split {
    /** For pre-training. */
    TRAIN,
    /** Held out: met by adapters only. */
    TEST
}
