package org.adapt4j.env.mujoco;

/** A model's text cannot be compiled. The message begins with the model's name and says what MuJoCo says, with its line. */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What is wrong, beginning with the model's name. */
    public ModelException(String message) {
        super(message);
    }
}
