package org.adapt4j.runtime.run;

/** Tells that other code would run than the run was made by, with what differs. */
public final class ChangedCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangedCodeException(String message) {
        super(message);
    }
}
