package org.adapt4j.env.mujoco;

/** MuJoCo could not go on: it is missing, of another version than the binding, or refused what it was asked to do. */
public final class PhysicsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PhysicsException(String message) {
        super(message);
    }

    PhysicsException(String message, Throwable cause) {
        super(message, cause);
    }
}
