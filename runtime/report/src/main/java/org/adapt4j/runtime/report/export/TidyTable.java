package org.adapt4j.runtime.report.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.run.CellFolder;
import org.jspecify.annotations.Nullable;

/**
 * Every episode that was played to measure, a row each, with the coordinates of its cell: what pandas and R call tidy.
 *
 * <p>Columns: {@code cell} (id), {@code kind} (pretrain or adapt), {@code method}, {@code preset}, {@code seed}, a column {@code axis.…} for
 * each further axis of the grid, {@code split} (train or test), {@code task}, {@code scale} (what the next counts), {@code declared}
 * (point of measuring), {@code environment_steps} and {@code updates} (spent when it was measured), {@code span} (what rewards were summed
 * over), {@code episode} (0, 1, … at this point on this task), {@code return}, {@code length} (steps), {@code solved} (true, false or
 * empty where the benchmark knows no such thing), {@code normalised} (score of the mean return over this point's episodes of this task) and
 * {@code action_loss} (distance from the expert's actions; empty where there is none).
 */
public final class TidyTable {
    private static final List<String> FIRST = List.of("cell", "kind", "method", "preset", "seed");
    private static final List<String> LAST = List.of(
            "split",
            "task",
            "scale",
            "declared",
            "environment_steps",
            "updates",
            "span",
            "episode",
            "return",
            "length",
            "solved",
            "normalised",
            "action_loss");

    private final RunFolder run;
    private final TreeSet<String> axes = new TreeSet<>();

    private TidyTable(RunFolder run) {
        this.run = run;
        run.cells().forEach(cell -> axes.addAll(cell.labels().keySet()));
    }

    /** Of the cells that are done. */
    public static TidyTable of(RunFolder run) {
        return new TidyTable(run);
    }

    /** Names of all columns, in order. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>(FIRST);
        axes.forEach(axis -> columns.add("axis." + axis));
        columns.addAll(LAST);
        return columns;
    }

    /** As RFC 4180 has it, the columns' names first. */
    public String csv() {
        return lines().collect(Collectors.joining());
    }

    /** Writes the same in UTF-8, holding one cell at a time: a run of thousands measured more than memory should. */
    public void writeCsv(OutputStream out) throws IOException {
        Iterable<String> lines = lines()::iterator;
        for (String line : lines) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Stream<String> lines() {
        List<String> columns = columns();
        return Stream.concat(
                Stream.of(Csv.line(columns)),
                rows().map(row -> Csv.line(
                        columns.stream().map(column -> text(row.get(column))).toList())));
    }

    private static String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isFloatingPointNumber() ? Csv.number(value.asDouble()) : value.asText();
    }

    /** A list of objects, one for each row. */
    public ArrayNode json() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        List<String> columns = columns();
        rows().forEach(row -> {
            ObjectNode object = list.addObject();
            columns.forEach(column -> object.set(column, row.get(column)));
        });
        return list;
    }

    private Stream<Map<String, JsonNode>> rows() {
        return run.cells().stream().filter(Cell::isDone).flatMap(cell -> {
            CellFolder folder = CellFolder.at(cell.folder());
            return folder.lines(folder.evaluations()).stream()
                    .flatMap(line -> IntStream.range(0, line.path("returns").size())
                            .mapToObj(episode -> row(cell, line, episode)));
        });
    }

    private Map<String, JsonNode> row(Cell cell, ObjectNode line, int episode) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        Map<String, JsonNode> row = new LinkedHashMap<>();
        row.put("cell", json.textNode(cell.id()));
        row.put("kind", json.textNode(cell.isPretraining() ? "pretrain" : "adapt"));
        row.put("method", json.textNode(cell.method()));
        row.put("preset", json.textNode(cell.preset()));
        row.put("seed", json.numberNode(cell.seed()));
        axes.forEach(axis -> {
            String value = cell.labels().get(axis);
            row.put("axis." + axis, value == null ? json.nullNode() : json.textNode(value));
        });
        row.put("split", line.path("split"));
        row.put("task", line.path("task"));
        row.put("scale", json.textNode(line.path("declared-in").asText("environment-steps")));
        row.put("declared", line.path("declared"));
        row.put("environment_steps", line.path("environment-steps"));
        row.put("updates", present(line.path("updates")));
        row.put("span", line.path("span"));
        row.put("episode", json.numberNode(episode));
        row.put("return", line.path("returns").path(episode));
        row.put("length", present(line.path("lengths").path(episode)));
        row.put("solved", present(line.path("solved").path(episode)));
        row.put("normalised", line.path("normalised"));
        row.put("action_loss", present(line.path("action-loss")));
        return row;
    }

    private static JsonNode present(JsonNode value) {
        return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }
}
