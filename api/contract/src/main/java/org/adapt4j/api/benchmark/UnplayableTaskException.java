package org.adapt4j.api.benchmark;

import org.apiguardian.api.API;

/** A task cannot be played on this machine: the message says which, why, and what to do. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class UnplayableTaskException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a message for the user. */
    public UnplayableTaskException(String message) {
        super(message);
    }
}
