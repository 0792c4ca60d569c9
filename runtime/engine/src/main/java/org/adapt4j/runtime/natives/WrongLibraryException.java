package org.adapt4j.runtime.natives;

/** Tells that a library which the user brings cannot be used, and what to do. */
public final class WrongLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongLibraryException(String message) {
        super(message);
    }
}
