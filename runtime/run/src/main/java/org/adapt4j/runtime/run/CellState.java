package org.adapt4j.runtime.run;

import java.util.Locale;

/** Where a cell stands. */
public enum CellState {
    /** Never started. */
    PLANNED,
    /** A live process works on it. */
    RUNNING,
    /** Its process is gone without a word: it was killed, or the machine went down. */
    LOST,
    /** Stopped on request, or because it could not write. */
    INTERRUPTED,
    /** Finished; never runs again. */
    DONE,
    /** Ended with a reason, which is a result too. */
    FAILED,
    /** Cannot be, or what it starts from failed. */
    NOT_APPLICABLE;

    /** The name in files and on the screen. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether there is nothing left to do. */
    public boolean isFinal() {
        return this == DONE || this == FAILED || this == NOT_APPLICABLE;
    }
}
