package org.adapt4j.runtime.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Phase;
import org.adapt4j.api.method.Prospect;
import org.adapt4j.api.plugin.ApiVersion;
import org.adapt4j.api.run.Resource;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.run.ClaimRules;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.CanonicalText;
import org.adapt4j.runtime.settings.ConfigurationReader;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.runtime.settings.Suggestion;

/**
 * Resolves an experiment file to the cells of a run, before anything runs, and reports all that is wrong with it at once.
 *
 * <p>Layers, weakest first: defaults of the engine and of each plug-in, the plug-in's preset, the file with its includes, the
 * coordinate of the grid, the method's section, the rules that apply, {@code key=value} of the command line.
 */
public final class Experiment {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The axis that every experiment has; its values are the sections of {@code methods}. */
    private static final String METHOD = "method";

    /** Axes that a cell names apart from its labels. */
    private static final Set<String> NAMED_APART = Set.of(METHOD, "preset", "seed");

    private static final Set<String> KEYS = Set.of(
            "name",
            "description",
            "preset",
            "seed",
            "threads",
            "device",
            "claims",
            "published",
            "benchmark",
            "data-set",
            "evaluator",
            "pretrain",
            "adapt",
            "methods",
            "grid",
            "rules",
            "run");
    /** What makes no difference to the cells of one point, but for the seed in their text. */
    private static final List<String> BESIDE_THE_CELL =
            List.of("name", "description", "seed", "claims", "published", "methods", "grid", "rules", "run");

    private static final List<String> SECTIONS = List.of("pretrain", "adapt", "methods", "run");
    private static final Set<String> PHASE_KEYS = Set.of("learner", "algorithm", "slots", "budget", "measure");
    private static final Set<String> ADAPT_KEYS =
            Set.of("adapter", "selector", "algorithm", "slots", "budget", "measure", "tasks", "together");
    private static final ConfigList NOTHING = ConfigValueFactory.fromIterable(List.of(), "nothing published");

    /** A plan of more would be slower to read than most cells are to run. */
    static final int MOST_CELLS = 100_000;

    /** What is wrong at so many points of a grid is wrong enough to be said. */
    private static final int POINTS_WITH_PROBLEMS = 200;

    private static final Map<String, String> RENAMED_PRESETS = Map.of("study", "mandi-2022");

    private final Catalogue catalogue;
    private final Problems problems = new Problems();
    private final Components components;
    private final Config commandLine;
    private final Config base;
    private final Map<ConfigObject, TaskDistribution> benchmarks = new HashMap<>();
    private final Map<List<Object>, DataSet> dataSets = new HashMap<>();
    private final Map<List<Object>, Prepared> prepared = new HashMap<>();

    private Experiment(Path file, List<String> overrides, Catalogue catalogue) {
        this.catalogue = catalogue;
        components = new Components(catalogue, problems);
        ConfigurationReader reader = new ConfigurationReader(catalogue.loaders(), problems);
        commandLine = reader.commandLine(overrides);
        URL defaults = Objects.requireNonNull(Experiment.class.getResource("defaults.conf"));
        Config written = reader.file(file);
        problems.throwIfUnreadable();
        int before = problems.count();
        base = reader.resolve(commandLine.withFallback(written).withFallback(reader.defaults("the engine", defaults)));
        problems.throwIfMoreThan(before);
        for (String key : SECTIONS) {
            mustBe(ConfigValueType.OBJECT, key, "must be a section");
        }
        for (ConfigValue grid : grids()) {
            if (!(grid instanceof ConfigObject)) {
                problems.add(grid.origin(), "grid", "must be a section, or a list of sections");
            }
        }
        mustBe(ConfigValueType.LIST, "rules", "must be a list of { when { path = value }, then { path = value } }");
        mustBe(ConfigValueType.LIST, "claims", "must be a list of { id, text, kind, … }");
        mustBe(ConfigValueType.LIST, "published", "must be a list of { method, source, demonstrations, … }");
        problems.throwIfMoreThan(before);
        checkKeys(commandLine.hasPath(METHOD) ? base.root().withoutKey(METHOD) : base.root(), "", KEYS);
        section("pretrain").ifPresent(phase -> checkKeys(phase, "pretrain", PHASE_KEYS));
        section("adapt").ifPresent(phase -> checkKeys(phase, "adapt", ADAPT_KEYS));
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

    /** The same, its claims looked at by those who will judge them. */
    public static RunPlan plan(Path file, List<String> overrides, Catalogue catalogue, ClaimRules rules) {
        Experiment experiment = new Experiment(file, overrides, catalogue);
        try {
            experiment.checkClaims(rules);
            experiment.checkPublished();
            return experiment.plan();
        } catch (ConfigException e) {
            experiment.problems.add(e);
            throw experiment.problems.asException(e);
        }
    }

    /** The benchmark of a file that need not say more than {@code benchmark { name = … }}. */
    public static TaskDistribution benchmark(Path file, List<String> overrides, Catalogue catalogue) {
        Experiment experiment = new Experiment(file, overrides, catalogue);
        Config config = experiment.base;
        Optional<Components.Component> benchmark = experiment.components.withDefaults(
                Catalogue.Kind.BENCHMARK, config, "benchmark", experiment.preset(config));
        if (!config.hasPath("benchmark")) {
            experiment.components.problem("benchmark", "is required: benchmark { name = … }");
        }
        experiment.problems.throwIfAny();
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
        Experiment experiment = new Experiment(file, List.of(), catalogue);
        Config config = experiment.base;
        String preset = experiment.preset(config);
        var benchmark = experiment.components.withDefaults(Catalogue.Kind.BENCHMARK, config, "benchmark", preset);
        var data = experiment.components.withDefaults(Catalogue.Kind.DATA_SET, config, "data-set", preset);
        for (String section : List.of("benchmark", "data-set")) {
            if (!config.hasPath(section)) {
                experiment.components.problem(section, "is required: " + section + " { name = … }");
            }
        }
        experiment.problems.throwIfAny();
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
        Experiment experiment = new Experiment(file, overrides, catalogue);
        Config config = experiment.base;
        if (!config.hasPath("data-set")) {
            String name = config.getString("benchmark.name") + "-expert";
            if (!catalogue.names(Catalogue.Kind.DATA_SET).contains(name)) {
                return new Shown(tasks, Optional.empty());
            }
            config = config.withValue("data-set.name", ConfigValueFactory.fromAnyRef(name, "the benchmark's expert"));
        }
        var data = experiment.components.withDefaults(
                Catalogue.Kind.DATA_SET, config, "data-set", experiment.preset(config));
        experiment.problems.throwIfAny();
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

    /** How the cells of a resolved experiment are run. */
    public static RunSettings run(String resolved) {
        Problems problems = new Problems();
        Optional<RunSettings> settings = new Components(Nothing.INSTANCE, problems)
                .engine(
                        RunSettings.class,
                        ConfigFactory.parseString(
                                        resolved, ConfigParseOptions.defaults().setOriginDescription("experiment.conf"))
                                .getObject("run"),
                        "run");
        problems.throwIfAny();
        return settings.orElseThrow();
    }

    /** How a cell is run that belongs to no run. */
    public static RunSettings defaultRun() {
        URL defaults = Objects.requireNonNull(Experiment.class.getResource("defaults.conf"));
        return run(CanonicalText.of(ConfigFactory.parseURL(defaults).resolve().root()));
    }

    private RunPlan plan() {
        Optional<Title> title = part(Title.class, base.root(), "", Set.of("name", "description"));
        components.engine(RunSettings.class, base.getObject("run"), "run");
        Map<String, PlannedCell> cells = new LinkedHashMap<>();
        Map<String, String> versions = new TreeMap<>();
        versions.put("api", ApiVersion.CURRENT);
        versions.put("java", Runtime.version().toString());
        int seen = 0;
        for (ConfigValue grid : grids()) {
            for (Map<String, ConfigValue> point : points(((ConfigObject) grid).toConfig())) {
                addCells(coordinate(point), cells, versions);
                if (cells.size() > MOST_CELLS) {
                    tooManyCells(grid.origin());
                }
                if (++seen >= POINTS_WITH_PROBLEMS) {
                    problems.throwIfAny();
                }
            }
        }
        problems.throwIfAny();
        return new RunPlan(
                title.orElseThrow().name(),
                title.orElseThrow().description(),
                versions,
                list("claims"),
                list("published"),
                List.copyOf(cells.values()),
                CanonicalText.of(base.root()));
    }

    // --- the grid ---------------------------------------------------------------------------------------------------

    /** One point of the grid: its labels, and the configuration there. */
    private record Coordinate(String method, Map<String, String> labels, Config config) {}

    private void tooManyCells(ConfigOrigin grid) {
        problems.add(
                grid,
                "grid",
                "spans more than " + MOST_CELLS
                        + " cells, which no run has; take fewer values, or several experiments");
        problems.throwIfAny();
    }

    private List<ConfigValue> grids() {
        ConfigValue grid = base.getValue("grid");
        return grid instanceof ConfigList several ? List.copyOf(several) : List.of(grid);
    }

    private List<Map<String, ConfigValue>> points(Config grid) {
        Map<String, List<ConfigValue>> axes = axes(grid);
        long count = 1;
        for (List<ConfigValue> values : axes.values()) {
            count *= values.size();
            if (count > MOST_CELLS) {
                tooManyCells(grid.origin());
            }
        }
        List<Map<String, ConfigValue>> points = new ArrayList<>(List.of(new LinkedHashMap<>()));
        for (Map.Entry<String, List<ConfigValue>> axis : axes.entrySet()) {
            List<Map<String, ConfigValue>> longer = new ArrayList<>();
            for (Map<String, ConfigValue> point : points) {
                for (ConfigValue value : axis.getValue()) {
                    Map<String, ConfigValue> next = new LinkedHashMap<>(point);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                }
            }
            points = longer;
        }
        return points;
    }

    /** Axes in a fixed order: methods last, so that cells of one method do not bunch. */
    private Map<String, List<ConfigValue>> axes(Config grid) {
        int before = problems.count();
        Map<String, List<ConfigValue>> axes = new TreeMap<>();
        Set<String> methods = new TreeSet<>(base.getObject("methods").keySet());
        base.getObject("methods")
                .forEach((method, section) -> Names.objectionToWord(method)
                        .ifPresent(why -> problems.add(section.origin(), "methods." + method, why)));
        if (methods.size() > 1) {
            methods.remove("default");
        }
        axes.put(METHOD, methods.stream().map(ConfigValueFactory::fromAnyRef).toList());
        for (Map.Entry<String, ConfigValue> entry : grid.entrySet()) {
            String path = path(entry.getKey());
            if (entry.getValue() instanceof ConfigList values && !values.isEmpty()) {
                axes.put(path, List.copyOf(values));
            } else {
                problems.add(entry.getValue().origin(), "grid." + path, "must be a list of at least one value");
            }
        }
        // The command line wins over the whole axis, so that labels stay true.
        axes.replaceAll((path, values) -> commandLine.hasPath(path) ? List.of(commandLine.getValue(path)) : values);
        List<ConfigValue> chosen = Objects.requireNonNull(axes.remove(METHOD));
        for (ConfigValue method : chosen) {
            String word = String.valueOf(method.unwrapped());
            if (!methods.contains(word)) {
                String path = commandLine.hasPath(METHOD) ? METHOD : "grid." + METHOD;
                problems.add(method.origin(), path, "no method '" + word + "'" + Suggestion.tail(word, methods));
            }
        }
        problems.throwIfMoreThan(before);
        Map<String, List<ConfigValue>> ordered = new LinkedHashMap<>(axes);
        ordered.put(METHOD, chosen);
        return ordered;
    }

    /** The path that a key stands for, which may be written whole in quotes: {@code grid { "pretrain.slots" = [1, 2] }}. */
    private static String path(String key) {
        String joined = String.join(".", ConfigUtil.splitPath(key));
        try {
            return ConfigUtil.joinPath(ConfigUtil.splitPath(joined));
        } catch (ConfigException e) {
            return key; // other letters than a path has outside of quotes
        }
    }

    /** Sets a value so that messages about the path name the line where the value was written. */
    private static Config with(Config config, String path, ConfigValue value) {
        ConfigValue nested = value;
        List<String> keys = ConfigUtil.splitPath(path);
        for (int i = keys.size() - 1; i >= 0; i--) {
            nested = ConfigFactory.empty().root().withValue(keys.get(i), nested).withOrigin(value.origin());
        }
        return ((ConfigObject) nested).toConfig().withFallback(config.withoutPath(path));
    }

    private Coordinate coordinate(Map<String, ConfigValue> point) {
        Map<String, String> labels = new LinkedHashMap<>();
        Config config = base;
        for (Map.Entry<String, ConfigValue> value : point.entrySet()) {
            config = with(config, value.getKey(), value.getValue());
            if (!NAMED_APART.contains(value.getKey())) {
                labels.put(value.getKey(), String.valueOf(value.getValue().unwrapped()));
            }
        }
        String method = String.valueOf(config.getValue(METHOD).unwrapped());
        ConfigValue section = base.getObject("methods").get(method);
        if (section instanceof ConfigObject overlay) {
            config = overlay.toConfig().withFallback(config);
            // What a method settles for itself is no coordinate of its cells: scratch has no training set.
            labels.keySet().removeIf(overlay.toConfig()::hasPath);
        } else if (section != null) {
            problems.add(section.origin(), "methods." + method, "must be a section");
            problems.throwIfAny();
        }
        for (ConfigValue rule : base.getList("rules")) {
            config = applied(rule, config);
        }
        Config stronger = commandLine.withoutPath("grid").withoutPath("methods").withoutPath("rules");
        return new Coordinate(method, labels, stronger.withFallback(config).withoutPath(METHOD));
    }

    private Config applied(ConfigValue rule, Config config) {
        if (!(rule instanceof ConfigObject parts)
                || !(parts.get("when") instanceof ConfigObject when)
                || !(parts.get("then") instanceof ConfigObject then)
                || parts.size() != 2) {
            problems.add(rule.origin(), "rules", "a rule reads { when { path = value }, then { path = value } }");
            return config;
        }
        for (Map.Entry<String, ConfigValue> condition : when.toConfig().entrySet()) {
            String path = path(condition.getKey());
            String first = ConfigUtil.splitPath(path).get(0);
            if (!KEYS.contains(first) && !first.equals(METHOD)) {
                problems.add(
                        condition.getValue().origin(),
                        "rules.when." + path,
                        "is not a setting of an experiment" + Suggestion.tail(first, KEYS));
            }
            if (!config.hasPath(path)
                    || !config.getValue(path)
                            .unwrapped()
                            .equals(condition.getValue().unwrapped())) {
                return config;
            }
        }
        Config result = config;
        for (Map.Entry<String, ConfigValue> effect : then.toConfig().entrySet()) {
            result = with(result, path(effect.getKey()), effect.getValue());
        }
        return result;
    }

    // --- the cells of one coordinate --------------------------------------------------------------------------------

    /**
     * What the cells of one point have in common with those of other seeds.
     *
     * @param pretrain the pre-training cell, if there is one
     * @param adapt the adaptation cells
     */
    private record Prepared(Optional<CellDraft> pretrain, List<CellDraft> adapt) {}

    private void addCells(Coordinate at, Map<String, PlannedCell> cells, Map<String, String> versions) {
        Optional<Frame> frame = part(Frame.class, at.config().root(), "", Set.of("seed", "threads", "device"));
        ConfigObject rest = at.config().root();
        for (String key : BESIDE_THE_CELL) {
            rest = rest.withoutKey(key);
        }
        List<Object> same = List.of(at.method(), rest);
        Prepared prepared = this.prepared.get(same);
        if (prepared == null) {
            Optional<Prepared> fresh = prepare(at, versions);
            if (fresh.isEmpty()) {
                return;
            }
            prepared = fresh.get();
            this.prepared.put(same, prepared);
        }
        if (frame.isEmpty()) {
            return;
        }
        Optional<PlannedCell> pretrain = Optional.empty();
        if (prepared.pretrain().isPresent()) {
            PlannedCell planned = prepared.pretrain()
                    .get()
                    .planned(at.method(), at.labels(), frame.get().seed(), Optional.empty());
            cells.putIfAbsent(planned.id(), planned);
            pretrain = Optional.of(planned);
        }
        for (CellDraft draft : prepared.adapt()) {
            PlannedCell planned =
                    draft.planned(at.method(), at.labels(), frame.get().seed(), pretrain.map(PlannedCell::id));
            cells.putIfAbsent(planned.id(), planned);
        }
    }

    /** Builds what the cells of a point are made of, and judges whether they can be; empty if problems were reported. */
    private Optional<Prepared> prepare(Coordinate at, Map<String, String> versions) {
        Config config = at.config();
        checkKeys(config.root(), "", KEYS);
        for (String key : List.of("pretrain", "adapt")) {
            ConfigValue phase = config.root().get(key); // which a method, a rule or a grid may have replaced
            if (!(phase instanceof ConfigObject)) {
                problems.add(phase == null ? base.origin() : phase.origin(), key, "must be a section");
                return Optional.empty();
            }
        }
        String preset = preset(config);
        Optional<Width> width = part(Width.class, config.getObject("adapt"), "adapt", Set.of("tasks", "together"));
        // Settings for a learner that this method does not name, as from the command line, leave it without one.
        boolean pretrains = config.hasPath("pretrain.learner.name");
        boolean adapts = config.hasPath("adapt.adapter.name");
        config = pretrains ? config : config.withoutPath("pretrain.learner");
        config = adapts ? config : config.withoutPath("adapt.adapter");
        var benchmark = components.withDefaults(Catalogue.Kind.BENCHMARK, config, "benchmark", preset);
        var learner = components.withDefaults(Catalogue.Kind.LEARNER, config, "pretrain.learner", preset);
        var learning = components.withDefaults(Catalogue.Kind.ALGORITHM, config, "pretrain.algorithm", preset);
        var adapter = components.withDefaults(Catalogue.Kind.ADAPTER, config, "adapt.adapter", preset);
        var adapting = components.withDefaults(Catalogue.Kind.ALGORITHM, config, "adapt.algorithm", preset);
        Optional<Class<?>> selects =
                adapter.flatMap(component -> Selectors.wanted(component.entry().type()));
        var selector = selects.isPresent()
                ? components.withDefaults(Catalogue.Kind.SELECTOR, config, "adapt.selector", preset)
                : Optional.<Components.Component>empty();
        if (selects.isPresent() && !config.hasPath("adapt.selector")) {
            components.problem(
                    "adapt.selector",
                    "is required: " + adapter.get().name() + " chooses by one (known: "
                            + String.join(", ", catalogue.names(Catalogue.Kind.SELECTOR)) + ")");
        }
        selector.filter(component -> !selects.orElseThrow()
                        .isAssignableFrom(component.entry().type()))
                .ifPresent(component -> problems.add(
                        component.origin(),
                        "adapt.selector.name",
                        component.name() + " is no " + selects.orElseThrow().getSimpleName() + ", which "
                                + adapter.orElseThrow().name() + " chooses by; use another"));
        var data = components.withDefaults(Catalogue.Kind.DATA_SET, config, "data-set", preset);
        var evaluator = components.withDefaults(Catalogue.Kind.EVALUATOR, config, "evaluator", preset);
        if (!config.hasPath("benchmark")) {
            components.problem("benchmark", "is required: benchmark { name = … }");
        }
        if (!pretrains && !adapts) {
            ConfigValue section = base.getObject("methods").get(at.method());
            problems.add(
                    section == null ? base.origin() : section.origin(),
                    "methods." + at.method(),
                    "names neither pretrain.learner.name nor adapt.adapter.name, so there is nothing to run");
        }
        Optional<PhaseSettings> learningPhase = pretrains ? phase(config, "pretrain") : Optional.empty();
        Optional<PhaseSettings> adaptingPhase = adapts ? phase(config, "adapt") : Optional.empty();
        if (pretrains && !config.hasPath("pretrain.algorithm")) {
            components.problem("pretrain.algorithm", "is required: pretrain { algorithm { name = … } }");
        }
        if (adapts && !config.hasPath("adapt.algorithm")) {
            components.problem("adapt.algorithm", "is required: adapt { algorithm { name = … } }");
        }
        if (problems.count() > 0) {
            return Optional.empty();
        }
        TaskDistribution tasks = benchmark(benchmark.orElseThrow());
        Planner planner = new Planner(
                preset,
                config.getInt("threads"),
                Device.parse(config.getString("device")),
                benchmark.orElseThrow(),
                data,
                evaluator,
                versions);

        Optional<CellDraft> pretrain = Optional.empty();
        Conditioning conditioning = Conditioning.none();
        Map<String, List<Long>> learned = Map.of();
        if (pretrains) {
            Learner phase = (Learner) learner.orElseThrow().build(catalogue, Map.of());
            TaskSet train = tasks.tasks(Split.TRAIN);
            AlgorithmRequest request = request(tasks.spec(train), phase.conditioning(), learningPhase.orElseThrow());
            AlgorithmFactory<?> factory = factory(learning.orElseThrow(), tasks);
            Optional<String> objection = objection(
                    phase, learning.orElseThrow(), factory, request, tasks, train, learningPhase.orElseThrow(), data);
            conditioning = phase.conditioning();
            learned = objection.isPresent() ? Map.of() : factory.tensors(request);
            pretrain = Optional.of(planner.draft(
                    new ResolvedCell.Method.Pretrain(learner.orElseThrow().section()),
                    learning.orElseThrow(),
                    List.of(learner.orElseThrow()),
                    learningPhase.orElseThrow(),
                    objection));
        }
        if (!adapts) {
            return Optional.of(new Prepared(pretrain, List.of()));
        }
        Map<Class<?>, Object> services = new HashMap<>();
        selector.ifPresent(component -> services.putAll(Selectors.services(component.build(catalogue, Map.of()))));
        Adapter phase = (Adapter) adapter.orElseThrow().build(catalogue, services);
        AlgorithmFactory<?> factory = factory(adapting.orElseThrow(), tasks);
        int count = width.orElseThrow().tasks();
        TaskSet tests =
                count == 0 ? tasks.tasks(Split.TEST) : tasks.tasks(Split.TEST).first(count);
        List<TaskSet> sets = width.orElseThrow().together()
                ? List.of(tests)
                : tests.tasks().stream().map(TaskSet::of).toList();
        List<CellDraft> adaptations = new ArrayList<>();
        for (TaskSet set : sets) {
            List<String> names = set.tasks().stream().map(Task::name).toList();
            boolean together = width.orElseThrow().together();
            TaskSet specOf = pretrain.isPresent() ? tasks.tasks(Split.TRAIN) : set;
            AlgorithmRequest request = request(tasks.spec(specOf), conditioning, adaptingPhase.orElseThrow());
            Optional<String> objection =
                    pretrain.flatMap(CellDraft::objection).map(why -> "its pre-training cannot be: " + why);
            if (objection.isEmpty()) {
                objection = objection(
                        phase, adapting.orElseThrow(), factory, request, tasks, set, adaptingPhase.orElseThrow(), data);
            }
            if (objection.isEmpty()) {
                objection = Misfit.between(learned, factory.tensors(request), phase);
            }
            adaptations.add(planner.draft(
                    new ResolvedCell.Method.Adapt(
                            adapter.orElseThrow().section(),
                            selector.map(Components.Component::section),
                            names,
                            together,
                            Optional.empty(),
                            learner.map(Components.Component::section)),
                    adapting.orElseThrow(),
                    Stream.of(learner, adapter, selector)
                            .flatMap(Optional::stream)
                            .toList(),
                    adaptingPhase.orElseThrow(),
                    objection));
        }
        return Optional.of(new Prepared(pretrain, adaptations));
    }

    /** What the cells of one coordinate have in common. */
    private record Planner(
            String preset,
            int threads,
            Device device,
            Components.Component benchmark,
            Optional<Components.Component> data,
            Optional<Components.Component> evaluator,
            Map<String, String> allVersions) {

        /** @param own components of the method */
        CellDraft draft(
                ResolvedCell.Method method,
                Components.Component algorithm,
                List<Components.Component> own,
                PhaseSettings phase,
                Optional<String> objection) {
            Map<String, String> versions = Components.versions(
                    Stream.of(Stream.of(benchmark, algorithm), own.stream(), data.stream(), evaluator.stream())
                            .flatMap(part -> part)
                            .toList());
            allVersions.putAll(versions);
            ResolvedCell cell = new ResolvedCell(
                    preset,
                    0,
                    threads,
                    device,
                    versions,
                    benchmark.section(),
                    data.map(Components.Component::section),
                    evaluator.map(Components.Component::section),
                    algorithm.section(),
                    method,
                    phase);
            return CellDraft.of(cell, objection);
        }
    }

    private AlgorithmFactory<?> factory(Components.Component algorithm, TaskDistribution tasks) {
        return (AlgorithmFactory<?>) algorithm.build(catalogue, Map.of(TaskDistribution.class, tasks));
    }

    private static AlgorithmRequest request(EnvironmentSpec spec, Conditioning conditioning, PhaseSettings settings) {
        return new AlgorithmRequest(spec, conditioning, settings.slots(), Device.CPU, NoRandomness.INSTANCE);
    }

    /** Why a method and an algorithm cannot work together on these tasks. */
    private Optional<String> objection(
            Phase phase,
            Components.Component algorithm,
            AlgorithmFactory<?> factory,
            AlgorithmRequest request,
            TaskDistribution tasks,
            TaskSet on,
            PhaseSettings settings,
            Optional<Components.Component> data) {
        boolean hasData = data.isPresent();
        if (!phase.needs().regimes().contains(factory.regime())) {
            return Optional.of(phase.needs().because() + ", and " + algorithm.name() + " learns "
                    + switch (factory.regime()) {
                        case ON_POLICY -> "only from fresh experience";
                        case OFF_POLICY -> "from a replay";
                        case OFFLINE -> "only from demonstrations";
                    });
        }
        for (Class<?> ability : phase.needs().abilities()) {
            if (!factory.abilities().contains(ability)) {
                return Optional.of(
                        phase.needs().because() + ", and " + algorithm.name() + " has no " + ability.getSimpleName());
            }
        }
        if (phase.needs().mixing() && !factory.mixesWeights()) {
            return Optional.of(
                    phase.needs().because() + ", and nothing lies between two sets of weights of " + algorithm.name());
        }
        if (phase.needs().demonstrations() && !hasData) {
            return Optional.of(phase.needs().because() + ", and the experiment names no data-set");
        }
        if (factory.regime() == Regime.OFFLINE && !hasData) {
            return Optional.of(algorithm.name() + " learns from demonstrations, and the experiment names no data-set");
        }
        if (factory.regime() == Regime.OFFLINE
                && phase instanceof Learner
                && settings.budget().demonstrations() == 0) {
            return Optional.of(algorithm.name()
                    + " learns from demonstrations, and the budget has none; set pretrain.budget.demonstrations");
        }
        if (factory.regime() != Regime.OFFLINE && settings.budget().countsEpochsAlone()) {
            return Optional.of("epochs are passes over demonstrations, and " + algorithm.name()
                    + " learns from play; give the budget environment-steps");
        }
        if (factory.regime() == Regime.OFFLINE && settings.budget().countsStepsAlone()) {
            return Optional.of(algorithm.name() + " learns from demonstrations and plays nothing, so a budget of"
                    + " environment-steps would never be spent; give it updates or epochs");
        }
        long steps = settings.budget().environmentSteps();
        if (steps > 0 && steps < settings.slots()) {
            return Optional.of("a budget of " + steps + " environment-steps ends before each of " + settings.slots()
                    + " slots has made a step; give it more, or lower slots");
        }
        Prospect prospect = new Prospect(
                on,
                request.spec(),
                settings.limits(),
                task -> data.map(component -> count(component, tasks, task)).orElse(0),
                tasks::told,
                request.conditioning());
        return factory.objection(request)
                .or(() -> phase.objection(prospect))
                .or(() -> factory.regime() == Regime.OFFLINE ? missing(phase, prospect) : Optional.empty());
    }

    /** What an agent that learns from demonstrations alone would look for in vain. */
    private static Optional<String> missing(Phase phase, Prospect prospect) {
        long granted = prospect.budget().getOrDefault(Resource.DEMONSTRATIONS, 0L);
        if (phase instanceof Learner) {
            return prospect.tasks().tasks().stream()
                    .filter(task -> prospect.demonstrations().applyAsInt(task) == 0)
                    .map(task -> "the data set has no demonstration of " + task.name()
                            + ", which is a training task; record some, or take other tasks")
                    .findFirst();
        }
        long there = granted == 0
                ? 0
                : prospect.tasks().tasks().stream()
                        .mapToLong(task -> prospect.demonstrations().applyAsInt(task))
                        .sum();
        return granted > there
                ? Optional.of("the budget grants " + granted + (granted == 1 ? " demonstration" : " demonstrations")
                        + ", and the data set has " + there + " of "
                        + prospect.tasks().tasks().stream().map(Task::name).collect(Collectors.joining(", "))
                        + "; record more, or grant fewer in adapt.budget.demonstrations")
                : Optional.empty();
    }

    /** How many episodes there are of a task; a file that cannot be read is a problem of the experiment's. */
    private int count(Components.Component data, TaskDistribution tasks, Task task) {
        try {
            return episodes(data, tasks).count(task);
        } catch (UncheckedIOException e) {
            problems.add(data.section().origin(), "data-set", String.valueOf(e.getMessage()));
            return 0;
        }
    }

    /** Opened only where a method wants to know what there is. */
    private DataSet episodes(Components.Component data, TaskDistribution tasks) {
        return dataSets.computeIfAbsent(
                List.of(data.section(), tasks), unused -> CheckedDataSet.of(data, catalogue, tasks));
    }

    private TaskDistribution benchmark(Components.Component benchmark) {
        return benchmarks.computeIfAbsent(
                benchmark.section(), section -> (TaskDistribution) benchmark.build(catalogue, Map.of()));
    }

    private Optional<PhaseSettings> phase(Config config, String name) {
        return components.engine(PhaseSettings.class, phaseOf(config, name).root(), name);
    }

    private static Config phaseOf(Config config, String name) {
        Config phase = config.getConfig(name);
        for (String other : List.of("learner", "adapter", "selector", "algorithm", "tasks", "together")) {
            phase = phase.withoutPath(other);
        }
        return phase;
    }

    // --- small readings ---------------------------------------------------------------------------------------------

    private String preset(Config config) {
        ConfigValue written = config.getValue("preset");
        String preset = String.valueOf(written.unwrapped());
        Set<String> known = components.presets();
        if (RENAMED_PRESETS.containsKey(preset) && !known.contains(preset)) {
            problems.add(
                    written.origin(), "preset", "'" + preset + "' is now called '" + RENAMED_PRESETS.get(preset) + "'");
        } else if (!known.contains(preset)) {
            problems.add(written.origin(), "preset", "no preset '" + preset + "'" + Suggestion.tail(preset, known));
        }
        return preset;
    }

    /** What an experiment says about itself, once. */
    private record Title(String name, String description) {
        private Title {
            Optional<String> objection = Names.objection(name);
            Check.that(objection.isEmpty(), "name", objection.orElse(""));
        }
    }

    /**
     * What every cell has.
     *
     * @param seed root of all random streams
     * @param threads of the numerical library
     * @param device where tensors live: cpu, gpu, or gpu:N
     */
    private record Frame(long seed, int threads, String device) {
        private Frame {
            Check.positive("threads", threads);
            Check.that(Device.isOne(device), "device", "must be cpu, gpu or gpu:N but is '" + device + "'");
        }
    }

    /**
     * How wide adaptation is.
     *
     * @param tasks how many test tasks; 0 for all
     * @param together whether one cell adapts to all of them, instead of one cell to each
     */
    private record Width(int tasks, boolean together) {
        private Width {
            Check.notNegative("tasks", tasks);
        }
    }

    /** Binds those keys of a section that a record is about. */
    private <T extends Record> Optional<T> part(Class<T> type, ConfigObject section, String path, Set<String> keys) {
        ConfigObject only = section;
        for (String key : section.keySet()) {
            only = keys.contains(key) ? only : only.withoutKey(key);
        }
        return components.engine(type, only, path);
    }

    private void mustBe(ConfigValueType type, String key, String wish) {
        ConfigValue value = base.root().get(key);
        if (value != null && value.valueType() != type) {
            problems.add(value.origin(), key, wish);
        }
    }

    private Optional<ConfigObject> section(String key) {
        if (!base.hasPath(key)) {
            return Optional.empty();
        }
        if (base.getValue(key) instanceof ConfigObject section) {
            return Optional.of(section);
        }
        problems.add(base.getValue(key).origin(), key, "must be a section");
        return Optional.empty();
    }

    private void checkKeys(ConfigObject section, String path, Set<String> known) {
        Set<String> said = new HashSet<>();
        for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
            if (!known.contains(entry.getKey()) && said.add(entry.getKey())) {
                String where = path.isEmpty() ? "an experiment" : path;
                problems.add(
                        entry.getValue().origin(),
                        path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                        "is not a setting of " + where + Suggestion.tail(entry.getKey(), known));
            }
        }
    }

    private void checkClaims(ClaimRules rules) {
        Set<String> ids = new HashSet<>();
        ArrayNode claims = list("claims");
        for (int i = 0; i < claims.size(); i++) {
            ConfigValue claim = base.getList("claims").get(i);
            String id = claims.get(i).path("id").asText("");
            String path = "claims." + (id.isEmpty() ? i + 1 : id);
            if (!id.isEmpty() && !ids.add(id)) {
                problems.add(claim.origin(), path, "stands there twice");
            }
            for (ClaimRules.Flaw flaw : rules.flaws(claims.get(i))) {
                String tail = flaw.known().isEmpty() ? "" : Suggestion.tail(flaw.name(), flaw.known());
                problems.add(
                        within(claim, flaw.at()).origin(),
                        path + (flaw.at().isEmpty() ? "" : "." + flaw.at().replace('/', '.')),
                        flaw.message() + tail);
            }
        }
    }

    /** The value that a path of keys and indices leads to, or the last that there is. */
    private static ConfigValue within(ConfigValue from, String path) {
        ConfigValue value = from;
        for (String key : path.split("/")) {
            ConfigValue next = value instanceof ConfigObject section
                    ? section.get(key)
                    : value instanceof ConfigList list && key.matches("\\d+") ? list.get(Integer.parseInt(key)) : null;
            value = next == null ? value : next;
        }
        return value;
    }

    private void checkPublished() {
        ConfigList published = base.getList("published");
        for (int i = 0; i < published.size(); i++) {
            String path = "published." + (i + 1);
            if (published.get(i) instanceof ConfigObject section) {
                components
                        .engine(PublishedCurve.class, withDefault(withDefault(section, "action-loss"), "returns"), path)
                        .filter(curve -> !base.getObject("methods").containsKey(curve.method()))
                        .ifPresent(curve -> problems.add(
                                section.origin(),
                                path + ".method",
                                "no method '" + curve.method() + "'"
                                        + Suggestion.tail(
                                                curve.method(),
                                                base.getObject("methods").keySet())));
            } else {
                problems.add(
                        published.get(i).origin(), path, "must be a section { method, source, demonstrations, … }");
            }
        }
    }

    /** Filled in by hand, so that the section still says where it was written. */
    private static ConfigObject withDefault(ConfigObject section, String list) {
        return section.containsKey(list) ? section : section.withValue(list, NOTHING);
    }

    private ArrayNode list(String key) {
        try {
            return (ArrayNode) JSON.readTree(base.getValue(key).render(ConfigRenderOptions.concise()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("HOCON renders as JSON", e);
        }
    }
}
