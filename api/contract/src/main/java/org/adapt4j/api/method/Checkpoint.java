package org.adapt4j.api.method;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Snapshot;
import org.apiguardian.api.API;

/**
 * What a learner hands to an adapter.
 *
 * @param weights tensors by name; empty if nothing was learned
 * @param facts anything else that is small, as text
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Checkpoint(Snapshot weights, Map<String, String> facts) {

    /** Before the name of a task: a fact that the runtime adds, how many demonstrations of it the learner was shown. */
    public static final String DEMONSTRATIONS = "demonstrations/";

    /** Sorts and freezes the facts. */
    public Checkpoint {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /** The weights of an agent. */
    public static Checkpoint of(Agent agent) {
        return new Checkpoint(agent.parameters().snapshot(), Map.of());
    }

    /** Nothing learned: from scratch. */
    public static Checkpoint nothing() {
        return new Checkpoint(Snapshot.of(Map.of()), Map.of());
    }

    /** Whether nothing was learned. */
    public boolean isNothing() {
        return weights.tensors().isEmpty();
    }
}
