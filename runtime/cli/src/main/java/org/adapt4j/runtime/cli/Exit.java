package org.adapt4j.runtime.cli;

/** Exit statuses of every verb. */
final class Exit {
    static final int OK = 0;
    static final int INTERNAL = 1;
    static final int USAGE = 2;
    static final int CELLS_FAILED = 3;
    /** Something is not what it should be: a package was changed, or a re-run gives something else. */
    static final int DIFFERENT = 4;

    static final int INTERRUPTED = 5;

    private Exit() {}
}
