package org.adapt4j.api.method;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Snapshot;
import org.apiguardian.api.API;

/**
 * What a learner hands to an adapter.
 *
 * @param weights tensors by name; empty if nothing was learned
 * @param conditioning the extra input that the weights were trained with: who goes on with them asks its agent for the same
 * @param facts anything else that is small, as text
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Checkpoint(Snapshot weights, Conditioning conditioning, Map<String, String> facts) {

    /** Before the name of a task: a fact that the runtime adds, how many demonstrations of it the learner was shown. */
    public static final String DEMONSTRATIONS = "demonstrations/";

    /** Sorts and freezes the facts. */
    public Checkpoint {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /** The weights of an agent, and what they were conditioned on. */
    public static Checkpoint of(Agent agent) {
        return new Checkpoint(agent.parameters().snapshot(), agent.conditioning(), Map.of());
    }

    /** Nothing learned: from scratch. */
    public static Checkpoint nothing() {
        return new Checkpoint(Snapshot.of(Map.of()), Conditioning.none(), Map.of());
    }

    /** Whether nothing was learned. */
    public boolean isNothing() {
        return weights.tensors().isEmpty();
    }
}
