package org.adapt4j.runtime.run;

/** Tells that a file holds other bytes than were written to it, naming the file, the line if there is one, and the way out. */
public final class DamagedFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DamagedFileException(String message) {
        super(message);
    }
}
