package org.adapt4j.runtime.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.Scheduler;

/** Tells how a run goes on: one line that is rewritten on a terminal, a plain line now and then elsewhere. */
final class Progress implements Scheduler.Listener, AutoCloseable {
    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration IN_LOG = Duration.ofSeconds(60);
    /** An update that takes longer than a person waits without wondering. */
    private static final double LONG_UPDATE_SECONDS = 5;

    private final Console console;
    private final RunFolder folder;
    private final Map<String, Long> steps;
    private final Map<String, CellState> states = new HashMap<>();
    private final Map<String, Long> begun = new HashMap<>();
    /** Updates of a cell when its process began. */
    private final Map<String, Long> updates = new HashMap<>();

    private final Pace pace = new Pace();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private final LongSupplier nanos;
    /** The cell that first failed for a reason. */
    private final Map<String, String> failures = new HashMap<>();

    /** Reasons for which more than one cell failed. */
    private final Set<String> repeated = new HashSet<>();

    private Runnable onFailure = () -> {};
    private boolean lineOpen;
    private boolean stopping;

    /** @param steps that each cell is expected to take, by id */
    Progress(Console console, RunFolder folder, Map<String, Long> steps) {
        this(console, folder, steps, System::nanoTime);
    }

    /** The same by another watch. */
    Progress(Console console, RunFolder folder, Map<String, Long> steps, LongSupplier nanos) {
        this.nanos = nanos;
        this.console = console;
        this.folder = folder;
        this.steps = steps;
        folder.status().forEach(status -> states.put(status.cell().id(), status.state()));
        long every = (console.terminal() ? ON_TERMINAL : IN_LOG).toMillis();
        var unused = clock.scheduleAtFixedRate(this::tick, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void started(PlannedCell cell) {
        states.put(cell.id(), CellState.RUNNING);
        begun.put(cell.id(), nanos.getAsLong());
        updates.put(cell.id(), updatesOf(cell));
        say("started      " + cell.title());
    }

    @Override
    public synchronized void ended(CellStatus status) {
        String id = status.cell().id();
        states.put(id, status.state());
        double seconds = (nanos.getAsLong() - begun.getOrDefault(id, nanos.getAsLong())) / 1e9;
        String line = String.format(
                Locale.ROOT,
                "%-12s %s (%s)",
                status.state().word(),
                status.cell().title(),
                Quantities.duration(seconds));
        if (status.state() != CellState.FAILED) {
            say(status.reason().isEmpty() ? line : line + ": " + status.reason());
            return;
        }
        String first = failures.putIfAbsent(status.reason(), status.cell().title());
        if (first == null) {
            say(line + ": " + status.reason());
            say("             log: " + folder.cell(status.cell()).log());
            if (failures.size() == 1) {
                onFailure.run();
            }
        } else {
            say(line + ": as " + first);
            if (repeated.add(status.reason())) {
                say("             Two cells failed for the same reason, so others may. If it is not theirs alone,"
                        + " press Ctrl-C, mend it, and resume with --retry-failed (run.on-failure = stop stops at"
                        + " the first)");
            }
        }
    }

    /** Does something once, when the first cell fails. */
    synchronized void stopOnFailure(Runnable stop) {
        onFailure = stop;
    }

    /** Says that the cells were asked to stop, and for what it takes them so long: each ends the update that it is at. */
    synchronized void stopping() {
        stopping = true;
        say("stopping: the cells write a checkpoint and end. Once more stops them now");
        for (PlannedCell cell : folder.plan().cells()) {
            double seconds = secondsPerUpdate(cell);
            if (states.get(cell.id()) == CellState.RUNNING && seconds >= LONG_UPDATE_SECONDS) {
                say("             " + cell.title() + " first ends the update that it is at; its updates take about "
                        + Quantities.duration(seconds));
            }
        }
    }

    /** As this process of the cell went so far; 0 if it has made none. */
    private double secondsPerUpdate(PlannedCell cell) {
        long made = updatesOf(cell) - updates.getOrDefault(cell.id(), 0L);
        double seconds = (nanos.getAsLong() - begun.getOrDefault(cell.id(), nanos.getAsLong())) / 1e9;
        return made <= 0 ? 0 : seconds / made;
    }

    private long updatesOf(PlannedCell cell) {
        return JsonLines.last(folder.cell(cell).metrics())
                .map(line -> line.path("updates").asLong())
                .orElse(0L);
    }

    /** Says something, without tearing the line that is being rewritten. */
    synchronized void say(String line) {
        if (lineOpen) {
            console.takeBackLine();
            lineOpen = false;
        }
        console.err().println(line);
    }

    private synchronized void tick() {
        String line = summary();
        if (console.terminal()) {
            console.takeBackLine();
            console.err().print(line);
            console.err().flush();
            lineOpen = true;
        } else {
            console.err().println(line);
        }
    }

    private String summary() {
        double done = 0;
        double all = 0;
        int over = 0;
        int running = 0;
        for (PlannedCell cell : folder.plan().cells()) {
            double expected = steps.getOrDefault(cell.id(), 0L);
            CellState state = states.getOrDefault(cell.id(), CellState.PLANNED);
            if (state.isFinal()) {
                over++;
            } else {
                all += expected;
                done += state == CellState.PLANNED ? 0 : Math.min(expected, stepsOf(cell));
                running += state == CellState.RUNNING ? 1 : 0;
            }
        }
        if (stopping) {
            return "stopping, " + running + (running == 1 ? " cell still runs" : " cells still run");
        }
        return over + "/" + folder.plan().cells().size() + " cells, " + running + " running"
                + Pace.words(rate(), all - done);
    }

    /** Environment steps per second of all cells together, over the last two minutes. */
    private double rate() {
        double now = 0;
        for (PlannedCell cell : folder.plan().cells()) {
            if (begun.containsKey(cell.id())) {
                now += stepsOf(cell);
            }
        }
        return pace.at(nanos.getAsLong(), now);
    }

    private double stepsOf(PlannedCell cell) {
        return JsonLines.last(folder.cell(cell).metrics())
                .map(line -> (double) Steps.of(line))
                .orElse(0.0);
    }

    /** Stops the clock and leaves the cursor on a fresh line. */
    @Override
    public void close() {
        List<Runnable> waiting = clock.shutdownNow();
        synchronized (this) {
            if (lineOpen || !waiting.isEmpty() && console.terminal()) {
                console.takeBackLine();
                lineOpen = false;
            }
        }
    }
}
