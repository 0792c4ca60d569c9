package org.adapt4j.api.run;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * A named source of random numbers. Streams form a tree by name path; a stream's numbers depend on the root seed and on
 * its own path only, so adding a consumer never shifts another's numbers.
 *
 * <p>Asking twice for the same child returns the same stream. The runtime saves and restores the whole tree. Not for use
 * by two threads at once: give each its own child.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface RandomStream extends RandomGenerator {

    /**
     * The stream of that name below this one.
     *
     * @param name any text
     */
    RandomStream child(String name);

    /** The stream numbered {@code index} below this one. */
    default RandomStream child(int index) {
        return child(Integer.toString(index));
    }
}
