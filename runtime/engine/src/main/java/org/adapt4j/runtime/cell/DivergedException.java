package org.adapt4j.runtime.cell;

/** Training left the numbers: an update gave something infinite, or no number. Not a score but a failure of the cell. */
public final class DivergedException extends RuntimeException {

    /** What to do about it. */
    public static final String REMEDY = ". Lower the learning rate, or see what else drives the algorithm so far";

    private static final long serialVersionUID = 1;

    DivergedException(String message) {
        super(message + REMEDY);
    }
}
