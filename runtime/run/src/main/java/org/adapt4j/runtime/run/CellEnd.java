package org.adapt4j.runtime.run;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges how the process of a cell ended, from its exit status and from what it left behind.
 *
 * <p>The process reports with its exit status: 0 done, {@value #FAILED} failed for the reason in its result, {@value #GONE} its folder was
 * deleted, {@value #OUT_OF_MEMORY} the virtual machine ran out of memory, {@value #INTERRUPTED} stopped and resumable, {@value #BUSY} another
 * process works on the cell, {@value #FULL} and {@value #UNWRITABLE} stopped because it could not write, above 128 ended by the signal of the
 * rest. Those that cannot write have a status of their own because such a process may have no place left to say why.
 */
public final class CellEnd {
    /** The cell is finished. */
    public static final int DONE = 0;

    /** The cell failed, and said why. */
    public static final int FAILED = 1;
    /** The cell's folder was deleted beneath it. The operating system's own number for what is not there. */
    public static final int GONE = 2;
    /** What the virtual machine gives back under {@code -XX:+ExitOnOutOfMemoryError}. */
    public static final int OUT_OF_MEMORY = 3;
    /** The cell stopped and can be resumed. */
    public static final int INTERRUPTED = 5;
    /** Another process works on this cell, which is left alone. The operating system's own number for it. */
    public static final int BUSY = 16;
    /** The cell met a full disk; it can be resumed once there is space. The operating system's own number for it. */
    public static final int FULL = 28;
    /** The cell met a folder that cannot be written to; it can be resumed once it can. The operating system's own number for it. */
    public static final int UNWRITABLE = 30;

    private static final int SIGNAL = 128;
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            15, "SIGTERM");
    /** By which people and batch systems ask a process to stop. One that is still starting cannot answer, and ends by them. */
    private static final Set<Integer> REQUESTS = Set.of(1, 2, 15);

    private CellEnd() {}

    /**
     * Notes the end in the folder and returns where the cell stands now.
     *
     * @param planned the configuration of the cell, for a folder that was deleted
     * @param stopping whether the process was asked to stop
     */
    static CellState settle(CellFolder folder, String planned, int exit, boolean stopping, long pid) {
        Optional<CellResult> result = folder.result();
        if (result.isPresent()) {
            return result.get().state();
        }
        if (exit == GONE || !folder.exists()) {
            folder.restore(planned);
            folder.fail(new Failure(
                    Failure.Kind.DELETED,
                    folder.path() + ": this folder was deleted while its cell ran, and with it what it had logged and"
                            + " learned. Resume the run to start the cell anew"));
            return CellState.FAILED;
        }
        String said = folder.lastState()
                .filter(line -> line.path("pid").asLong() == pid)
                .map(line -> line.path("reason").asText(""))
                .orElse("");
        boolean asked = exit > SIGNAL && (stopping || REQUESTS.contains(exit - SIGNAL));
        if (exit == INTERRUPTED || asked) {
            folder.enter(CellState.INTERRUPTED, asked ? "stopped on request" : said, pid);
            return CellState.INTERRUPTED;
        }
        if (exit == BUSY) {
            return CellState.RUNNING;
        }
        Optional<StorageException> obstacle = obstacle(folder, exit);
        if (obstacle.isPresent()) {
            folder.enter(CellState.INTERRUPTED, obstacle.get().getMessage(), pid);
            return CellState.INTERRUPTED;
        }
        folder.fail(failure(folder, exit, pid));
        return CellState.FAILED;
    }

    /** What keeps any cell from going on, if that is why this one stopped. */
    static Optional<StorageException> obstacle(CellFolder folder, int exit) {
        return switch (exit) {
            case FULL -> Optional.of(StorageException.full(folder.path(), null));
            case UNWRITABLE -> Optional.of(StorageException.unwritable(folder.path(), folder.log()));
            default -> Optional.empty();
        };
    }

    private static Failure failure(CellFolder folder, int exit, long pid) {
        if (exit == OUT_OF_MEMORY || saysOutOfMemory(folder)) {
            return new Failure(
                    Failure.Kind.OUT_OF_MEMORY,
                    "out of memory: the Java heap of the cell is too small. Give cells more with --heap, or make the"
                            + " experiment smaller");
        }
        Optional<CrashReport> crash = CrashReport.of(folder.path().resolve(CrashReport.FILE), pid);
        if (crash.isPresent()) {
            return crash(folder, crash.get());
        }
        if (exit > SIGNAL) {
            return new Failure(Failure.Kind.KILLED, killed(exit - SIGNAL));
        }
        return new Failure(
                Failure.Kind.UNEXPLAINED, "ended with exit status " + exit + " and no result; see " + folder.log());
    }

    private static Failure crash(CellFolder folder, CrashReport report) {
        String see = "; see " + folder.path().resolve(CrashReport.FILE);
        return report.isOutOfMemory()
                ? new Failure(
                        Failure.Kind.OUT_OF_MEMORY,
                        "out of memory: the machine had no more to give to the cell. Resume the run with fewer --slots,"
                                + " or make the experiment smaller" + see)
                : new Failure(Failure.Kind.CRASHED, "a native library crashed: " + report.words() + see);
    }

    private static String killed(int signal) {
        String name =
                "killed by signal " + signal + (SIGNALS.containsKey(signal) ? " (" + SIGNALS.get(signal) + ")" : "");
        return signal == 9
                ? name + ": by a person, a batch system, or the kernel because the machine ran short of memory"
                        + " (dmesg tells). Resume the run, with fewer --slots if memory was short"
                : name + ". Resume the run to go on from the last checkpoint";
    }

    private static boolean saysOutOfMemory(CellFolder folder) {
        return folder.logTail().stream()
                .anyMatch(line -> line.startsWith("Terminating due to java.lang.OutOfMemoryError"));
    }
}
