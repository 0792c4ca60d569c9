package org.adapt4j.runtime.report.folder;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.runtime.run.RunPlan;

/**
 * Everything a report needs to know of one run: what was planned, and what became of it.
 *
 * @param root the folder itself
 * @param name of the run
 * @param description in the words of the experiment, possibly empty
 * @param created when the plan was made, as written there, possibly empty
 * @param versions of the framework, its plug-ins and the engine, by name
 * @param claims of the plan, as written
 * @param published what others measured, by the plan
 * @param cells in the order of the plan
 * @param packed the package that it was packed into, if it was
 */
public record RunFolder(
        Path root,
        String name,
        String description,
        String created,
        Map<String, String> versions,
        List<JsonNode> claims,
        List<Published> published,
        List<Cell> cells,
        Optional<Packed> packed) {
    /** Copies the collections. */
    public RunFolder {
        claims = List.copyOf(claims);
        published = List.copyOf(published);
        cells = List.copyOf(cells);
    }

    /** Reads a folder; see {@link RunFolderReader}. */
    public static RunFolder read(Path root) {
        return new RunFolderReader(root).read();
    }

    /** A run that is planned, of which nothing is there yet. */
    public static RunFolder planned(RunPlan plan) {
        List<JsonNode> claims = new ArrayList<>();
        plan.claims().forEach(claims::add);
        Path nowhere = Path.of("");
        return new RunFolder(
                nowhere,
                plan.name(),
                plan.description(),
                "",
                plan.versions(),
                claims,
                List.of(),
                plan.cells().stream().map(cell -> Cell.planned(cell, nowhere)).toList(),
                Optional.empty());
    }

    /** The same as part of a package. */
    public RunFolder in(Packed around) {
        return new RunFolder(root, name, description, created, versions, claims, published, cells, Optional.of(around));
    }

    /** The adaptation cells in the order of the plan. */
    public List<Cell> adaptations() {
        return cells.stream().filter(cell -> !cell.isPretraining()).toList();
    }

    /** The pre-training cells in the order of the plan. */
    public List<Cell> pretrainings() {
        return cells.stream().filter(Cell::isPretraining).toList();
    }

    /** What the finished cells ended with. */
    public Stream<Cell.Result> results() {
        return cells.stream().filter(Cell::isDone).flatMap(cell -> cell.result().stream());
    }

    /** The cell of an id. */
    public Optional<Cell> cell(String id) {
        return cells.stream().filter(cell -> cell.id().equals(id)).findFirst();
    }
}
