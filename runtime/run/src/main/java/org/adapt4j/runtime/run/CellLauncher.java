package org.adapt4j.runtime.run;

import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Starts cells, each in a process of its own. Whoever opened it closes it, once no cell runs any more. */
@FunctionalInterface
public interface CellLauncher extends AutoCloseable {
    /** Starts the cell in a folder; does not wait for it. */
    Running start(CellFolder folder);

    /** How many cells can run at once at this moment, if that is not for the cores of this machine to say. Asked again and again. */
    default OptionalInt capacity() {
        return OptionalInt.empty();
    }

    /** How many cells can run at once at most, whatever anybody asks for; empty if it does not matter. */
    default OptionalInt most() {
        return OptionalInt.empty();
    }

    /** Ends what still runs. */
    @Override
    default void close() {}

    /** A process at work. */
    interface Running {
        /** Number of the process on its machine; asked for once it has ended. */
        long pid();

        /** Completes with the exit status, see {@link CellEnd}. */
        CompletableFuture<Integer> exit();

        /** Asks the cell to write a checkpoint and stop. */
        void askToStop();

        /** Stops the cell at once. */
        void kill();
    }
}
