package org.adapt4j.runtime.report.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResult;
import org.adapt4j.runtime.run.CodeLog;
import org.adapt4j.runtime.run.DamagedFileException;
import org.adapt4j.runtime.run.Failure;
import org.adapt4j.runtime.run.JsonLines;
import org.adapt4j.runtime.run.Origin;
import org.adapt4j.runtime.run.StorageException;

/**
 * Reads {@code plan.json} and the folder of each cell.
 *
 * <p>A missing or unreadable plan ends the report. Anything wrong inside a cell makes that cell
 * {@link Cell.State#DAMAGED} with a reason naming file and line; the others are read as usual.
 */
final class RunFolderReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    RunFolderReader(Path root) {
        this.root = root;
    }

    RunFolder read() {
        JsonNode plan = plan();
        List<JsonNode> planned = new ArrayList<>();
        plan.path("cells").forEach(planned::add);
        for (int index = 0; index < planned.size(); index++) {
            for (String field : List.of("id", "kind", "method")) {
                if (!planned.get(index).path(field).isTextual()) {
                    throw new RunFolderException(root.resolve("plan.json") + ": cell " + index + " has no " + field
                            + ": the file was changed. Restore it from a copy");
                }
            }
        }
        List<Cell> cells = planned.parallelStream().map(this::cell).toList();
        List<JsonNode> claims = new ArrayList<>();
        plan.path("claims").forEach(claims::add);
        List<Published> published = new ArrayList<>();
        plan.path("published").forEach(curve -> published.add(Published.of(curve)));
        Path name = root.toAbsolutePath().normalize().getFileName();
        return new RunFolder(
                root,
                plan.path("name").asText(name == null ? "run" : name.toString()),
                plan.path("description").asText(""),
                plan.path("created").asText(""),
                versions(plan),
                claims,
                published,
                cells,
                packed());
    }

    private Optional<Packed> packed() {
        try {
            return Packed.of(root);
        } catch (DamagedFileException e) {
            throw new RunFolderException(
                    e.getMessage()
                            + " Or delete it: the run is whole without it, and its page then links to no package",
                    e);
        }
    }

    /** What ran in the end, and in place of what. */
    private Map<String, String> versions(JsonNode plan) {
        Map<String, String> versions = new TreeMap<>(texts(plan.path("versions")));
        try {
            List<String> data = Origin.read(root).map(Origin::accepted).orElse(List.of());
            for (int i = 0; i < data.size(); i++) {
                versions.put("changed data " + (i + 1), data.get(i));
            }
            for (CodeLog.Entry entry : CodeLog.of(root).entries()) {
                versions.put("java", entry.code().java());
                versions.putAll(entry.plugins());
                if (!entry.difference().isEmpty()) {
                    versions.put("changed " + entry.at(), entry.difference().strip());
                }
            }
        } catch (DamagedFileException e) {
            throw new RunFolderException(String.valueOf(e.getMessage()), e);
        }
        return versions;
    }

    private JsonNode plan() {
        try {
            JsonNode plan = org.adapt4j.runtime.run.RunFolder.plan(root);
            if (!plan.path("cells").isArray()) {
                throw new RunFolderException(root.resolve("plan.json")
                        + ": is not a plan, it has no list of cells: the file was changed. Restore it from a copy");
            }
            return plan;
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.MISSING) {
                throw new RunFolderException(
                        root + ": no plan.json here, so this is not a run folder; give the folder that 'adapt4j run'"
                                + " made",
                        e);
            }
            throw new RunFolderException(String.valueOf(e.getMessage()), e);
        } catch (DamagedFileException e) {
            throw new RunFolderException(String.valueOf(e.getMessage()), e);
        }
    }

    private Cell cell(JsonNode planned) {
        String id = planned.path("id").asText();
        Path folder = root.resolve("cells").resolve(id);
        Found found = new Found();
        if (text(planned, "not-applicable").isPresent()) {
            found.state = Cell.State.NOT_APPLICABLE;
            found.reason = text(planned, "not-applicable").orElseThrow();
        } else {
            try {
                fill(found, folder);
            } catch (DamagedFileException | StorageException e) {
                found = new Found();
                found.state = Cell.State.DAMAGED;
                found.reason = String.valueOf(e.getMessage()).replace(root + "/", "");
            }
        }
        return new Cell(
                id,
                planned.path("kind").asText().equals("pretrain"),
                planned.path("method").asText(),
                text(planned, "preset").orElse("default"),
                texts(planned.path("labels")),
                seed(planned),
                text(planned, "task"),
                text(planned, "learned"),
                found.state,
                found.reason,
                found.logTail,
                found.evaluations,
                found.training,
                found.result,
                folder);
    }

    private int seed(JsonNode planned) {
        if (!planned.path("seed").canConvertToInt()) {
            throw new RunFolderException(root.resolve("plan.json") + ": cell "
                    + planned.path("id").asText() + " has the seed " + planned.path("seed")
                    + ", which is no whole number of 32 bits: experiments with such seeds are refused; run it with"
                    + " smaller ones");
        }
        return planned.path("seed").intValue();
    }

    /** What the files of a cell say, while they are being read. */
    private static final class Found {
        private Cell.State state = Cell.State.WAITING;
        private String reason = "";
        private List<String> logTail = List.of();
        private List<Cell.Evaluation> evaluations = List.of();
        private List<Cell.TrainingPoint> training = List.of();
        private Optional<Cell.Result> result = Optional.empty();
    }

    private static void fill(Found found, Path folder) {
        CellFolder cell = CellFolder.at(folder);
        if (cell.exists()) {
            cell.resolved(); // numbers of another configuration are none of this cell
        }
        Optional<CellResult> result = cell.result();
        List<ObjectNode> states = JsonLines.read(folder.resolve("state.jsonl"));
        JsonNode last = states.isEmpty() ? JSON.missingNode() : states.get(states.size() - 1);
        found.state = result.map(RunFolderReader::state)
                .orElseGet(() -> state(last.path("state").asText("")));
        found.reason = result.map(CellResult::reason)
                .filter(reason -> !reason.isEmpty())
                .or(() -> text(last, "reason"))
                .orElse("");
        if (found.state == Cell.State.FAILED && found.reason.isEmpty()) {
            found.reason = "no reason was recorded";
        }
        found.evaluations = evaluations(cell.evaluations(), cell.lines(cell.evaluations()));
        found.training = training(cell.lines(cell.metrics()));
        result.ifPresent(end -> fill(found, end, cell));
    }

    private static void fill(Found found, CellResult end, CellFolder cell) {
        if (end instanceof CellResult.Done done) {
            found.result = Optional.of(new Cell.Result(
                    done.spent().wallSeconds(),
                    done.spent().environmentSteps(),
                    OptionalLong.of(done.spent().updates()),
                    done.backEnd(),
                    done.benchmark(),
                    OptionalInt.of(Math.toIntExact(done.parameters())),
                    done.film().map(film -> cell.checkedFilm()),
                    done.scale()));
        } else if (end instanceof CellResult.Failed failed) {
            found.logTail = failed.logTail();
            found.result = Optional.of(new Cell.Result(
                    failed.spent().wallSeconds(),
                    failed.spent().environmentSteps(),
                    OptionalLong.of(failed.spent().updates()),
                    "",
                    "",
                    OptionalInt.empty(),
                    Optional.empty(),
                    ""));
        }
    }

    private static Cell.State state(CellResult result) {
        return switch (result.state()) {
            case DONE -> Cell.State.DONE;
            case NOT_APPLICABLE -> Cell.State.NOT_APPLICABLE;
            default ->
                result instanceof CellResult.Failed failed && failed.failure().kind() == Failure.Kind.DIVERGED
                        ? Cell.State.DIVERGED
                        : Cell.State.FAILED;
        };
    }

    private static Cell.State state(String last) {
        return switch (last) {
            case "failed" -> Cell.State.FAILED;
            case "interrupted" -> Cell.State.INTERRUPTED;
            case "" -> Cell.State.WAITING;
            default -> Cell.State.RUNNING;
        };
    }

    private static List<Cell.Evaluation> evaluations(Path log, List<ObjectNode> lines) {
        List<Cell.Evaluation> evaluations = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            JsonNode line = lines.get(i);
            double[] returns = numbers(line.path("returns"));
            double mean = mean(returns); // not a number where there is none
            if (!Double.isFinite(mean)
                    || !line.path("normalised").isNumber()
                    || !Double.isFinite(line.path("normalised").asDouble())
                    || !line.path("declared").isNumber()) {
                throw new DamagedFileException(
                        log + ": " + (i + 1) + ": needs declared, a finite score and at least one return, all finite");
            }
            String scale = line.path("declared-in").asText("environment-steps");
            evaluations.add(new Cell.Evaluation(
                    Math.max(line.path("declared").asLong(), line.path(scale).asLong()),
                    scale.replace('-', ' '),
                    line.path("environment-steps").asLong(),
                    line.path("split").asText("test"),
                    line.path("task").asText(""),
                    line.path("span").asText("episode"),
                    mean,
                    line.path("normalised").asDouble(),
                    solved(line.path("solved")),
                    returns.length,
                    line.path("action-loss").isNumber()
                            ? OptionalDouble.of(line.path("action-loss").asDouble())
                            : OptionalDouble.empty()));
        }
        return evaluations;
    }

    private static Optional<Double> solved(JsonNode episodes) {
        int known = 0;
        int solved = 0;
        for (JsonNode episode : episodes) {
            if (episode.isBoolean()) {
                known++;
                solved += episode.asBoolean() ? 1 : 0;
            }
        }
        return known == 0 ? Optional.empty() : Optional.of(solved / (double) known);
    }

    private static List<Cell.TrainingPoint> training(List<ObjectNode> lines) {
        List<Cell.TrainingPoint> points = new ArrayList<>();
        for (JsonNode line : lines) {
            Map<String, Double> values = new TreeMap<>();
            line.path("values").propertyStream().forEach(entry -> {
                if (entry.getValue().isNumber()
                        && Double.isFinite(entry.getValue().asDouble())) {
                    values.put(entry.getKey(), entry.getValue().asDouble());
                }
            });
            long steps = line.path("environment-steps").asLong();
            points.add(new Cell.TrainingPoint(
                    steps == 0 ? line.path("updates").asLong() : steps,
                    line.path("wall-seconds").asDouble(Double.NaN),
                    Collections.unmodifiableMap(values)));
        }
        return points;
    }

    private static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).isNumber() ? array.get(i).asDouble() : Double.NaN;
        }
        return values;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.asText().isEmpty() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> values = new LinkedHashMap<>();
        object.propertyStream()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return Collections.unmodifiableMap(values);
    }
}
