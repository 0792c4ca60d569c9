package org.adapt4j.runtime.cell;

/** A cell was asked to stop, has written a checkpoint, and can be resumed. */
public final class InterruptedCellException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InterruptedCellException() {
        super("stopped after writing a checkpoint; resume the run to go on");
    }
}
