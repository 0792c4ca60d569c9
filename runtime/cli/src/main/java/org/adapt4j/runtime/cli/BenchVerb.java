package org.adapt4j.runtime.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.runtime.program.CellProgram;
import org.adapt4j.runtime.run.CellProcess;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.runtime.settings.ConfigurationReader;
import org.adapt4j.runtime.settings.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast this machine plays and learns. Ratios come from one run, since absolute speeds drift with the machine's load. */
@Command(
        name = "bench",
        description = "Measure environment steps per second, by threads, and training with the experiment's algorithm.")
final class BenchVerb implements Callable<Integer> {
    private static final double TRAINING_SECONDS = 15;

    private final Console console;

    @Mixin
    private ExperimentOption experiment = new ExperimentOption();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--slots", paramLabel = "N", description = "Environments at once; ${DEFAULT-VALUE} by default.")
    private int slots = 64;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of a round; ${DEFAULT-VALUE} by default.")
    private double seconds = 3;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds; the best counts. ${DEFAULT-VALUE} by default.")
    private int rounds = 3;

    @Option(names = "--no-training", description = "Measure the environments only.")
    private boolean environmentsOnly;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    BenchVerb(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (slots < 1 || rounds < 1 || !(seconds > 0)) {
            throw new UsageException("--slots and --rounds must be at least 1, and --seconds positive");
        }
        Path file = experiment.file();
        Workbench workbench = plugins.workbench();
        TaskDistribution benchmark = workbench.benchmark(file, experiment.overrides());
        List<Integer> threads = Runtime.getRuntime().availableProcessors() > 1 ? List.of(1, 2) : List.of(1);
        Map<Integer, EnvironmentRate.Rate> best = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            // Round by round, so that a busy moment of the machine hits every row.
            for (int count : threads) {
                best.merge(count, rate(workbench, file, count), EnvironmentRate.Rate::best);
            }
        }
        ObjectNode figures = new ObjectMapper().createObjectNode();
        figures.put("benchmark", benchmark.title())
                .put("back-end", benchmark.backEnd())
                .put("slots", slots);
        ArrayNode rates = figures.putArray("environment");
        best.forEach((count, rate) -> {
            ObjectNode row = rates.addObject()
                    .put("threads", count)
                    .put("steps-per-second", rate.stepsPerSecond())
                    .put("processor-milliseconds", rate.processorMillis())
                    .put(
                            "times-one-thread",
                            rate.stepsPerSecond() / best.getOrDefault(1, rate).stepsPerSecond())
                    .put("garbage-bytes-per-step", rate.garbage());
            rate.shares().forEach(row.putObject("shares")::put);
        });
        if (!environmentsOnly && namesTraining(file)) {
            training(workbench, file, figures);
        }
        if (json) {
            console.json(figures);
        } else {
            print(figures);
        }
        return Exit.OK;
    }

    /** Whether there is something to train; a file may name a benchmark alone. */
    private static boolean namesTraining(Path file) {
        Config config = new ConfigurationReader(List.of(), new Problems()).file(file);
        return config.hasPath("pretrain") || config.hasPath("adapt");
    }

    /** By the benchmark's own threads if it has any, otherwise by several environments side by side. */
    private EnvironmentRate.Rate rate(Workbench workbench, Path file, int threads) {
        List<String> overrides = new ArrayList<>(experiment.overrides());
        overrides.add("benchmark.threads=" + threads);
        try {
            TaskDistribution threaded = workbench.benchmark(file, overrides);
            return EnvironmentRate.measure(threaded, slots, 1, seconds);
        } catch (ConfigurationException e) {
            return EnvironmentRate.measure(workbench.benchmark(file, experiment.overrides()), slots, threads, seconds);
        }
    }

    private void training(Workbench workbench, Path file, ObjectNode figures) {
        RunPlan plan = workbench.plan(file, experiment.overrides());
        CellProcess processes = CellProgram.process(cell -> workbench.resources(cell.resolved()), plugins.folder());
        ArrayNode training = figures.putArray("training");
        List<String> seen = new ArrayList<>();
        for (PlannedCell cell : plan.cells()) {
            boolean starts = cell.learned().isEmpty() && cell.notApplicable().isEmpty();
            if (!starts) {
                continue;
            }
            PlannedCell endless = workbench.endless(cell);
            if (seen.contains(endless.id())) {
                continue;
            }
            seen.add(endless.id());
            console.err().println("training " + cell.kind() + " " + cell.method() + " " + cell.preset());
            Probe.Outcome outcome = new Probe(processes, TRAINING_SECONDS).measure(endless);
            ObjectNode row = training.addObject();
            row.put("kind", cell.kind()).put("method", cell.method()).put("preset", cell.preset());
            row.put("threads", workbench.resources(cell.resolved()).threads());
            outcome.speed()
                    .ifPresentOrElse(
                            speed -> row.put("steps-per-second", speed.stepsPerSecond())
                                    .put("updates-per-second", speed.updatesPerSecond())
                                    .put("memory-bytes", speed.memory()),
                            () -> row.put("problem", outcome.problem()));
        }
    }

    private void print(ObjectNode figures) {
        console.out()
                .println(figures.path("benchmark").asText() + " ("
                        + figures.path("back-end").asText() + "), " + slots + " environments");
        Table environment = new Table("threads", "steps/s", "per core", "times one thread", "cpu ms", "garbage/step");
        figures.path("environment").forEach(row -> {
            double rate = row.path("steps-per-second").asDouble();
            environment.add(
                    row.path("threads").asText(),
                    Quantities.count(rate),
                    Quantities.count(rate / row.path("threads").asInt()),
                    String.format(
                            Locale.ROOT, "%.2f", row.path("times-one-thread").asDouble()),
                    String.format(
                            Locale.ROOT,
                            "%.3f",
                            row.path("processor-milliseconds").asDouble()),
                    Quantities.bytes(row.path("garbage-bytes-per-step").asDouble()));
        });
        environment.print(console.out());
        StringBuilder shares = new StringBuilder();
        figures.path("environment")
                .path(0)
                .path("shares")
                .properties()
                .forEach(share -> shares.append(shares.isEmpty() ? "" : ", ")
                        .append(String.format(
                                Locale.ROOT,
                                "%s %.1f %%",
                                share.getKey(),
                                100 * share.getValue().asDouble())));
        if (!shares.isEmpty()) {
            console.out().println("of a step on one thread: " + shares);
        }
        if (figures.path("training").isEmpty()) {
            return;
        }
        console.out().println();
        Table training = new Table("training", "threads", "steps/s", "updates/s", "memory");
        figures.path("training").forEach(row -> {
            String what = row.path("kind").asText() + " " + row.path("method").asText() + " "
                    + row.path("preset").asText();
            if (row.has("problem")) {
                training.add(what, "", row.path("problem").asText(), "", "");
            } else {
                training.add(
                        what,
                        row.path("threads").asText(),
                        Quantities.count(row.path("steps-per-second").asDouble()),
                        String.format(
                                Locale.ROOT,
                                "%.2f",
                                row.path("updates-per-second").asDouble()),
                        Quantities.bytes(row.path("memory-bytes").asDouble()));
            }
        });
        training.print(console.out());
    }
}
