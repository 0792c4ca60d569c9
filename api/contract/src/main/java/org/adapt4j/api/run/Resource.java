package org.adapt4j.api.run;

import java.util.Locale;
import org.apiguardian.api.API;

/** What a method can spend. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Resource {
    /** Steps of an environment, one per slot and action; evaluation is never charged. */
    ENVIRONMENT_STEPS,
    /** Calls of the agent's update. */
    UPDATES,
    /** Passes over the demonstrations in focus, whole ones; offline only. A pass that a change of focus cuts short counts in part. */
    EPOCHS,
    /** Demonstrations asked of an expert. */
    DEMONSTRATIONS;

    /** The name in configurations and logs, such as {@code environment-steps}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
