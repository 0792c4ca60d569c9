package org.adapt4j.runtime.plugins;

/** A plug-in's class could not be built: its constructor failed, or asks for something that nobody gives. */
public final class ComponentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ComponentException(String message, Throwable cause) {
        super(message, cause);
    }
}
