package org.adapt4j.api.task;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * One Markov decision process, as pure data: it can be logged, shipped and compared.
 *
 * @param benchmark name of the benchmark it belongs to
 * @param name unique within the benchmark, and the same in every run, such as {@code coinrun/10000}
 * @param attributes what the benchmark needs to open it; sorted by key
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Task(String benchmark, String name, Map<String, String> attributes) {

    /** Sorts and freezes the attributes. */
    public Task {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /**
     * Returns an attribute.
     *
     * @throws IllegalArgumentException if the task lacks it
     */
    public String attribute(String key) {
        String value = attributes.get(key);
        if (value == null) {
            throw new IllegalArgumentException("task " + name + " has no attribute '" + key + "', only " + attributes);
        }
        return value;
    }
}
