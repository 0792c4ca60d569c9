package org.adapt4j.env.gymnasium;

/** The Python of the user, or the environment in it, cannot do what is asked, or answers what it should not. The message says what to do. */
public final class GymnasiumException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    GymnasiumException(String message) {
        super(message);
    }

    GymnasiumException(String message, Throwable cause) {
        super(message, cause);
    }
}
