package org.adapt4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of a run: the plan it was made from, and where each of its cells stands. */
public final class RunFolder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAN = "plan.json";
    private static final String EXPERIMENT = "experiment.conf";
    private static final String CELLS = "cells";

    private final Path path;
    private final RunPlan plan;

    private RunFolder(Path path, RunPlan plan) {
        this.path = path;
        this.plan = plan;
    }

    /**
     * Makes a run folder, or takes up the one that is there if it was made from the same plan.
     *
     * @throws ChangedConfigurationException if the folder holds another run, or something else
     */
    public static RunFolder create(Path path, RunPlan plan) {
        if (Files.exists(path.resolve(PLAN))) {
            RunFolder found = open(path);
            found.demandSame(plan);
            return found;
        }
        demandFree(path);
        for (PlannedCell cell : plan.cells()) {
            DurableFiles.write(path.resolve(CELLS).resolve(cell.id()).resolve(CellFolder.RESOLVED), cell.resolved());
        }
        byte[] experiment = plan.experiment().getBytes(StandardCharsets.UTF_8);
        byte[] json = (toJson(plan).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
        DurableFiles.write(path.resolve(EXPERIMENT), experiment);
        Sums.write(path, Map.of(EXPERIMENT, Sha256.of(experiment), PLAN, Sha256.of(json)));
        // The last file: without it there is no run yet.
        DurableFiles.write(path.resolve(PLAN), json);
        return new RunFolder(path, plan);
    }

    /**
     * Opens a run folder. The folder of a cell that was deleted is made again, and the cell with it.
     *
     * @throws DamagedFileException if its plan, or the configuration of a cell, was changed since
     */
    public static RunFolder open(Path path) {
        JsonNode node = plan(path);
        List<PlannedCell> cells = new ArrayList<>();
        for (JsonNode cell : node.withArray("/cells")) {
            CellFolder folder =
                    CellFolder.at(path.resolve(CELLS).resolve(cell.path("id").asText()));
            folder.restore(cell.path("resolved").asText());
            cells.add(PlannedCell.fromJson(cell, folder.resolved()));
        }
        Map<String, String> versions = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> version : node.path("versions").properties()) {
            versions.put(version.getKey(), version.getValue().asText());
        }
        RunPlan plan = new RunPlan(
                node.path("name").asText(),
                node.path("description").asText(),
                versions,
                array(node, "claims"),
                array(node, "published"),
                cells,
                experiment(path));
        return new RunFolder(path, plan);
    }

    /**
     * Reads the plan of a run as it was written.
     *
     * @throws StorageException if there is none
     * @throws DamagedFileException if it does not hold what was written
     */
    public static JsonNode plan(Path path) {
        Path file = path.resolve(PLAN);
        if (!Files.isRegularFile(file)) {
            throw new StorageException(
                    StorageException.Kind.MISSING,
                    path + ": is not a run folder, it has no " + PLAN + ". Start one with: adapt4j run FILE.conf",
                    null);
        }
        Sums sums = sums(path);
        try {
            return JSON.readTree(sums.bytes(PLAN));
        } catch (IOException e) {
            throw sums.unusable(file + ": is not a plan");
        }
    }

    /**
     * Reads the experiment of a run, resolved, as it was written.
     *
     * @throws DamagedFileException if it does not hold what was written
     */
    public static String experiment(Path path) {
        return new String(sums(path).bytes(EXPERIMENT), StandardCharsets.UTF_8);
    }

    private static Sums sums(Path path) {
        return Sums.read(path, "run the experiment again into another folder with --out");
    }

    public Path path() {
        return path;
    }

    public RunPlan plan() {
        return plan;
    }

    /** The folder of a cell. */
    public CellFolder cell(PlannedCell cell) {
        return CellFolder.at(path.resolve(CELLS).resolve(cell.id()));
    }

    /** Keeps other schedulers out of this run until closed. */
    public CellFolder.Lock lock() {
        return CellFolder.lock(path.resolve("lock"), Duration.ZERO, "another adapt4j runs the cells of this folder");
    }

    /** Tells whether the folder is still there, of one that runs together with others: keeps nobody out. */
    CellFolder.Lock presence() {
        return CellFolder.presence(path.resolve(PLAN));
    }

    /** Where every cell stands, in the order of the plan. */
    public List<CellStatus> status() {
        List<CellStatus> own = plan.cells().stream().map(this::status).toList();
        Map<String, CellStatus> known = new HashMap<>();
        own.forEach(status -> known.put(status.cell().id(), status));
        return own.stream()
                .map(status -> withLearned(status, status.cell().learned().map(known::get)))
                .toList();
    }

    /** Where one cell stands, whatever became of the one that it builds on. */
    public CellStatus status(PlannedCell cell) {
        if (cell.notApplicable().isPresent()) {
            return new CellStatus(
                    cell, CellState.NOT_APPLICABLE, cell.notApplicable().get(), false);
        }
        CellFolder folder = cell(cell);
        try {
            Optional<CellResult> result = folder.result();
            if (result.isPresent() && !(result.get() instanceof CellResult.NotApplicable)) {
                boolean again = result.get() instanceof CellResult.Failed failed
                        && failed.failure().kind().isRetryable();
                return new CellStatus(cell, result.get().state(), result.get().reason(), again);
            }
            return folder.lastState()
                    .map(line -> running(cell, line))
                    .orElse(new CellStatus(cell, CellState.PLANNED, "", false));
        } catch (DamagedFileException e) {
            return new CellStatus(cell, CellState.FAILED, String.valueOf(e.getMessage()), false);
        }
    }

    private CellStatus running(PlannedCell cell, ObjectNode line) {
        String reason = line.path("reason").asText("");
        if (!line.path("state").asText().equals(CellState.RUNNING.word())) {
            return new CellStatus(cell, CellState.INTERRUPTED, reason, false);
        }
        long pid = line.path("pid").asLong();
        boolean elsewhere = !line.path("boot").asText().equals(Machine.bootId());
        if (!elsewhere && Machine.lives(pid, line.path("started").asLong())) {
            return new CellStatus(cell, CellState.RUNNING, "process " + pid, false);
        }
        // A process of another machine cannot be looked for: who holds its cell knows of it, here or there.
        Optional<Lease.Holder> far =
                Lease.holder(cell(cell)).filter(holder -> !holder.worker().isNear() || elsewhere && holder.alive());
        if (far.isEmpty()) {
            return new CellStatus(cell, CellState.LOST, "process " + pid + " is gone", false);
        }
        String worker = "worker " + far.get().worker().name();
        return far.get().alive()
                ? new CellStatus(cell, CellState.RUNNING, worker, false)
                : new CellStatus(cell, CellState.LOST, worker + " has fallen silent", false);
    }

    private static CellStatus withLearned(CellStatus own, Optional<CellStatus> learned) {
        boolean waits = !own.state().isFinal() && own.state() != CellState.RUNNING;
        if (waits && learned.isPresent()) {
            CellStatus before = learned.get();
            if (before.state() == CellState.FAILED || before.state() == CellState.NOT_APPLICABLE) {
                return new CellStatus(own.cell(), CellState.NOT_APPLICABLE, becauseOf(before), false);
            }
        }
        return own;
    }

    private static String becauseOf(CellStatus learned) {
        return learned.state() == CellState.FAILED
                ? "its pre-training failed: " + learned.reason()
                : "its pre-training cannot be: " + learned.reason();
    }

    private void demandSame(RunPlan other) {
        if (!plan.experiment().equals(other.experiment())) {
            throw changed(LineDifference.between(plan.experiment(), other.experiment()));
        }
        Set<String> ids = new HashSet<>();
        plan.cells().forEach(cell -> ids.add(cell.id()));
        for (int i = 0; i < other.cells().size(); i++) {
            PlannedCell cell = other.cells().get(i);
            if (!ids.contains(cell.id())) {
                String before = i < plan.cells().size() ? plan.cells().get(i).resolved() : "";
                throw changed(LineDifference.between(before, cell.resolved()));
            }
        }
    }

    private ChangedConfigurationException changed(String difference) {
        return new ChangedConfigurationException(path + ": holds a run of another configuration:\n" + difference
                + "\nChoose another folder with --out, or go on with the old configuration: adapt4j resume " + path);
    }

    private static void demandFree(Path path) {
        if (!Files.isDirectory(path)) {
            return;
        }
        Set<String> ours =
                Set.of(CELLS, EXPERIMENT, Sums.FILE, PLAN + ".part", EXPERIMENT + ".part", Sums.FILE + ".part", "lock");
        try (Stream<Path> entries = Files.list(path)) {
            Optional<Path> foreign = entries.filter(entry -> !ours.contains(String.valueOf(entry.getFileName())))
                    .sorted()
                    .findFirst();
            if (foreign.isPresent()) {
                throw new ChangedConfigurationException(path + ": is not a run folder, and not empty (it holds "
                        + foreign.get().getFileName() + "). Choose another with --out");
            }
        } catch (IOException e) {
            throw StorageException.of(path, e);
        }
    }

    private static ArrayNode array(JsonNode node, String key) {
        return node.path(key) instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
    }

    private static ObjectNode toJson(RunPlan plan) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", plan.name()).put("description", plan.description());
        node.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        ObjectNode versions = node.putObject("versions");
        plan.versions().forEach(versions::put);
        node.set("claims", plan.claims());
        node.set("published", plan.published());
        ArrayNode cells = node.putArray("cells");
        plan.cells().forEach(cell -> cells.add(cell.toJson()));
        return node;
    }
}
