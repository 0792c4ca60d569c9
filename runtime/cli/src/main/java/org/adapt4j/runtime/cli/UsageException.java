package org.adapt4j.runtime.cli;

/** Tells that the command line, or a file it names, asks for something that cannot be. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
