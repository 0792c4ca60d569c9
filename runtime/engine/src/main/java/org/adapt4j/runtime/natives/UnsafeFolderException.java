package org.adapt4j.runtime.natives;

/** Tells that there is no folder for native libraries that only this user can write to, and what to do. */
public final class UnsafeFolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsafeFolderException(String message) {
        super(message);
    }
}
