package org.adapt4j.env.rlbench.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;

/** RLBench's server cannot be started, does not answer, or answers what it should not. The message says which, and what to do. */
public final class BridgeException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The server could not be started, or nobody listens at the address. */
        LAUNCH,
        /** The connection broke: the simulator is gone. */
        DEAD,
        /** No answer came in time. */
        SLOW,
        /** What came is not of the protocol. */
        NONSENSE,
        /** The server did not grant a request, which the message repeats. */
        REFUSED
    }

    private final Kind kind;

    BridgeException(Kind kind, String message) {
        super(message, new IOException(message));
        this.kind = kind;
    }

    BridgeException(Kind kind, String message, Throwable cause) {
        super(message, new IOException(message, cause));
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Whether another simulator may do better. */
    boolean mayPass() {
        return kind == Kind.DEAD || kind == Kind.SLOW;
    }
}
