package org.adapt4j.runtime.packaging;

/** A package that cannot be made, or a file that is none or is refused; the message says what and what to do. */
public final class PackageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PackageException(String message) {
        super(message);
    }

    PackageException(String message, Throwable cause) {
        super(message, cause);
    }
}
