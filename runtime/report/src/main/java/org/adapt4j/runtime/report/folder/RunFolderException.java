package org.adapt4j.runtime.report.folder;

/** The folder given is not one a report can be made of; the message says what is wrong and what to do. */
public final class RunFolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RunFolderException(String message, Throwable cause) {
        super(message, cause);
    }

    public RunFolderException(String message) {
        super(message);
    }
}
