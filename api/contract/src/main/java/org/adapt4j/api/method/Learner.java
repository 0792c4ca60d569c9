package org.adapt4j.api.method;

import org.adapt4j.api.algorithm.Conditioning;
import org.apiguardian.api.API;

/** Prepares on training tasks: pre-training or meta-training. Built anew for each cell. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Learner extends Phase {

    /**
     * The extra input it will ask its agent for; known beforehand so that the whole grid can be checked. An adapter finds it
     * in the {@link Checkpoint}.
     */
    default Conditioning conditioning() {
        return Conditioning.none();
    }

    /**
     * Learns until the budget is spent, and says what to carry over.
     *
     * <p>A killed run calls this again from the start; the first {@link Session#proceed} then restores everything the agents
     * and streams knew. So whatever the method itself remembers from one pass of its loop to the next must live in those, or be given to
     * {@link Session#keep}.
     *
     * @param session whose tasks are the training tasks
     */
    Checkpoint learn(Session session);
}
