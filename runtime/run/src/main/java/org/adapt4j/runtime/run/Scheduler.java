package org.adapt4j.runtime.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cells of a folder that are not finished, some at a time: those whose pre-training is done, longest way to go first.
 *
 * <p>A cell that fails leaves its reason as its result and does not keep others from running; those that build on it become n/a. Finished
 * cells never run again. {@link #stop} and {@link #kill} may be called from any thread, such as a signal handler's.
 */
public final class Scheduler {
    /** Below this, the next checkpoint or log line may not fit. */
    private static final long RESERVE_BYTES = 100_000_000;

    /** Hears what happens to cells, on the thread that runs the scheduler. */
    public interface Listener {
        /** A cell's process was started. */
        void started(PlannedCell cell);

        /** A cell's process ended. */
        void ended(CellStatus status);
    }

    private record Ended(PlannedCell cell, int exit) {}

    private final RunFolder folder;
    private final CellLauncher launcher;
    private final int slots;
    private final ToDoubleFunction<PlannedCell> cost;
    private final DiskSpace disk;
    private final Listener listener;
    private final BlockingQueue<Optional<Ended>> events = new LinkedBlockingQueue<>();
    private final Map<PlannedCell, CellLauncher.Running> running = new LinkedHashMap<>();
    private final Set<String> tried = new HashSet<>();
    private final Set<String> crashed = new HashSet<>();
    private volatile boolean stopping;
    private volatile boolean killing;
    private @Nullable StorageException obstacle;

    /**
     * @param slots how many cells run at once
     * @param cost of a cell, in any unit
     */
    public Scheduler(
            RunFolder folder,
            CellLauncher launcher,
            int slots,
            ToDoubleFunction<PlannedCell> cost,
            DiskSpace disk,
            Listener listener) {
        this.folder = folder;
        this.launcher = launcher;
        this.slots = slots;
        this.cost = cost;
        this.disk = disk;
        this.listener = listener;
    }

    /** Asks all running cells to write a checkpoint and stop, and starts no more. */
    public void stop() {
        stopping = true;
        events.add(Optional.empty());
    }

    /** Stops all running cells at once; they go on from their last checkpoint when resumed. */
    public void kill() {
        stopping = true;
        killing = true;
        events.add(Optional.empty());
    }

    /**
     * Runs until nothing is left that can run, or until stopped.
     *
     * @param retryFailed whether cells that failed by an exception run again; those that were killed or ran out of memory always do
     * @return where every cell stands
     * @throws StorageException once all cells have stopped, if the disk is full or cannot be written to
     */
    public List<CellStatus> run(boolean retryFailed) {
        CellFolder.Lock lock = folder.lock();
        try {
            takeUpFailures(retryFailed);
            Map<String, Double> lengths = lengths();
            while (true) {
                if (!lock.holds()) {
                    giveUp(StorageException.gone(folder.path()));
                }
                startReady(lengths);
                if (running.isEmpty()) {
                    break;
                }
                Optional<Ended> event = events.take();
                if (event.isPresent()) {
                    end(event.get(), lock);
                } else {
                    List.copyOf(running.values())
                            .forEach(killing ? CellLauncher.Running::kill : CellLauncher.Running::askToStop);
                }
            }
        } catch (InterruptedException e) {
            running.values().forEach(CellLauncher.Running::kill);
            Thread.currentThread().interrupt();
        } finally {
            lock.close();
        }
        if (obstacle != null) {
            throw obstacle;
        }
        List<CellStatus> all = folder.status();
        all.forEach(this::rule);
        return all;
    }

    /** Leaves the reason with a cell that cannot be because another failed. */
    private void rule(CellStatus status) {
        boolean planned = status.cell().notApplicable().isPresent();
        if (status.state() == CellState.NOT_APPLICABLE && !planned) {
            folder.cell(status.cell()).rule(status.reason());
        }
    }

    private void takeUpFailures(boolean retryFailed) {
        for (CellStatus status : folder.status()) {
            boolean again = status.retryable() || retryFailed;
            if (status.state() == CellState.FAILED && again) {
                folder.cell(status.cell()).forgetFailure();
            } else if (status.state() == CellState.NOT_APPLICABLE) {
                folder.cell(status.cell()).forgetResult();
            }
        }
    }

    private void startReady(Map<String, Double> lengths) {
        if (stopping || running.size() >= slots) {
            return;
        }
        List<CellStatus> all = folder.status();
        Set<String> done = new HashSet<>();
        all.stream()
                .filter(s -> s.state() == CellState.DONE)
                .forEach(s -> done.add(s.cell().id()));
        List<PlannedCell> ready = new ArrayList<>();
        for (CellStatus status : all) {
            PlannedCell cell = status.cell();
            boolean open = !status.state().isFinal() && !tried.contains(cell.id());
            if (open && cell.learned().map(done::contains).orElse(true)) {
                ready.add(cell);
            }
        }
        ready.sort(Comparator.comparingDouble((PlannedCell cell) -> -lengths.getOrDefault(cell.id(), 0.0)));
        for (PlannedCell cell : ready) {
            if (stopping || running.size() >= slots) {
                return;
            }
            tried.add(cell.id());
            start(cell);
        }
    }

    private void start(PlannedCell cell) {
        try {
            disk.demand(folder.path(), RESERVE_BYTES);
            CellLauncher.Running process = launcher.start(folder.cell(cell));
            running.put(cell, process);
            var unused = process.exit().thenAccept(exit -> events.add(Optional.of(new Ended(cell, exit))));
            listener.started(cell);
        } catch (StorageException e) {
            giveUp(e);
        }
    }

    private void end(Ended ended, CellFolder.Lock lock) {
        CellLauncher.Running process = running.remove(ended.cell());
        long pid = process == null ? 0 : process.pid();
        CellFolder cell = folder.cell(ended.cell());
        try {
            if (!lock.holds()) {
                giveUp(StorageException.gone(folder.path()));
                return;
            }
            // What stopped this one would stop the others too.
            CellEnd.obstacle(cell, ended.exit()).ifPresent(this::giveUp);
            CellState state = CellEnd.settle(cell, ended.cell().resolved(), ended.exit(), stopping, pid);
            listener.ended(
                    again(ended.cell()).orElseGet(() -> new CellStatus(ended.cell(), state, reason(cell), false)));
        } catch (StorageException e) {
            giveUp(e);
        } catch (DamagedFileException e) {
            listener.ended(new CellStatus(ended.cell(), CellState.FAILED, String.valueOf(e.getMessage()), false));
        }
    }

    /** Takes a cell up once more that crashed for the first time: a crash may be chance, and its last checkpoint is sound. */
    private Optional<CellStatus> again(PlannedCell cell) {
        CellFolder own = folder.cell(cell);
        Optional<String> crash = own.result()
                .filter(result -> result instanceof CellResult.Failed failed
                        && failed.failure().kind() == Failure.Kind.CRASHED)
                .map(CellResult::reason);
        if (crash.isEmpty() || stopping || !crashed.add(cell.id())) {
            return Optional.empty();
        }
        own.forgetFailure();
        tried.remove(cell.id());
        return Optional.of(new CellStatus(
                cell, CellState.INTERRUPTED, crash.get() + ". Trying once more from its last checkpoint", false));
    }

    private static String reason(CellFolder cell) {
        return cell.result().map(CellResult::reason).or(cell::lastReason).orElse("");
    }

    private void giveUp(StorageException problem) {
        if (obstacle == null) {
            obstacle = problem;
            stop();
        }
    }

    /** For each cell, the cost of the longest chain that starts with it: what the whole run must wait for at least. */
    private Map<String, Double> lengths() {
        Map<String, Double> lengths = new HashMap<>();
        List<PlannedCell> cells = folder.plan().cells();
        for (PlannedCell cell : cells) {
            lengths.merge(cell.id(), cost.applyAsDouble(cell), Double::sum);
        }
        Map<String, Double> longest = new HashMap<>();
        for (PlannedCell cell : cells) {
            cell.learned().ifPresent(id -> longest.merge(id, cost.applyAsDouble(cell), Math::max));
        }
        longest.forEach((id, after) -> lengths.merge(id, after, Double::sum));
        return lengths;
    }
}
