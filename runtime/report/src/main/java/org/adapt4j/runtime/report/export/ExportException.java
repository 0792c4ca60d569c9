package org.adapt4j.runtime.report.export;

/** A run that cannot be handed to another tool; the message says where it was to go, and why it did not. */
public final class ExportException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ExportException(String message) {
        super(message);
    }

    ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
