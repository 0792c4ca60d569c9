package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
     * @param episodeReturn of the episodes that ended last while it trained; empty if it does not tell
     */
    record Row(CellStatus status, long steps, long expected, double perSecond, OptionalDouble episodeReturn) {
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

        /** Such as {@code 7.25}; empty if there is none. */
        String earned() {
            return episodeReturn.isEmpty() ? "" : String.format(Locale.ROOT, "%.4g", episodeReturn.getAsDouble());
        }

        /** All of it in a line, such as {@code adapt rl2 paper seed 0: 1.2 k of 8.2 k steps, return 7.250, 400 steps/s, 18 s left}. */
        String line() {
            if (steps == 0) {
                return status.cell().title() + ": begins";
            }
            return status.cell().title() + ": " + way() + " steps"
                    + (earned().isEmpty() ? "" : ", return " + earned())
                    + (speed().isEmpty() ? "" : ", " + speed() + " steps/s")
                    + (left().isEmpty() ? "" : ", " + left() + " left");
        }
    }

    /**
     * All cells at one moment.
     *
     * @param rows what runs first, then what wants somebody's care
     * @param perSecond steps of all cells together, lately
     */
    record Sight(List<Row> rows, double perSecond) {
        /** How fast they are together and how long that takes, to end a line; empty if nobody knows. */
        String pace() {
            double left = 0;
            for (Row row : rows) {
                left += row.status().state().isFinal() ? 0 : Math.max(0, row.expected() - row.steps());
            }
            return Pace.words(perSecond, left);
        }

        /** All cells in a line: how many stand where, how fast they are together, and how long that takes. */
        String summary() {
            return Summary.line(rows.stream().map(Row::status).toList()) + pace();
        }
    }

    private final RunFolder folder;
    private final LongSupplier nanos;
    private final Map<String, Long> expected;
    private final Map<String, Pace> paces = new HashMap<>();
    private final Pace together = new Pace();
    /** Cells that are over, as they ended. */
    private final Map<String, Row> ended = new HashMap<>();

    /** What its file says of the steps of each cell. */
    RunView(RunFolder folder) {
        this(folder, granted(folder), System::nanoTime);
    }

    /**
     * The same by another watch.
     *
     * @param expected steps of each cell, by id
     */
    RunView(RunFolder folder, Map<String, Long> expected, LongSupplier nanos) {
        this.folder = folder;
        this.expected = Map.copyOf(expected);
        this.nanos = nanos;
    }

    /** What the budget of each cell grants it, by id. */
    static Map<String, Long> granted(RunFolder folder) {
        Map<String, Long> granted = new HashMap<>();
        for (List<PlannedCell> alike : PlanVerb.groups(folder.plan()).values()) {
            if (alike.get(0).notApplicable().isEmpty()) {
                PhaseSettings.Budget budget =
                        ResolvedCell.parse(alike.get(0).resolved()).phase().budget();
                long steps = budget.environmentSteps() > 0 ? budget.environmentSteps() : budget.updates();
                alike.forEach(cell -> granted.put(cell.id(), steps));
            }
        }
        return granted;
    }

    /** Name of the experiment. */
    String name() {
        return folder.plan().name();
    }

    /** All cells as they are now. */
    Sight look() {
        return look(folder.status());
    }

    /** The same where somebody knows where each stands. */
    Sight look(Collection<CellStatus> statuses) {
        List<Row> rows = new ArrayList<>();
        long now = nanos.getAsLong();
        double all = 0;
        for (CellStatus status : statuses) {
            Row row = ended.get(status.cell().id());
            if (row == null || row.status().state() != status.state()) {
                row = row(status, now);
            }
            rows.add(row);
            all += row.steps();
        }
        rows.sort(Comparator.comparing(row -> IN_ORDER.indexOf(row.status().state())));
        return new Sight(rows, together.at(now, all));
    }

    private Row row(CellStatus status, long now) {
        String id = status.cell().id();
        boolean begun = status.state() != CellState.PLANNED && status.state() != CellState.NOT_APPLICABLE;
        Optional<ObjectNode> last =
                begun ? JsonLines.last(folder.cell(status.cell()).metrics()) : Optional.empty();
        long steps = last.map(Steps::of).orElse(0L);
        JsonNode earned =
                last.map(line -> line.path("values").path("episode-return")).orElse(MissingNode.getInstance());
        Row row = new Row(
                status,
                steps,
                expected.getOrDefault(id, 0L),
                pace(status, now, steps),
                earned.isNumber() ? OptionalDouble.of(earned.asDouble()) : OptionalDouble.empty());
        if (status.state().isFinal()) {
            ended.put(id, row); // nothing of it changes any more, and there may be thousands
        }
        return row;
    }

    private double pace(CellStatus status, long now, long steps) {
        String id = status.cell().id();
        if (status.state() != CellState.RUNNING) {
            paces.remove(id);
            return 0;
        }
        return paces.computeIfAbsent(id, any -> new Pace()).at(now, steps);
    }
}
