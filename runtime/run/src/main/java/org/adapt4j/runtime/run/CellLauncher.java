package org.adapt4j.runtime.run;

import java.util.concurrent.CompletableFuture;

/** Starts cells, each in a process of its own. */
@FunctionalInterface
public interface CellLauncher {
    /** Starts the cell in a folder; does not wait for it. */
    Running start(CellFolder folder);

    /** A process at work. */
    interface Running {
        /** Number of the process on this machine. */
        long pid();

        /** Completes with the exit status, see {@link CellEnd}. */
        CompletableFuture<Integer> exit();

        /** Asks the cell to write a checkpoint and stop. */
        void askToStop();

        /** Stops the cell at once. */
        void kill();
    }
}
