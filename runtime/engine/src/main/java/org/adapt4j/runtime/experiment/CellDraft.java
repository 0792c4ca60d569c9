package org.adapt4j.runtime.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.settings.CanonicalText;

/**
 * A cell but for its seed and the pre-training it starts from: what many seeds share is written down once.
 *
 * @param cell whose seed is of no matter
 * @param entries its canonical text by key
 * @param objection why it cannot be
 */
record CellDraft(ResolvedCell cell, Map<String, String> entries, Optional<String> objection) {

    static CellDraft of(ResolvedCell cell, Optional<String> objection) {
        return new CellDraft(cell, cell.entries(), objection);
    }

    /**
     * The cell as a plan lists it.
     *
     * @param labels coordinates of the grid other than method, preset and seed
     * @param learned id of the pre-training cell to start from; empty from scratch
     */
    PlannedCell planned(String methodName, Map<String, String> labels, long seed, Optional<String> learned) {
        Map<String, String> all = new TreeMap<>(entries);
        all.put("seed", CanonicalText.entry("seed", seed));
        learned.ifPresent(id -> all.put("learned", CanonicalText.entry("learned", id)));
        String text = String.join("", all.values());
        Optional<String> task = cell.method() instanceof ResolvedCell.Method.Adapt adapt && !adapt.together()
                ? Optional.of(adapt.tasks().get(0))
                : Optional.empty();
        return new PlannedCell(
                CellFolder.idOf(text),
                cell.method().kind(),
                methodName,
                cell.preset(),
                labels,
                seed,
                task,
                learned,
                objection,
                text);
    }
}
