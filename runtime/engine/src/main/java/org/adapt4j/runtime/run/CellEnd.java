package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/**
 * Judges how the process of a cell ended, from its exit status and from what it left behind.
 *
 * <p>The process reports with its exit status: 0 done, {@value #INTERRUPTED} stopped and resumable, {@value #FAILED} failed for the reason
 * it entered as its state, {@value #DIVERGED} failed because its numbers left the numbers, {@value #OUT_OF_MEMORY} the virtual machine ran out of memory, {@value #FULL} and {@value #UNWRITABLE} stopped
 * because it could not write, above 128 killed by the signal of the rest. These two have a status of their own because such a process may
 * have no place left to say why.
 */
public final class CellEnd {
    /** The cell is finished. */
    public static final int DONE = 0;

    /** The cell failed, and said why. */
    public static final int FAILED = 1;
    /** What the virtual machine gives back under {@code -XX:+ExitOnOutOfMemoryError}. */
    public static final int OUT_OF_MEMORY = 3;
    /** The cell stopped and can be resumed. */
    public static final int INTERRUPTED = 5;
    /** The cell failed because training gave something infinite or no number, and said what. */
    public static final int DIVERGED = 6;
    /** The cell met a full disk; it can be resumed once there is space. The operating system's own number for it. */
    public static final int FULL = 28;
    /** The cell met a folder that cannot be written to; it can be resumed once it can. The operating system's own number for it. */
    public static final int UNWRITABLE = 30;

    private static final int SIGNAL = 128;
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL", 11, "SIGSEGV",
            15, "SIGTERM");

    private CellEnd() {}

    /** Notes the end in the folder and returns where the cell stands now. */
    static CellState settle(CellFolder folder, int exit, boolean stopping, long pid) {
        Optional<ObjectNode> result = folder.result();
        if (result.isPresent()) {
            return result.get().path("status").asText().equals("done") ? CellState.DONE : CellState.FAILED;
        }
        String said = folder.lastState()
                .filter(line -> line.path("pid").asLong() == pid)
                .map(line -> line.path("reason").asText(""))
                .orElse("");
        boolean asked = stopping && exit > SIGNAL;
        if (exit == INTERRUPTED || asked) {
            folder.enter(CellState.INTERRUPTED, asked ? "stopped on request" : said, pid);
            return CellState.INTERRUPTED;
        }
        Optional<StorageException> obstacle = obstacle(folder, exit);
        if (obstacle.isPresent()) {
            folder.enter(CellState.INTERRUPTED, obstacle.get().getMessage(), pid);
            return CellState.INTERRUPTED;
        }
        folder.fail(failure(folder, exit, said));
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

    private static Failure failure(CellFolder folder, int exit, String said) {
        if (exit == OUT_OF_MEMORY || saysOutOfMemory(folder)) {
            return new Failure(
                    Failure.Kind.OUT_OF_MEMORY,
                    "out of memory: the Java heap of the cell is too small. Give cells more with --heap, or make the"
                            + " experiment smaller");
        }
        if (exit > SIGNAL) {
            return new Failure(Failure.Kind.KILLED, killed(folder, exit - SIGNAL));
        }
        if (exit == DIVERGED && !said.isEmpty()) {
            return new Failure(Failure.Kind.DIVERGED, said);
        }
        if (exit == FAILED && !said.isEmpty()) {
            return new Failure(Failure.Kind.EXCEPTION, said);
        }
        return new Failure(
                Failure.Kind.UNEXPLAINED, "ended with exit status " + exit + " and no result; see " + folder.log());
    }

    private static String killed(CellFolder folder, int signal) {
        String name =
                "killed by signal " + signal + (SIGNALS.containsKey(signal) ? " (" + SIGNALS.get(signal) + ")" : "");
        if (signal == 9) {
            return name + ": by a person, a batch system, or the kernel because the machine ran short of memory"
                    + " (dmesg tells). Resume the run, with fewer --slots if memory was short";
        }
        if (Files.exists(folder.path().resolve("hs_err.log"))) {
            return name + ": a native library crashed; see " + folder.path().resolve("hs_err.log");
        }
        return name + ". Resume the run to go on from the last checkpoint";
    }

    private static boolean saysOutOfMemory(CellFolder folder) {
        return folder.logTail().stream()
                .anyMatch(line -> line.startsWith("Terminating due to java.lang.OutOfMemoryError"));
    }
}
