package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * Where the command line writes: results to {@code out}, what happens meanwhile to {@code err}. Both write what a terminal would carry
 * out as escapes, since names and messages may come from anywhere.
 */
final class Console {
    private static final String TO_LINE_START = "\r\u001b[K";
    private static final String UP = "\u001b[%dF\u001b[J";
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final PrintStream err;
    private final PrintStream rawErr;
    private final boolean terminal;

    /**
     * Writes to two streams.
     *
     * @param out what a program may read
     * @param err what a person reads
     * @param terminal whether a person reads {@code err} on a screen that can rewrite a line
     */
    Console(PrintStream out, PrintStream err, boolean terminal) {
        this.out = new LegiblePrintStream(out);
        this.err = new LegiblePrintStream(err);
        this.rawErr = err;
        this.terminal = terminal;
    }

    /** The standard streams; the launcher knows whether they are a terminal. */
    static Console standard() {
        return new Console(System.out, System.err, Boolean.getBoolean("adapt4j.terminal"));
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    boolean terminal() {
        return terminal;
    }

    /** Takes back the line being written, on a terminal. */
    void takeBackLine() {
        err.flush();
        rawErr.print(TO_LINE_START);
        rawErr.flush();
    }

    /** Writes lines in the place of as many that were written before, on a terminal; those that are too long for it are cut. */
    void rewrite(int linesBefore, String lines) {
        rawErr.print(linesBefore > 0 ? UP.formatted(linesBefore) + NO_WRAP : NO_WRAP);
        err.print(lines);
        err.flush();
        rawErr.print(WRAP);
        rawErr.flush();
    }

    void json(JsonNode node) {
        out.println(node.toPrettyString());
    }
}
