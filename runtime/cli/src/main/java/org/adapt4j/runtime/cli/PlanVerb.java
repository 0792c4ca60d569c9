package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.runtime.program.CellProgram;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what an experiment will take before it is run. */
@Command(
        name = "plan",
        description = "List the cells of an experiment and what they will take: steps, memory, disk, time.")
final class PlanVerb implements Callable<Integer> {
    private static final double PROBE_SECONDS = 10;
    /** A line of evaluations.jsonl without its episodes, and what an episode adds. */
    private static final long EVALUATION_EPISODE_BYTES = 40;

    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--slots", paramLabel = "N", description = "How many cells would run at once.")
    private int slots;

    @Option(names = "--cells", description = "List every cell.")
    private boolean everyCell;

    @Option(
            names = "--measure",
            description =
                    "First measure the speeds that are not known yet, or stale (seconds each, minutes for a large network).")
    private boolean measure;

    @Option(names = "--remeasure", description = "First measure all speeds anew.")
    private boolean remeasure;

    @Option(
            names = "--like",
            paramLabel = "RUN",
            description = "Folder of an earlier run, whose variances say what the claims can decide.")
    private @Nullable Path like;

    @Option(names = "--json", description = "Print the plan as JSON.")
    private boolean json;

    PlanVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = experiment.file();
        Workbench workbench = plugins.workbench();
        RunPlan plan = workbench.plan(file, experiment.overrides());
        List<PlanRow> rows = rows(workbench, plan);
        int runnable = rows.stream()
                .filter(row -> row.impossible().isEmpty())
                .mapToInt(PlanRow::cells)
                .sum();
        int parallel = Math.max(1, Math.min(runnable, slots > 0 ? slots : slots(workbench, plan)));
        // A grid may span benchmarks: each is looked at once.
        Map<String, PlannedCell> benchmarks = new LinkedHashMap<>();
        rows.forEach(row -> benchmarks.putIfAbsent(row.work().benchmark(), row.first()));
        List<Finding> missing = benchmarks.values().stream()
                .flatMap(cell -> workbench.inspect(cell).stream())
                .filter(finding -> !finding.good())
                .distinct()
                .toList();
        Decisions decisions = Decisions.of(plan, Optional.ofNullable(like));
        if (json) {
            ObjectNode node = toJson(plan, rows, parallel);
            decisions.toJson(node.putArray("decisions"));
            ArrayNode array = node.putArray("missing");
            missing.forEach(finding -> array.add(finding.what()));
            console.json(node);
        } else {
            print(plan, rows, parallel);
            decisions.print(
                    console.out(), total(rows, PlanRow::trainingSeconds) + total(rows, PlanRow::measuringSeconds));
            missing.forEach(finding -> console.out()
                    .println("PROBLEM " + finding.what() + ": " + finding.found() + ". " + finding.advice()));
        }
        return Exit.OK;
    }

    static int slots(Workbench workbench, RunPlan plan) {
        int threads = 1;
        for (List<PlannedCell> alike : groups(plan).values()) {
            threads = Math.max(
                    threads, workbench.resources(alike.get(0).resolved()).threads());
        }
        return Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
    }

    /** Cells that differ in task and seed only, in the order of the plan: they do the same work, so one of them tells of all. */
    static Map<List<Object>, List<PlannedCell>> groups(RunPlan plan) {
        Map<List<Object>, List<PlannedCell>> groups = new LinkedHashMap<>();
        for (PlannedCell cell : plan.cells()) {
            List<Object> key = List.of(cell.kind(), cell.method(), cell.preset(), cell.labels(), cell.notApplicable());
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(cell);
        }
        return groups;
    }

    private List<PlanRow> rows(Workbench workbench, RunPlan plan) {
        Speeds speeds = Speeds.ofThisMachine();
        Map<String, Optional<Speeds.Known>> measured = new HashMap<>();
        List<PlanRow> rows = new ArrayList<>();
        for (List<PlannedCell> group : groups(plan).values()) {
            PlannedCell first = group.get(0);
            Workbench.Work work = workbench.work(first);
            Optional<Speeds.Known> known = Optional.empty();
            long moreMemory = 0;
            if (first.notApplicable().isEmpty() && work.moves()) {
                PlannedCell endless = workbench.endless(first);
                known = measured.computeIfAbsent(
                        workbench.pace(first), pace -> speed(workbench, endless, pace, speeds));
                // The probe plays fewer environments at once, and stops before a replay is full.
                moreMemory = work.replayBytes()
                        + Math.max(
                                0, work.rolloutBytes() - workbench.work(endless).rolloutBytes());
            }
            Set<String> ids = group.stream().map(PlannedCell::id).collect(Collectors.toSet());
            rows.add(new PlanRow(first, ids, work, known, moreMemory, first.notApplicable()));
        }
        return rows;
    }

    private Optional<Speeds.Known> speed(Workbench workbench, PlannedCell endless, String pace, Speeds speeds) {
        Optional<Speeds.Known> known = speeds.of(pace);
        boolean good =
                known.filter(speed -> speed.stale(Instant.now()).isEmpty()).isPresent();
        if (!remeasure && (good || !measure)) {
            return known;
        }
        double load = Speeds.load();
        console.err()
                .println("measuring the speed of " + endless.kind() + " " + endless.method() + " " + endless.preset()
                        + " on this machine");
        CellProcess processes = CellProgram.process(cell -> workbench.resources(cell.resolved()), plugins.folder());
        Probe.Outcome outcome = new Probe(processes, PROBE_SECONDS).measure(endless);
        outcome.speed().ifPresent(found -> speeds.put(pace, found, Instant.now(), load));
        if (outcome.speed().isEmpty()) {
            console.err().println("  it could not be measured: " + outcome.problem());
        }
        return outcome.speed().isPresent() ? speeds.of(pace) : Optional.empty();
    }

    private void print(RunPlan plan, List<PlanRow> rows, int parallel) {
        PrintStream out = console.out();
        out.println(plan.name() + ": " + plan.description());
        out.println();
        Table table = new Table(
                "cells",
                "what",
                "steps each",
                "steps",
                "steps/s",
                "time",
                "to measure at most",
                "steps/s",
                "time",
                "disk");
        for (PlanRow row : rows) {
            if (row.impossible().isPresent()) {
                table.add(
                        row.cells() + "",
                        row.title(),
                        "n/a: " + row.impossible().get(),
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "");
                continue;
            }
            table.add(
                    row.cells() + "",
                    row.title(),
                    Quantities.count(row.work().steps()) + row.unit(),
                    Quantities.count(row.steps()),
                    row.speed().map(s -> Quantities.count(s.stepsPerSecond())).orElse("?"),
                    Quantities.duration(row.trainingSeconds()),
                    Quantities.count(row.measuredSteps()),
                    row.speed()
                            .map(s -> Quantities.count(s.measuredStepsPerSecond()))
                            .orElse("?"),
                    Quantities.duration(row.measuringSeconds()),
                    Quantities.bytes(row.disk()));
        }
        table.print(out);
        Map<String, List<String>> remarks = new LinkedHashMap<>();
        for (PlanRow row : rows) {
            if (row.impossible().isEmpty()) {
                row.work()
                        .remarks()
                        .forEach(remark -> remarks.computeIfAbsent(remark, r -> new ArrayList<>())
                                .add(row.title()));
            }
        }
        remarks.forEach((remark, where) -> out.println(
                where.get(0) + (where.size() == 1 ? "" : " and " + (where.size() - 1) + " more") + ": " + remark));
        if (everyCell) {
            out.println();
            Table cells = new Table("cell", "what", "starts from");
            plan.cells()
                    .forEach(cell ->
                            cells.add(cell.id(), cell.title(), cell.learned().orElse("")));
            cells.print(out);
        }
        out.println();
        StringBuilder all = new StringBuilder(plan.cells().size() + " cells, ");
        for (Workbench.Unit unit : Workbench.Unit.values()) {
            double steps = total(rows, unit);
            if (steps > 0 || unit == Workbench.Unit.ENVIRONMENT_STEPS) {
                all.append(Quantities.count(steps))
                        .append(' ')
                        .append(unit.words)
                        .append(", ");
            }
        }
        out.println(all + "and at most " + Quantities.count(total(rows, PlanRow::measuredSteps)) + " to measure");
        double training = total(rows, PlanRow::trainingSeconds);
        double measuring = total(rows, PlanRow::measuringSeconds);
        printSpeeds(rows, out);
        out.println("time    " + Quantities.duration(training) + " to train and at most "
                + Quantities.duration(measuring) + " to measure, one cell at a time");
        if (parallel > 1) {
            out.println("        " + Quantities.duration(atOnce(rows, parallel)) + " for all of it with " + parallel
                    + " at once, if they do not slow each other down");
        }
        double least =
                parallel * rows.stream().mapToDouble(PlanRow::leastMemory).max().orElse(0);
        double memory = parallel * largestMemory(rows);
        out.println("memory  "
                + (Double.isNaN(memory)
                        ? "at least " + Quantities.bytes(least) + ", and what networks need to learn,"
                        : Quantities.bytes(memory))
                + " with " + parallel + " at once");
        long available = DoctorVerb.available();
        if (available >= 0 && least > available) {
            out.println(
                    "        that is too much: libraries, rollouts and replays alone take " + Quantities.bytes(least)
                            + ", and this machine has " + Quantities.bytes(available)
                            + " free. Lower --slots, or the algorithm's replay.capacity");
        }
        out.println("disk    " + Quantities.bytes(total(rows, PlanRow::disk)));
    }

    /** How the speeds are known: which are not, and which are not to be relied on. */
    private static void printSpeeds(List<PlanRow> rows, PrintStream out) {
        List<PlanRow> possible = rows.stream().filter(PlanRow::moves).toList();
        Set<Speeds.Known> known = possible.stream()
                .flatMap(row -> row.known().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> lines = new TreeSet<>();
        for (Speeds.Known speed : known) {
            lines.add(speed.words()
                    + speed.stale(Instant.now())
                            .map(why -> "; stale, measured " + why + ": --measure does so again")
                            .orElse(""));
        }
        lines.forEach(line -> out.println("speeds  measured here " + line));
        long unknown = possible.stream().filter(row -> row.known().isEmpty()).count();
        if (unknown > 0) {
            out.println("speeds  not known for " + unknown + " of " + possible.size()
                    + " rows: measure them with --measure, seconds to minutes each");
        }
    }

    static String labels(PlannedCell cell) {
        StringBuilder text = new StringBuilder();
        cell.labels()
                .forEach((key, value) -> text.append(' ')
                        .append(key.substring(key.lastIndexOf('.') + 1))
                        .append('=')
                        .append(shortened(value)));
        return text.toString();
    }

    /** A long list by its first element and its length. */
    private static String shortened(String value) {
        return Labels.elements(value)
                .filter(list -> list.size() > 1)
                .map(list -> "[" + list.get(0) + ", \u2026] (" + list.size() + ")")
                .orElse(value);
    }

    private static double total(List<PlanRow> rows, Workbench.Unit unit) {
        return total(rows, row -> row.work().unit() == unit ? row.steps() : 0);
    }

    private static double total(List<PlanRow> rows, ToDoubleFunction<PlanRow> what) {
        return rows.stream().mapToDouble(what).sum();
    }

    /** No shorter than a pre-training and what starts from it, however many run at once. */
    private static double atOnce(List<PlanRow> rows, int parallel) {
        Map<String, Double> pretraining = new HashMap<>();
        rows.forEach(row -> row.ids().forEach(id -> pretraining.put(id, row.secondsEach())));
        double longest = 0;
        for (PlanRow row : rows) {
            double before = row.first()
                    .learned()
                    .map(id -> pretraining.getOrDefault(id, 0.0))
                    .orElse(0.0);
            longest = Math.max(longest, before + row.secondsEach());
        }
        return Math.max(
                longest, (total(rows, PlanRow::trainingSeconds) + total(rows, PlanRow::measuringSeconds)) / parallel);
    }

    private static double largestMemory(List<PlanRow> rows) {
        return rows.stream().mapToDouble(PlanRow::memory).max().orElse(0);
    }

    private static String key(Workbench.Unit unit) {
        return unit.words.replace(' ', '-');
    }

    private ObjectNode toJson(RunPlan plan, List<PlanRow> rows, int parallel) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("name", plan.name()).put("cells", plan.cells().size());
        for (Workbench.Unit unit : Workbench.Unit.values()) {
            node.put(key(unit), total(rows, unit));
        }
        node.put("measured-steps-at-most", total(rows, PlanRow::measuredSteps));
        node.put("slots", parallel);
        node.put("training-seconds", total(rows, PlanRow::trainingSeconds));
        node.put("measuring-seconds-at-most", total(rows, PlanRow::measuringSeconds));
        node.put("seconds-with-slots", atOnce(rows, parallel));
        node.put("memory-bytes", parallel * largestMemory(rows));
        node.put("disk-bytes", total(rows, PlanRow::disk));
        ArrayNode groups = node.putArray("groups");
        for (PlanRow row : rows) {
            ObjectNode group = groups.addObject();
            group.put("kind", row.first().kind()).put("method", row.first().method());
            group.put("preset", row.first().preset()).put("cells", row.cells());
            row.first().labels().forEach(group.putObject("labels")::put);
            group.put(key(row.work().unit()) + "-each", row.work().steps());
            group.put(key(row.work().unit()) + "-asked-each", row.work().asked());
            row.work().remarks().forEach(group.putArray("remarks")::add);
            group.put(
                    "steps-per-second",
                    row.speed().map(Probe.Speed::stepsPerSecond).orElse(null));
            group.put(
                    "measured-steps-per-second",
                    row.speed().map(Probe.Speed::measuredStepsPerSecond).orElse(null));
            row.known()
                    .ifPresent(known -> group.putObject("measured")
                            .put("at", known.at().toString())
                            .put("processes-per-core", known.load())
                            .put("stale", known.stale(Instant.now()).orElse(null)));
            group.put("training-seconds", row.trainingSeconds());
            group.put("measuring-seconds-at-most", row.measuringSeconds()).put("disk-bytes", row.disk());
            group.put("not-applicable", row.impossible().orElse(null));
        }
        return node;
    }
}
