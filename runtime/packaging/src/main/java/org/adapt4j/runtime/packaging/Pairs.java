package org.adapt4j.runtime.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;

/** Cells that ended well in two runs: the same configuration, or the same coordinates of the grid where some setting was changed. */
final class Pairs {
    private Pairs() {}

    /**
     * A cell that was run twice.
     *
     * @param before in the run that was packed
     * @param now in the one that was made anew
     */
    record Pair(Cell before, Cell now) {
        boolean isOfOneConfiguration() {
            return before.id().equals(now.id());
        }
    }

    static List<Pair> of(RunFolder old, RunFolder again) {
        List<Pair> pairs = new ArrayList<>();
        again.cells().stream()
                .filter(Cell::isDone)
                .forEach(now -> before(old, now).ifPresent(before -> pairs.add(new Pair(before, now))));
        return pairs;
    }

    private static Optional<Cell> before(RunFolder old, Cell now) {
        Optional<Cell> same = old.cell(now.id());
        if (same.isPresent()) {
            return same.filter(Cell::isDone);
        }
        List<Cell> alike = old.cells().stream()
                .filter(cell -> coordinates(cell).equals(coordinates(now)))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.get(0)).filter(Cell::isDone) : Optional.empty();
    }

    private static List<Object> coordinates(Cell cell) {
        return List.of(cell.isPretraining(), cell.method(), cell.preset(), cell.labels(), cell.seed(), cell.task());
    }
}
