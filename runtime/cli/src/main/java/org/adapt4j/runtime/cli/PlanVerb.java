package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunPlan;
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

    /** Cells that differ in task and seed only, and what one and all of them take. Times are at one cell at a time. */
    private record Row(
            PlannedCell first,
            int cells,
            Workbench.Work work,
            Optional<Probe.Speed> speed,
            long moreMemory,
            Optional<String> impossible) {
        double steps() {
            return impossible.isPresent() ? 0 : (double) cells * work.environmentSteps();
        }

        /** Upper bound: episodes may end early. */
        double measuredSteps() {
            return impossible.isPresent() ? 0 : (double) cells * work.measuredEpisodes() * work.episodeSteps();
        }

        double seconds() {
            return steps() == 0
                    ? 0
                    : speed.map(s -> steps() / s.stepsPerSecond()).orElse(Double.NaN);
        }

        double disk() {
            double each = speed.map(s -> 3.0 * s.checkpointBytes() + s.logBytesPerStep() * work.environmentSteps())
                            .orElse(Double.NaN)
                    + work.measuredEpisodes() * EVALUATION_EPISODE_BYTES;
            return impossible.isPresent() ? 0 : cells * each;
        }

        double memory() {
            return impossible.isPresent()
                    ? 0
                    : speed.map(s -> (double) s.memory() + moreMemory).orElse(Double.NaN);
        }
    }

    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--slots", paramLabel = "N", description = "How many cells would run at once.")
    private int slots;

    @Option(names = "--cells", description = "List every cell.")
    private boolean everyCell;

    @Option(names = "--no-measure", description = "Do not measure speeds that are not known yet (some seconds each).")
    private boolean noMeasure;

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
        List<Row> rows = rows(workbench, plan);
        int parallel = slots > 0 ? slots : slots(workbench, plan);
        List<Finding> missing = workbench.benchmark(file, experiment.overrides()).inspect().stream()
                .filter(finding -> !finding.good())
                .toList();
        if (json) {
            ObjectNode node = toJson(plan, rows, parallel);
            ArrayNode array = node.putArray("missing");
            missing.forEach(finding -> array.add(finding.what()));
            console.json(node);
        } else {
            print(plan, rows, parallel);
            missing.forEach(finding -> console.out()
                    .println("MISSING " + finding.what() + ": " + finding.found() + ". " + finding.advice()));
        }
        return Exit.OK;
    }

    static int slots(Workbench workbench, RunPlan plan) {
        int threads = 1;
        for (PlannedCell cell : plan.cells()) {
            threads = Math.max(threads, workbench.resources(cell).threads());
        }
        return Math.max(1, Runtime.getRuntime().availableProcessors() / threads);
    }

    private List<Row> rows(Workbench workbench, RunPlan plan) {
        Map<String, PlannedCell> byId = new HashMap<>();
        plan.cells().forEach(cell -> byId.put(cell.id(), cell));
        Map<List<Object>, List<PlannedCell>> groups = new LinkedHashMap<>();
        for (PlannedCell cell : plan.cells()) {
            List<Object> key = List.of(cell.kind(), cell.method(), cell.preset(), cell.labels(), cell.notApplicable());
            groups.computeIfAbsent(key, k -> new ArrayList<>()).add(cell);
        }
        Speeds speeds = Speeds.ofThisMachine();
        Map<List<Object>, Optional<Probe.Speed>> measured = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (List<PlannedCell> group : groups.values()) {
            PlannedCell first = group.get(0);
            Workbench.Work work = workbench.work(first);
            Optional<Probe.Speed> speed = Optional.empty();
            long moreMemory = 0;
            if (first.notApplicable().isEmpty()) {
                PlannedCell starting = first.learned().map(byId::get).orElse(first);
                PlannedCell endless = workbench.endless(starting);
                speed = speed(workbench, starting, endless, speeds, measured);
                // The probe plays fewer environments at once; a rollout of all of them takes more.
                moreMemory = Math.max(
                        0, work.rolloutBytes() - workbench.work(endless).rolloutBytes());
            }
            rows.add(new Row(first, group.size(), work, speed, moreMemory, first.notApplicable()));
        }
        return rows;
    }

    private Optional<Probe.Speed> speed(
            Workbench workbench,
            PlannedCell cell,
            PlannedCell endless,
            Speeds speeds,
            Map<List<Object>, Optional<Probe.Speed>> measured) {
        // How many tasks there are does not change how fast they are played.
        Map<String, String> labels = new HashMap<>(cell.labels());
        labels.keySet().removeIf(key -> key.startsWith("benchmark."));
        List<Object> key = List.of(cell.kind(), cell.method(), cell.preset(), labels);
        if (measured.containsKey(key)) {
            return measured.getOrDefault(key, Optional.empty());
        }
        Optional<Probe.Speed> speed = speeds.of(endless.id());
        if (speed.isEmpty() && !noMeasure) {
            console.err().println("measuring the speed of " + cell.method() + " " + cell.preset() + " on this machine");
            CellProcess processes = new CellProcess(workbench::resources, Main.class.getName(), plugins.arguments());
            Probe.Outcome outcome = new Probe(processes, PROBE_SECONDS).measure(endless);
            speed = outcome.speed();
            speed.ifPresent(found -> speeds.put(endless.id(), found));
            if (speed.isEmpty()) {
                console.err().println("  it could not be measured: " + outcome.problem());
            }
        }
        measured.put(key, speed);
        return speed;
    }

    private void print(RunPlan plan, List<Row> rows, int parallel) {
        PrintStream out = console.out();
        out.println(plan.name() + ": " + plan.description());
        out.println();
        Table table = new Table("cells", "what", "steps each", "steps", "measured at most", "steps/s", "time", "disk");
        for (Row row : rows) {
            String title = row.first().kind() + " " + row.first().method() + " "
                    + row.first().preset() + labels(row.first());
            if (row.impossible().isPresent()) {
                table.add(row.cells() + "", title, "n/a: " + row.impossible().get(), "", "", "", "", "");
                continue;
            }
            table.add(
                    row.cells() + "",
                    title,
                    Quantities.count(row.work().environmentSteps()),
                    Quantities.count(row.steps()),
                    Quantities.count(row.measuredSteps()),
                    row.speed().map(s -> Quantities.count(s.stepsPerSecond())).orElse("?"),
                    Quantities.duration(row.seconds()),
                    Quantities.bytes(row.disk()));
        }
        table.print(out);
        if (everyCell) {
            out.println();
            Table cells = new Table("cell", "what", "starts from");
            plan.cells()
                    .forEach(cell ->
                            cells.add(cell.id(), cell.title(), cell.learned().orElse("")));
            cells.print(out);
        }
        out.println();
        out.println(plan.cells().size() + " cells, " + Quantities.count(total(rows, Total.STEPS))
                + " environment steps, and at most " + Quantities.count(total(rows, Total.MEASURED)) + " to measure");
        out.println(
                "time    " + Quantities.duration(total(rows, Total.SECONDS)) + " of training with one cell at a time, "
                        + Quantities.duration(total(rows, Total.SECONDS) / parallel) + " with " + parallel
                        + " at once if they do not slow each other down; measuring comes on top");
        out.println("memory  " + Quantities.bytes(parallel * largestMemory(rows)) + " with " + parallel + " at once");
        out.println("disk    " + Quantities.bytes(total(rows, Total.DISK)));
    }

    private static String labels(PlannedCell cell) {
        StringBuilder text = new StringBuilder();
        cell.labels()
                .forEach((key, value) -> text.append(' ')
                        .append(key.substring(key.lastIndexOf('.') + 1))
                        .append('=')
                        .append(value));
        return text.toString();
    }

    private enum Total {
        STEPS,
        MEASURED,
        SECONDS,
        DISK
    }

    private static double total(List<Row> rows, Total what) {
        return rows.stream()
                .mapToDouble(row -> switch (what) {
                    case STEPS -> row.steps();
                    case MEASURED -> row.measuredSteps();
                    case SECONDS -> row.seconds();
                    case DISK -> row.disk();
                })
                .sum();
    }

    private static double largestMemory(List<Row> rows) {
        return rows.stream().mapToDouble(Row::memory).max().orElse(0);
    }

    private ObjectNode toJson(RunPlan plan, List<Row> rows, int parallel) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("name", plan.name()).put("cells", plan.cells().size());
        node.put("environment-steps", total(rows, Total.STEPS));
        node.put("measured-steps-at-most", total(rows, Total.MEASURED));
        node.put("slots", parallel);
        node.put("seconds-at-one-slot", total(rows, Total.SECONDS));
        node.put("memory-bytes", parallel * largestMemory(rows));
        node.put("disk-bytes", total(rows, Total.DISK));
        ArrayNode groups = node.putArray("groups");
        for (Row row : rows) {
            ObjectNode group = groups.addObject();
            group.put("kind", row.first().kind()).put("method", row.first().method());
            group.put("preset", row.first().preset()).put("cells", row.cells());
            row.first().labels().forEach(group.putObject("labels")::put);
            group.put("environment-steps-each", row.work().environmentSteps());
            group.put(
                    "steps-per-second",
                    row.speed().map(Probe.Speed::stepsPerSecond).orElse(null));
            group.put("seconds", row.seconds()).put("disk-bytes", row.disk());
            group.put("not-applicable", row.impossible().orElse(null));
        }
        return node;
    }
}
