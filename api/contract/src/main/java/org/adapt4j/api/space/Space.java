package org.adapt4j.api.space;

import org.apiguardian.api.API;

/** The set of values an observation component or an action can take. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Space permits Box, Discrete {

    /** Kind of the numbers in memory. */
    Element element();

    /** How many numbers one value has. */
    int width();

    /** Size of one value in bytes. */
    default int bytes() {
        return width() * element().bytes();
    }
}
