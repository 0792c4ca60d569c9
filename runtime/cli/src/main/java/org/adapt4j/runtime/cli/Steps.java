package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** How far a cell has come: environment steps, or updates where nothing is played. */
final class Steps {

    private Steps() {}

    /** Of a line of metrics. */
    static long of(JsonNode line) {
        long played = line.path("environment-steps").asLong();
        return played == 0 ? line.path("updates").asLong() : played;
    }
}
