package org.adapt4j.runtime.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

/** Tells how a run goes on: a line for each running cell and one for all, rewritten on a terminal; a plain line now and then elsewhere. */
final class Progress implements Scheduler.Listener, AutoCloseable {
    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration IN_LOG = Duration.ofSeconds(60);
    /** An update that takes longer than a person waits without wondering. */
    private static final double LONG_UPDATE_SECONDS = 5;
    /** Running cells that fit beside what else is said on most screens. */
    private static final int CELLS_SHOWN = 8;

    private final Console console;
    private final RunFolder folder;
    private final RunView view;
    /** Where each cell stands, in the order of the plan: what this run hears of them, it need not look for. */
    private final Map<String, CellStatus> states = new LinkedHashMap<>();

    private final Map<String, Long> begun = new HashMap<>();
    /** Updates of a cell when its process began. */
    private final Map<String, Long> updates = new HashMap<>();

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
    /** Lines on the terminal that the next ones replace. */
    private int linesShown;

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
        view = new RunView(folder, steps, nanos);
        folder.status().forEach(status -> states.put(status.cell().id(), status));
        long every = (console.terminal() ? ON_TERMINAL : IN_LOG).toMillis();
        var unused = clock.scheduleAtFixedRate(this::tick, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void started(PlannedCell cell) {
        states.put(cell.id(), new CellStatus(cell, CellState.RUNNING, "", false));
        begun.put(cell.id(), nanos.getAsLong());
        updates.put(cell.id(), updatesOf(cell));
        say("started      " + cell.title());
    }

    @Override
    public synchronized void ended(CellStatus status) {
        String id = status.cell().id();
        states.put(id, status);
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
            CellStatus status = states.get(cell.id());
            if (status != null && status.state() == CellState.RUNNING && seconds >= LONG_UPDATE_SECONDS) {
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

    /** Says something, without tearing the lines that are being rewritten. */
    synchronized void say(String line) {
        takeBack();
        console.err().println(line);
    }

    private void takeBack() {
        if (linesShown > 0) {
            console.rewrite(linesShown, "");
            linesShown = 0;
        }
    }

    private synchronized void tick() {
        String text = text();
        if (console.terminal()) {
            console.rewrite(linesShown, text);
            linesShown = (int) text.lines().count();
        } else {
            console.err().print(text);
        }
    }

    /** What there is to see now, whole lines: all cells in one, and on a terminal those that run. */
    synchronized String text() {
        RunView.Sight sight = view.look(states.values());
        List<RunView.Row> running = sight.rows().stream()
                .filter(row -> row.status().state() == CellState.RUNNING)
                .toList();
        StringBuilder text = new StringBuilder();
        if (console.terminal()) {
            running.stream()
                    .limit(CELLS_SHOWN)
                    .forEach(row -> text.append("  ").append(row.line()).append('\n'));
        }
        if (stopping) {
            return text.append("stopping, ")
                    .append(running.size())
                    .append(running.size() == 1 ? " cell still runs\n" : " cells still run\n")
                    .toString();
        }
        long over = states.values().stream()
                .filter(status -> status.state().isFinal())
                .count();
        return text.append(over + "/" + states.size() + " cells, " + running.size() + " running" + sight.pace())
                .append('\n')
                .toString();
    }

    /** Stops the clock and leaves the cursor on a fresh line. */
    @Override
    public void close() {
        clock.shutdownNow();
        synchronized (this) {
            takeBack();
        }
    }
}
