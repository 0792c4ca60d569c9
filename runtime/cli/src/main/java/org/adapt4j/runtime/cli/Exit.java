package org.adapt4j.runtime.cli;

/** Exit statuses of every verb. 4 is kept for verification that finds a difference. */
final class Exit {
    static final int OK = 0;
    static final int INTERNAL = 1;
    static final int USAGE = 2;
    static final int CELLS_FAILED = 3;
    static final int INTERRUPTED = 5;

    private Exit() {}
}
