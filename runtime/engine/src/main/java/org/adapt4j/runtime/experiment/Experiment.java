package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.settings.Check;
import org.adapt4j.runtime.run.ClaimRules;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.CanonicalText;
import org.adapt4j.runtime.settings.ConfigurationReader;
import org.adapt4j.runtime.settings.Problems;

/**
 * Resolves an experiment file to the cells of a run, before anything runs, and reports all that is wrong with it at once.
 *
 * <p>Layers, weakest first: defaults of the engine and of each plug-in, the plug-in's preset, the file with its includes, the
 * coordinate of the grid, the method's section, the rules that apply, {@code key=value} of the command line.
 */
public final class Experiment {

    /** What is wrong at so many points of a grid is wrong enough to be said. */
    private static final int POINTS_WITH_PROBLEMS = 200;

    private Experiment() {}

    /** What an experiment says about itself, once. */
    private record Title(String name, String description) {
        private Title {
            Optional<String> objection = Names.objection(name);
            Check.that(objection.isEmpty(), "name", objection.orElse(""));
        }
    }

    /**
     * Resolves an experiment.
     *
     * @param overrides {@code key=value} of the command line
     * @throws org.adapt4j.runtime.settings.ConfigurationException with every problem, by file and line
     */
    public static RunPlan plan(Path file, List<String> overrides, Catalogue catalogue) {
        return plan(file, overrides, catalogue, ClaimRules.NONE);
    }

    /**
     * The texts of an experiment and of all files that it includes.
     *
     * @return by name relative to the experiment's folder, with {@code up} for each folder above it
     */
    public static SortedMap<String, String> sources(Path file, Catalogue catalogue) {
        ConfigurationReader reader = new ConfigurationReader(catalogue.loaders(), new Problems());
        var unused = reader.file(file);
        Path folder = file.toAbsolutePath().normalize().resolveSibling(".").normalize();
        SortedMap<String, String> sources = new TreeMap<>();
        reader.files().forEach((path, text) -> {
            String name = StreamSupport.stream(folder.relativize(path).spliterator(), false)
                    .map(part -> part.toString().equals("..") ? "up" : part.toString())
                    .collect(Collectors.joining("/"));
            sources.put(name, text);
        });
        return sources;
    }

    /** The same, its claims looked at by those who will judge them. */
    public static RunPlan plan(Path file, List<String> overrides, Catalogue catalogue, ClaimRules rules) {
        ExperimentFile written = new ExperimentFile(file, overrides, catalogue);
        try {
            Statements statements = new Statements(written);
            statements.checkClaims(rules);
            statements.checkPublished();
            return plan(written, catalogue);
        } catch (ConfigException e) {
            // What leads nowhere was told, and is missing wherever it is asked for.
            if (!(e instanceof ConfigException.Missing) || written.problems().count() == 0) {
                written.problems().add(e);
            }
            throw written.problems().asException(e);
        }
    }

    private static RunPlan plan(ExperimentFile file, Catalogue catalogue) {
        Problems problems = file.problems();
        Config base = file.base();
        Optional<Title> title = file.part(Title.class, base.root(), "", Set.of("name", "description"));
        ConfigObject run = Place.without(base.getObject("run"), catalogue.executors());
        file.components().engine(RunSettings.class, run, "run", Place.KEYS);
        var unused = Place.of(base.getObject("run"), catalogue.executors(), problems);
        CellPlanner planner = new CellPlanner(file, catalogue);
        int seen = 0;
        for (Grid grid : Grid.of(file)) {
            for (Map<String, ConfigValue> point : grid.points()) {
                planner.add(grid.coordinate(point));
                if (planner.cells().size() > Grid.MOST_CELLS) {
                    grid.tooManyCells();
                }
                if (++seen >= POINTS_WITH_PROBLEMS) {
                    problems.throwIfAny();
                }
            }
        }
        if (file.commandLine().isEmpty()) {
            // A command line may well leave some of them nothing to do.
            Map<String, Set<String>> there = Map.of(
                    ExperimentFile.PRESET, file.components().presets(),
                    ExperimentFile.METHOD, file.methods().keySet());
            file.rules().forEach(rule -> rule.reportIfNeverApplied(there, problems));
        }
        problems.throwIfAny();
        return new RunPlan(
                title.orElseThrow().name(),
                title.orElseThrow().description(),
                planner.versions(),
                file.list("claims"),
                new Statements(file).published(planner.published()),
                List.copyOf(planner.cells()),
                CanonicalText.of(base.root().withValue("run", run)));
    }

    /** The benchmark of a file that need not say more than {@code benchmark { name = … }}. */
    public static TaskDistribution benchmark(Path file, List<String> overrides, Catalogue catalogue) {
        ExperimentFile written = new ExperimentFile(file, overrides, catalogue);
        Config config = written.base();
        Optional<Components.Component> benchmark = written.components()
                .withDefaults(Catalogue.Kind.BENCHMARK, config, "benchmark", written.preset(config));
        if (!config.hasPath("benchmark")) {
            written.components().problem("benchmark", "is required: benchmark { name = … }");
        }
        written.problems().throwIfAny();
        return (TaskDistribution) benchmark.orElseThrow().build(catalogue, Map.of());
    }

    /** A benchmark with its default settings. */
    public static TaskDistribution benchmark(String name, Catalogue catalogue) {
        Problems problems = new Problems();
        Optional<Components.Component> benchmark = new Components(catalogue, problems)
                .withDefaults(
                        Catalogue.Kind.BENCHMARK,
                        ConfigFactory.parseMap(Map.of("benchmark.name", name)),
                        "benchmark",
                        "paper");
        problems.throwIfAny();
        return (TaskDistribution) benchmark.orElseThrow().build(catalogue, Map.of());
    }

    /**
     * A data set with the benchmark that it is about.
     *
     * @param benchmark whose tasks
     * @param data recorded episodes
     */
    public record Recorded(TaskDistribution benchmark, DataSet data) {}

    /** The data set of a file that need not say more than {@code benchmark { name = … }} and {@code data-set { name = … }}. */
    public static Recorded dataSet(Path file, Catalogue catalogue) {
        ExperimentFile written = new ExperimentFile(file, List.of(), catalogue);
        Config config = written.base();
        String preset = written.preset(config);
        var benchmark = written.components().withDefaults(Catalogue.Kind.BENCHMARK, config, "benchmark", preset);
        var data = written.components().withDefaults(Catalogue.Kind.DATA_SET, config, "data-set", preset);
        for (String section : List.of("benchmark", "data-set")) {
            if (!config.hasPath(section)) {
                written.components().problem(section, "is required: " + section + " { name = … }");
            }
        }
        written.problems().throwIfAny();
        TaskDistribution tasks = (TaskDistribution) benchmark.orElseThrow().build(catalogue, Map.of());
        return new Recorded(tasks, CheckedDataSet.of(data.orElseThrow(), catalogue, tasks));
    }

    /**
     * A benchmark with who shows its tasks.
     *
     * @param benchmark whose tasks
     * @param data demonstrations of them; empty if nobody shows any
     */
    public record Shown(TaskDistribution benchmark, Optional<DataSet> data) {}

    /**
     * The benchmark of a file that need not say more than {@code benchmark { name = … }}, and the data set that it names, or else the one
     * that is called after the benchmark, as in {@code swimmer-expert}.
     */
    public static Shown shown(Path file, List<String> overrides, Catalogue catalogue) {
        TaskDistribution tasks = benchmark(file, overrides, catalogue);
        ExperimentFile written = new ExperimentFile(file, overrides, catalogue);
        Config config = written.base();
        if (!config.hasPath("data-set")) {
            String name = config.getString("benchmark.name") + "-expert";
            if (!catalogue.names(Catalogue.Kind.DATA_SET).contains(name)) {
                return new Shown(tasks, Optional.empty());
            }
            config = config.withValue("data-set.name", ConfigValueFactory.fromAnyRef(name, "the benchmark's expert"));
        }
        var data =
                written.components().withDefaults(Catalogue.Kind.DATA_SET, config, "data-set", written.preset(config));
        written.problems().throwIfAny();
        return new Shown(tasks, Optional.of(CheckedDataSet.of(data.orElseThrow(), catalogue, tasks)));
    }

    /**
     * A writer of recorded episodes.
     *
     * @param name of the format
     * @param settings {@code key=value}, over its defaults
     * @param folder to write to
     */
    public static DataSetWriter writer(
            String name, List<String> settings, TaskDistribution benchmark, Path folder, Catalogue catalogue) {
        Problems problems = new Problems();
        Config written = new ConfigurationReader(catalogue.loaders(), problems).commandLine(settings);
        Config format = written.withValue("name", ConfigValueFactory.fromAnyRef(name, "command line"));
        Optional<Components.Component> writer = new Components(catalogue, problems)
                .withDefaults(Catalogue.Kind.DATA_SET_WRITER, format.atPath("format"), "format", "paper");
        problems.throwIfAny();
        return (DataSetWriter)
                writer.orElseThrow().build(catalogue, Map.of(TaskDistribution.class, benchmark, Path.class, folder));
    }

    /** Where the cells of an experiment are computed. */
    public static Place place(Path file, List<String> overrides, Catalogue catalogue) {
        ExperimentFile written = new ExperimentFile(file, overrides, catalogue);
        Optional<Place> place = Place.of(written.base().getObject("run"), catalogue.executors(), written.problems());
        written.problems().throwIfAny();
        return place.orElseThrow();
    }

    /** How the cells of a resolved experiment are run. */
    public static RunSettings run(String resolved) {
        Problems problems = new Problems();
        Optional<RunSettings> settings = new Components(Nothing.INSTANCE, problems)
                .engine(
                        RunSettings.class,
                        Place.without(
                                ConfigFactory.parseString(
                                                resolved,
                                                ConfigParseOptions.defaults().setOriginDescription("experiment.conf"))
                                        .withFallback(ConfigFactory.parseURL(
                                                ExperimentFile.defaults())) // a run of an older version says less
                                        .resolve()
                                        .getObject("run"),
                                Executors.NONE),
                        "run");
        problems.throwIfAny();
        return settings.orElseThrow();
    }

    /** How a cell is run that belongs to no run. */
    public static RunSettings defaultRun() {
        return run(CanonicalText.of(
                ConfigFactory.parseURL(ExperimentFile.defaults()).resolve().root()));
    }
}
