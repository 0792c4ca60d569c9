package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.adapt4j.runtime.cell.DivergedException;
import org.adapt4j.runtime.cell.InterruptedCellException;
import org.adapt4j.runtime.run.CellEnd;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one cell in this process. Its exit status is what {@link CellEnd} says. */
@Command(name = "cell", hidden = true, description = "Run one cell in this process (for schedulers).")
final class CellVerb implements Callable<Integer> {
    /** A process that was asked to stop may need this long for its checkpoint. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Console console;

    @Parameters(index = "0", paramLabel = "CELL", description = "Folder of the cell.")
    private Path path = Path.of("");

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(
            names = "--watch-input",
            description = "Stop with a checkpoint when standard input ends: the process at its other end is gone.")
    private boolean watchInput;

    private final AtomicBoolean stop = new AtomicBoolean();

    CellVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        listen();
        CellFolder folder = CellFolder.at(path.toAbsolutePath().normalize());
        try {
            CellFolder.Lock lock = folder.lock(PATIENCE);
            try {
                return run(folder);
            } finally {
                lock.close();
            }
        } catch (StorageException e) {
            e.printStackTrace(console.err());
            return storage(folder, e);
        }
    }

    private int run(CellFolder folder) {
        try {
            if (folder.result().isPresent()) {
                return CellEnd.DONE;
            }
            folder.enter(CellState.RUNNING, null);
            plugins.workbench().runCell(folder, stop::get);
            folder.enter(CellState.DONE, null);
            return CellEnd.DONE;
        } catch (InterruptedCellException e) {
            folder.enter(CellState.INTERRUPTED, "stopped on request");
            return CellEnd.INTERRUPTED;
        } catch (DivergedException e) {
            folder.enter(CellState.FAILED, e.getMessage());
            return CellEnd.DIVERGED;
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace(console.err());
            folder.enter(CellState.FAILED, reason(e));
            return CellEnd.FAILED;
        }
    }

    private static int storage(CellFolder folder, StorageException problem) {
        return switch (problem.kind()) {
            case FULL -> CellEnd.FULL;
            case READ_ONLY -> CellEnd.UNWRITABLE;
            case BUSY -> CellEnd.INTERRUPTED;
            case MISSING, MISPLACED, OTHER -> {
                folder.enter(CellState.FAILED, reason(problem));
                yield CellEnd.FAILED;
            }
        };
    }

    private static String reason(Throwable problem) {
        if (NativeCheck.isMissingLibrary(problem)) {
            return "the tensor library cannot be loaded (" + NativeCheck.messages(problem)
                    + "). Find out more with: adapt4j doctor";
        }
        String message = problem.getMessage();
        String name = problem.getClass().getSimpleName();
        return message == null ? name : problem instanceof Error ? name + ": " + message : message;
    }

    private void listen() {
        var term = Signals.on("TERM", () -> stop.set(true));
        // Ctrl-C reaches the whole process group: the scheduler hears it too, and passes it on as it sees fit.
        var interrupt = Signals.on("INT", watchInput ? () -> {} : () -> stop.set(true));
        var hangUp = Signals.on("HUP", () -> stop.set(true));
        if (watchInput) {
            Thread watcher = new Thread(this::awaitEndOfInput, "parent-watch");
            watcher.setDaemon(true);
            watcher.start();
        }
    }

    private void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            // The other end is gone in whatever way.
            complain(console.err(), e);
        }
        stop.set(true);
    }

    private static void complain(PrintStream err, IOException problem) {
        err.println("standard input: " + problem);
    }
}
