package org.adapt4j.runtime.experiment;

import org.adapt4j.api.run.RandomStream;

/** Stands where a request needs a stream although nothing may be drawn: while a grid is checked. */
enum NoRandomness implements RandomStream {
    /** The one. */
    INSTANCE;

    @Override
    public RandomStream child(String name) {
        return this;
    }

    @Override
    public long nextLong() {
        throw new IllegalStateException("an objection must not depend on random numbers");
    }
}
