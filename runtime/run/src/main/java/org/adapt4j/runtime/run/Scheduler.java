package org.adapt4j.runtime.run;

import java.time.Duration;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs the cells of a folder that are not finished, some at a time: those whose pre-training is done, longest way to go first.
 *
 * <p>A cell that fails leaves its reason as its result and does not keep others from running; those that build on it become n/a. Finished
 * cells never run again. {@link #stop} and {@link #kill} may be called from any thread, such as a signal handler's.
 *
 * <p>Every cell that runs is {@linkplain Lease leased}. A scheduler is the only one of its run, or, {@linkplain #shared shared}, one of
 * several: then it takes what nobody else has, waits for what others work on, and takes up what a dead one has left.
 */
public final class Scheduler {
    /** Below this, the next checkpoint or log line may not fit. */
    private static final long RESERVE_BYTES = 100_000_000;

    /** How often a scheduler looks whether more cells may run, and one of several at what the others have done. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Hears what happens to cells, on the thread that runs the scheduler. */
    public interface Listener {
        /** A cell's process was started. */
        void started(PlannedCell cell);

        /** A cell's process ended. */
        void ended(CellStatus status);
    }

    private record Ended(PlannedCell cell, int exit) {}

    /** No process ends with this: another worker has the cell. */
    private static final int TAKEN = -1;

    private final RunFolder folder;
    private final CellLauncher launcher;
    private final IntSupplier slots;
    private final ToDoubleFunction<PlannedCell> cost;
    private final DiskSpace disk;
    private final Listener listener;
    private final Worker worker;
    private final boolean shared;
    private final BlockingQueue<Optional<Ended>> events = new LinkedBlockingQueue<>();
    private final Map<PlannedCell, CellLauncher.Running> running = new LinkedHashMap<>();
    private final Map<PlannedCell, Lease> leases = new ConcurrentHashMap<>();
    /** Where every cell stands, in the order of the plan, as far as this process knows. */
    private final Map<String, CellStatus> known = new LinkedHashMap<>();

    private final Set<String> tried = new HashSet<>();
    private final Set<String> crashed = new HashSet<>();
    private volatile boolean stopping;
    private volatile boolean killing;
    private @Nullable StorageException obstacle;

    /**
     * @param slots how many cells run at once; asked again and again, on the thread that runs the scheduler
     * @param cost of a cell, in any unit
     */
    public Scheduler(
            RunFolder folder,
            CellLauncher launcher,
            IntSupplier slots,
            ToDoubleFunction<PlannedCell> cost,
            DiskSpace disk,
            Listener listener) {
        this(folder, launcher, slots, cost, disk, listener, Worker.ofThisProcess(), false);
    }

    private Scheduler(
            RunFolder folder,
            CellLauncher launcher,
            IntSupplier slots,
            ToDoubleFunction<PlannedCell> cost,
            DiskSpace disk,
            Listener listener,
            Worker worker,
            boolean shared) {
        this.worker = worker;
        this.shared = shared;
        this.folder = folder;
        this.launcher = launcher;
        this.slots = slots;
        this.cost = cost;
        this.disk = disk;
        this.listener = listener;
    }

    /** One of several that run the cells of a folder, on this machine or on others. @param worker who this one is */
    public static Scheduler shared(
            RunFolder folder,
            CellLauncher launcher,
            IntSupplier slots,
            ToDoubleFunction<PlannedCell> cost,
            DiskSpace disk,
            Listener listener,
            Worker worker) {
        return new Scheduler(folder, launcher, slots, cost, disk, listener, worker, true);
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
        CellFolder.Lock lock = shared ? folder.presence() : folder.lock();
        Thread heart = new Thread(this::beat, "heartbeat");
        heart.setDaemon(true);
        heart.start();
        try {
            look();
            takeUpFailures(retryFailed);
            Map<String, Double> lengths = lengths();
            while (true) {
                if (!lock.holds()) {
                    giveUp(StorageException.gone(folder.path()));
                }
                startReady(lengths);
                if (running.isEmpty() && !othersWork()) {
                    // What they ended last may have been waited for here.
                    look();
                    startReady(lengths);
                    if (running.isEmpty() && !othersWork()) {
                        break;
                    }
                }
                Optional<Ended> event = events.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (event == null) {
                    if (shared) {
                        look();
                    }
                } else if (event.isPresent()) {
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
            heart.interrupt();
            leases.values().forEach(Lease::close);
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
            leased(status.cell(), cell -> cell.rule(status.reason()));
        }
    }

    /** Does something to a cell's folder that only one may do at a time; nothing if another worker has the cell. */
    private void leased(PlannedCell cell, Consumer<CellFolder> what) {
        CellFolder own = folder.cell(cell);
        try (Lease lease = Lease.take(own, worker).orElse(null)) {
            if (lease != null) {
                what.accept(own);
            }
        }
    }

    private void takeUpFailures(boolean retryFailed) {
        for (CellStatus status : List.copyOf(known.values())) {
            boolean again = status.retryable() || retryFailed;
            if (status.state() == CellState.FAILED && again) {
                leased(status.cell(), cell -> {
                    // Another worker may have been faster.
                    if (!shared || folder.status(status.cell()).state() == CellState.FAILED) {
                        cell.forgetFailure();
                    }
                });
            } else if (status.state() == CellState.NOT_APPLICABLE
                    && status.cell().notApplicable().isEmpty()
                    && folder.cell(status.cell()).result().isPresent()) {
                leased(status.cell(), CellFolder::forgetResult);
            }
        }
        look();
    }

    /** Reads from the disk where every cell stands: once at the start, and then only what others may have changed. */
    private void look() {
        for (CellStatus status : folder.status()) {
            known.put(status.cell().id(), status);
        }
    }

    /** Whether there is something to wait for that other workers are at. */
    private boolean othersWork() {
        return shared
                && !stopping
                && known.values().stream()
                        .filter(status -> !status.state().isFinal())
                        .anyMatch(status -> Lease.holder(folder.cell(status.cell()))
                                .filter(Lease.Holder::alive)
                                .isPresent());
    }

    /** Shows that this worker lives, and stops what another one has taken from it. */
    private void beat() {
        try {
            while (true) {
                Thread.sleep(Lease.BEAT.toMillis());
                leases.forEach((cell, lease) -> {
                    if (!lease.beat()) {
                        events.add(Optional.of(new Ended(cell, TAKEN)));
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the run is over
        }
    }

    private void startReady(Map<String, Double> lengths) {
        if (stopping || running.size() >= slots.getAsInt()) {
            return;
        }
        Set<String> done = new HashSet<>();
        known.values().stream()
                .filter(s -> s.state() == CellState.DONE)
                .forEach(s -> done.add(s.cell().id()));
        List<PlannedCell> ready = new ArrayList<>();
        for (CellStatus status : known.values()) {
            PlannedCell cell = status.cell();
            boolean open = !status.state().isFinal() && !tried.contains(cell.id());
            if (open && cell.learned().map(done::contains).orElse(true)) {
                ready.add(cell);
            }
        }
        ready.sort(Comparator.comparingDouble((PlannedCell cell) -> -lengths.getOrDefault(cell.id(), 0.0)));
        for (PlannedCell cell : ready) {
            if (stopping || running.size() >= slots.getAsInt()) {
                return;
            }
            start(cell);
        }
    }

    private void start(PlannedCell cell) {
        try {
            CellFolder own = folder.cell(cell);
            disk.demand(folder.path(), RESERVE_BYTES);
            own.restore(cell.resolved()); // it may have been deleted with those of cells that ran
            Optional<Lease> lease = Lease.take(own, worker);
            if (lease.isEmpty()) {
                return; // another worker has it; should it die, this one tries again
            }
            tried.add(cell.id());
            leases.put(cell, lease.get());
            if (shared && folder.status(cell).state().isFinal()) {
                release(cell, folder.status(cell)); // done by another since this one last looked
                return;
            }
            CellLauncher.Running process = launcher.start(own);
            running.put(cell, process);
            var unused = process.exit().thenAccept(exit -> events.add(Optional.of(new Ended(cell, exit))));
            listener.started(cell);
        } catch (StorageException e) {
            giveUp(e);
        }
    }

    /** Gives a cell back, and notes where it stands. */
    private void release(PlannedCell cell, CellStatus status) {
        known.put(cell.id(), status);
        Lease lease = leases.remove(cell);
        if (lease != null) {
            lease.close();
        }
    }

    /** Another worker took the cell, since this one was silent for too long: what it does now is that one's. */
    private void taken(PlannedCell cell) {
        CellLauncher.Running process = running.remove(cell);
        if (process != null) {
            process.kill();
            CellStatus status = new CellStatus(cell, CellState.RUNNING, "another worker took it over", false);
            release(cell, status);
            listener.ended(status);
        }
    }

    private void end(Ended ended, CellFolder.Lock lock) {
        if (ended.exit() == TAKEN) {
            taken(ended.cell());
            return;
        }
        if (!running.containsKey(ended.cell())) {
            return; // it was taken over, and killed
        }
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
            CellStatus status =
                    again(ended.cell()).orElseGet(() -> new CellStatus(ended.cell(), state, reason(cell), false));
            release(ended.cell(), status);
            listener.ended(status);
        } catch (StorageException e) {
            giveUp(e);
        } catch (DamagedFileException e) {
            CellStatus damaged = new CellStatus(ended.cell(), CellState.FAILED, String.valueOf(e.getMessage()), false);
            release(ended.cell(), damaged);
            listener.ended(damaged);
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
