package org.adapt4j.runtime.run;

/** Tells that a run folder was made from another configuration, and shows the lines that differ. */
public final class ChangedConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChangedConfigurationException(String message) {
        super(message);
    }
}
