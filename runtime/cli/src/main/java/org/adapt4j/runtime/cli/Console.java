package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * Where the command line writes: results to {@code out}, what happens meanwhile to {@code err}.
 *
 * @param out what a program may read
 * @param err what a person reads
 * @param terminal whether a person reads {@code err} on a screen that can rewrite a line
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {
    /** The standard streams; the launcher knows whether they are a terminal. */
    static Console standard() {
        return new Console(System.out, System.err, Boolean.getBoolean("adapt4j.terminal"));
    }

    void json(JsonNode node) {
        out.println(node.toPrettyString());
    }
}
