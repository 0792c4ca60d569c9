package org.adapt4j.api.run;

import java.util.Map;
import org.apiguardian.api.API;

/** Where a method writes down numbers about its training. The run stamps each with everything spent so far. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Metrics {

    /** Records one value. Names are kebab-case, such as {@code outer-step-size}. */
    default void record(String name, double value) {
        record(Map.of(name, value));
    }

    /** Records values that belong together. */
    void record(Map<String, Double> values);
}
