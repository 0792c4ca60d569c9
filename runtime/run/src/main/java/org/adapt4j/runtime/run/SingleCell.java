package org.adapt4j.runtime.run;

/** Runs one cell as a run does, in a process of its own, and waits for its end. */
public final class SingleCell {
    private final CellFolder folder;
    private final CellLauncher.Running running;
    private boolean stopping;

    private SingleCell(CellFolder folder, CellLauncher.Running running) {
        this.folder = folder;
        this.running = running;
    }

    /**
     * Starts the cell.
     *
     * @throws StorageException if there is no cell in the folder
     */
    public static SingleCell start(CellFolder folder, CellLauncher launcher) {
        var unused = folder.resolved();
        return new SingleCell(folder, launcher.start(folder));
    }

    /** Asks the cell to stop with a checkpoint; stops it at once when asked again. From any thread. */
    public synchronized void stop() {
        if (stopping) {
            running.kill();
        } else {
            running.askToStop();
        }
        stopping = true;
    }

    private synchronized boolean stopping() {
        return stopping;
    }

    /** Waits for the end, notes it in the folder as a run would, and returns the exit status that tells of it, see {@link CellEnd}. */
    public int await() {
        int exit = running.exit().join();
        if (!folder.exists()) {
            return CellEnd.GONE;
        }
        CellState state = CellEnd.settle(folder, "", exit, stopping(), running.pid());
        return switch (state) {
            case DONE -> CellEnd.DONE;
            case FAILED -> exit == CellEnd.DONE ? CellEnd.FAILED : exit;
            default -> exit > CellEnd.UNWRITABLE ? CellEnd.INTERRUPTED : exit;
        };
    }
}
