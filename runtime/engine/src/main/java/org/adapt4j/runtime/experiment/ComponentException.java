package org.adapt4j.runtime.experiment;

/** A plug-in's class could not be built: it refuses its settings, its constructor failed, or asks for something that nobody gives. */
public final class ComponentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message says which plug-in, what, and why */
    public ComponentException(String message, Throwable cause) {
        super(message, cause);
    }
}
