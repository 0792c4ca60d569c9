package org.adapt4j.runtime.natives;

/** Tells that a jar does not hold the native library that it was made with, and what to do. */
public final class DamagedLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedLibraryException(String message) {
        super(message);
    }
}
