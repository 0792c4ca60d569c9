package org.adapt4j.toolkit.environment;

import java.util.Map;

/** A slot that knows where its time went, for benchmarks. */
public interface Timed extends Slot {

    /** Nanoseconds spent so far by parts of the work, in a fixed order. */
    Map<String, Long> nanos();
}
