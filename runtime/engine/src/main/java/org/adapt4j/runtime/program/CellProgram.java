package org.adapt4j.runtime.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Resource;
import org.adapt4j.runtime.cell.CellWatch;
import org.adapt4j.runtime.cell.InterruptedCellException;
import org.adapt4j.runtime.experiment.Catalogue;
import org.adapt4j.runtime.experiment.ResolvedCell;
import org.adapt4j.runtime.natives.NativeLibraries;
import org.adapt4j.runtime.plugins.PluginLoader;
import org.adapt4j.runtime.run.CellCommand;
import org.adapt4j.runtime.run.CellEnd;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.CellResources;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.ChangedCodeException;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.Failure;
import org.adapt4j.runtime.run.Fingerprint;
import org.adapt4j.runtime.run.SingleCell;
import org.adapt4j.runtime.run.StorageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program of a cell: takes its folder and ends with its result, and with an exit status as {@link CellEnd} says.
 *
 * <p>It runs in a process of its own, which {@link #process} starts as every cell's is. The process stops with a checkpoint when it is asked
 * to by a signal, or when its standard input ends: who started it is gone.
 */
public final class CellProgram {
    private static final Logger LOG = LoggerFactory.getLogger(CellProgram.class);

    /** A process that was asked to stop may need this long for its checkpoint. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CellFolder folder;
    private final Optional<Path> plugins;
    private final AtomicBoolean stop = new AtomicBoolean();
    private volatile @Nullable Budget budget;

    private CellProgram(CellFolder folder, Optional<Path> plugins) {
        this.folder = folder;
        this.plugins = plugins;
    }

    /** Runs a cell in this process, which {@link #process} started. @param arguments what it passes */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        Optional<Path> plugins =
                given.get(0).equals(CellCommand.PLUGINS) ? Optional.of(Path.of(given.get(1))) : Optional.empty();
        CellProgram program = new CellProgram(CellFolder.at(Path.of(given.get(given.size() - 1))), plugins);
        program.listen();
        ExitGuard guard = ExitGuard.install(program::exitedBy);
        guard.exit(program.run());
    }

    /** Starts the processes of cells. @param plugins folder of further jars */
    public static CellProcess process(Function<CellFolder, CellResources> resources, Optional<Path> plugins) {
        return new CellProcess(resources, CellProgram.class.getName(), plugins);
    }

    /**
     * Starts a cell by itself, with what its configuration and the run that it belongs to say it gets.
     *
     * @throws StorageException if there is no cell in the folder
     */
    public static SingleCell start(CellFolder folder, Optional<Path> plugins) {
        return SingleCell.start(
                folder,
                process(
                        cell -> new CellResources(
                                CellWork.settings(cell).heap(),
                                ResolvedCell.parse(cell.resolved()).threads()),
                        plugins));
    }

    private int run() {
        try {
            var unused = folder.resolved();
            CellFolder.Lock lock = folder.lock(PATIENCE);
            try {
                return run(lock);
            } finally {
                lock.close();
            }
        } catch (StorageException | DamagedFileException e) {
            return failed(e);
        }
    }

    private int run(CellFolder.Lock lock) {
        try {
            if (folder.result().isEmpty()) {
                CodeLog.of(folder.path().resolveSibling("..").normalize()).demandSame(plugins);
                folder.enter(CellState.RUNNING, null);
                NativeLibraries libraries = NativeLibraries.ofThisProcess();
                libraries.readyForEnvironments();
                libraries.readyForTensors();
                Catalogue catalogue = PluginLoader.loadForCell(CellProgram.class.getClassLoader(), plugins);
                CellResult.Done result = CellWork.run(folder, catalogue, new CellWatch() {
                    @Override
                    public boolean stopRequested() {
                        demandFolder(lock);
                        return stop.get();
                    }

                    @Override
                    public void begins(Budget metered) {
                        budget = metered;
                    }
                });
                demandFolder(lock);
                noteEnvironment();
                folder.end(result);
            }
            return CellEnd.DONE;
        } catch (Throwable e) { // plug-ins throw errors, and checked exceptions that nobody declared
            return lock.holds() ? failed(e) : gone();
        }
    }

    /** Leaves the reason with the cell, and returns the exit status for it. */
    private int failed(Throwable problem) {
        if (problem instanceof InterruptedCellException) {
            noteEnvironment();
            folder.enter(CellState.INTERRUPTED, "stopped on request");
            return CellEnd.INTERRUPTED;
        }
        if (problem instanceof ChangedCodeException) {
            LOG.error(problem.getMessage());
            folder.enter(
                    CellState.INTERRUPTED, String.valueOf(problem.getMessage()).replaceAll("\\s+", " "));
            return CellEnd.INTERRUPTED;
        }
        LOG.error("the cell ends", problem);
        if (problem instanceof StorageException storage) {
            switch (storage.kind()) {
                case FULL -> {
                    return CellEnd.FULL;
                }
                case READ_ONLY -> {
                    return CellEnd.UNWRITABLE;
                }
                case BUSY -> {
                    return CellEnd.BUSY;
                }
                case MISSING, MISPLACED, GONE, OTHER -> {}
            }
        }
        if (!folder.exists()) {
            return gone();
        }
        try {
            fail(Reasons.of(problem));
            return CellEnd.FAILED;
        } catch (StorageException e) {
            LOG.error("the cell cannot say why it ends", e);
            return e.kind() == StorageException.Kind.FULL ? CellEnd.FULL : CellEnd.UNWRITABLE;
        }
    }

    private void fail(Failure failure) {
        Budget spent = budget;
        folder.fail(
                failure,
                spent == null ? 0 : spent.spent(Resource.ENVIRONMENT_STEPS),
                spent == null ? 0 : spent.spent(Resource.UPDATES));
    }

    /** At the end, when all native libraries are loaded that the cell needs. */
    private void noteEnvironment() {
        folder.note(Fingerprint.ofThisProcess(folder.knownSums()));
    }

    private int gone() {
        LOG.error("{}: this folder was deleted, or replaced by another, while its cell ran", folder.path());
        return CellEnd.GONE;
    }

    private void demandFolder(CellFolder.Lock lock) {
        if (!lock.holds()) {
            throw StorageException.gone(folder.path());
        }
    }

    /** Code that is not ours ends the process: a cell that has no result yet fails of it. */
    private int exitedBy(String who) {
        if (!folder.exists()) {
            return gone();
        }
        if (folder.result().isPresent()) {
            return CellEnd.DONE;
        }
        LOG.error("{} called System.exit", who);
        fail(new Failure(
                Failure.Kind.EXITED,
                who + " called System.exit, which ends the whole process of the cell. A plug-in returns, or throws what"
                        + " went wrong; tell its author"));
        return CellEnd.FAILED;
    }

    private void listen() {
        var term = Signals.on("TERM", () -> stopFor("SIGTERM"));
        // Ctrl-C reaches the whole process group: who started the cell hears it too, and passes it on as it sees fit.
        var interrupt = Signals.on("INT", () -> {});
        var hangUp = Signals.on("HUP", () -> stopFor("SIGHUP"));
        Thread watcher = new Thread(this::awaitEndOfInput, "parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (IOException e) {
            LOG.info("standard input: {}", e.toString()); // the other end is gone in whatever way
        }
        stopFor("the end of its standard input: who started it is gone");
    }

    private void stopFor(String asked) {
        if (stop.compareAndSet(false, true)) {
            LOG.info("the cell is asked to stop by {}", asked);
        }
    }
}
