package org.adapt4j.api.space;

import org.apiguardian.api.API;

/**
 * One choice among {@code size}, stored as an {@code int} in {@code [0, size)}.
 *
 * @param size number of choices, at least 1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Discrete(int size) implements Space {

    /** Checks the size. */
    public Discrete {
        if (size < 1) {
            throw new IllegalArgumentException("size: must be at least 1 but is " + size);
        }
    }

    @Override
    public Element element() {
        return Element.INT32;
    }

    @Override
    public int width() {
        return 1;
    }
}
