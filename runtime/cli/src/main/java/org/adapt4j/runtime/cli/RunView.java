package org.adapt4j.runtime.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.adapt4j.runtime.experiment.PhaseSettings;
import org.adapt4j.runtime.experiment.ResolvedCell;
import org.adapt4j.runtime.run.CellState;
import org.adapt4j.runtime.run.CellStatus;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;

/** A run as its folder shows it, looked at again and again: wherever its cells are computed, and by whom. */
final class RunView {
    private static final List<CellState> IN_ORDER = List.of(
            CellState.RUNNING,
            CellState.FAILED,
            CellState.LOST,
            CellState.INTERRUPTED,
            CellState.PLANNED,
            CellState.DONE,
            CellState.NOT_APPLICABLE);

    /**
     * A cell at one moment.
     *
     * @param status where it stands
     * @param steps that it has come
     * @param expected that its budget grants; 0 if that is no number of steps
     * @param perSecond that it went lately; 0 if it did not run, or was seen only once
     */
    record Row(CellStatus status, long steps, long expected, double perSecond) {
        /** Share of the way that is gone, from 0 to 1. */
        double share() {
            return status.state() == CellState.DONE ? 1 : expected == 0 ? 0 : Math.min(1, (double) steps / expected);
        }

        /** Such as {@code 12.5 k of 20.0 k}. */
        String way() {
            return steps == 0
                    ? ""
                    : Quantities.count(steps) + (expected == 0 ? "" : " of " + Quantities.count(expected));
        }

        /** Steps per second; empty if it does not go on. */
        String speed() {
            return perSecond <= 0 ? "" : Quantities.count(perSecond);
        }

        /** How long it needs at this pace; empty if nobody knows. */
        String left() {
            return perSecond <= 0 || expected <= steps ? "" : Quantities.duration((expected - steps) / perSecond);
        }
    }

    private final RunFolder folder;
    private final LongSupplier nanos;
    private final Map<String, Long> expected = new HashMap<>();
    private final Map<String, Pace> paces = new HashMap<>();

    RunView(RunFolder folder) {
        this(folder, System::nanoTime);
    }

    /** The same by another watch. */
    RunView(RunFolder folder, LongSupplier nanos) {
        this.folder = folder;
        this.nanos = nanos;
        for (List<PlannedCell> alike : PlanVerb.groups(folder.plan()).values()) {
            if (alike.get(0).notApplicable().isEmpty()) {
                PhaseSettings.Budget budget =
                        ResolvedCell.parse(alike.get(0).resolved()).phase().budget();
                long steps = budget.environmentSteps() > 0 ? budget.environmentSteps() : budget.updates();
                alike.forEach(cell -> expected.put(cell.id(), steps));
            }
        }
    }

    /** Name of the experiment. */
    String name() {
        return folder.plan().name();
    }

    /** All cells as they are now: what runs first, then what wants somebody's care. */
    List<Row> look() {
        List<Row> rows = new ArrayList<>();
        long now = nanos.getAsLong();
        for (CellStatus status : folder.status()) {
            String id = status.cell().id();
            long steps = status.state() == CellState.PLANNED || status.state() == CellState.NOT_APPLICABLE
                    ? 0
                    : JsonLines.last(folder.cell(status.cell()).metrics())
                            .map(Steps::of)
                            .orElse(0L);
            rows.add(new Row(status, steps, expected.getOrDefault(id, 0L), pace(status, now, steps)));
        }
        rows.sort(Comparator.comparing(row -> IN_ORDER.indexOf(row.status().state())));
        return rows;
    }

    private double pace(CellStatus status, long now, long steps) {
        String id = status.cell().id();
        if (status.state() != CellState.RUNNING) {
            paces.remove(id);
            return 0;
        }
        return paces.computeIfAbsent(id, any -> new Pace()).at(now, steps);
    }

    /** All cells in a line: how many stand where, how fast they are together, and how long that takes. */
    static String summary(List<Row> rows) {
        double rate = 0;
        double left = 0;
        for (Row row : rows) {
            rate += row.perSecond();
            left += row.status().state().isFinal() ? 0 : Math.max(0, row.expected() - row.steps());
        }
        return Summary.line(rows.stream().map(Row::status).toList()) + Pace.words(rate, left);
    }
}
