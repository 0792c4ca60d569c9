package org.adapt4j.runtime.run;

/** An executor lacks what it needs; the message says what, and what to do. */
public final class ExecutorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ExecutorException(String message) {
        super(message);
    }

    public ExecutorException(String message, Throwable cause) {
        super(message, cause);
    }
}
