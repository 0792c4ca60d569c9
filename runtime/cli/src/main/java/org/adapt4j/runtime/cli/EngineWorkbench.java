package org.adapt4j.runtime.cli;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.task.Split;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.cell.LearnedFiles;
import org.adapt4j.runtime.cell.Recorder;
import org.adapt4j.runtime.experiment.Catalogue;
import org.adapt4j.runtime.experiment.CellConfig;
import org.adapt4j.runtime.experiment.Experiment;
import org.adapt4j.runtime.experiment.PhaseSettings;
import org.adapt4j.runtime.experiment.Place;
import org.adapt4j.runtime.experiment.ResolvedCell;
import org.adapt4j.runtime.experiment.RunSettings;
import org.adapt4j.runtime.natives.NativeLibraries;
import org.adapt4j.runtime.report.claim.Claims;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResources;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.ConfigurationException;
import org.adapt4j.runtime.settings.SettingsGuide;
import org.adapt4j.toolkit.replay.Replays;

/** The engine behind the verbs. */
final class EngineWorkbench implements Workbench {

    /** More environments at once make each update longer, hardly faster. */
    private static final int MOST_PROBED_SLOTS = 32;

    private static final int LEAST_PROBED_SLOTS = 4;

    /** Steps of an update that take a large network some seconds. */
    private static final int PROBED_STEPS = 2048;

    /** Enough, played at once, to see how fast a policy plays. */
    private static final int PROBED_EPISODES = 16;

    /** Of an algorithm that plays nothing: it logs a thousand times on the way. */
    private static final int PROBED_UPDATES = 20_000;

    private static final long ENDLESS = 1_000_000_000_000_000L;

    private final Catalogue catalogue;
    private final List<PluginFacts> plugins;
    private RunSettings run = Experiment.defaultRun();
    private boolean readyForTensors;

    EngineWorkbench(Catalogue catalogue, List<PluginFacts> plugins) {
        this.catalogue = catalogue;
        this.plugins = List.copyOf(plugins);
    }

    @Override
    public List<PluginFacts> plugins() {
        return plugins;
    }

    @Override
    public List<Described> describe(String wanted) {
        List<Described> found = new ArrayList<>();
        for (Catalogue.Kind kind : Catalogue.Kind.values()) {
            for (String name : catalogue.names(kind)) {
                Catalogue.Entry entry = catalogue.find(kind, name).orElseThrow();
                if (name.equals(wanted) || entry.pluginId().equals(wanted)) {
                    found.add(new Described(
                            kind.key(),
                            name,
                            entry.pluginId(),
                            entry.version(),
                            jar(entry.type()),
                            entry.type(),
                            SettingsGuide.of(entry.settings(), entry.defaults()),
                            SettingsGuide.presets(entry.settings(), entry.defaults())));
                }
            }
        }
        return found;
    }

    @Override
    public SortedMap<String, String> sources(Path experiment) {
        return Experiment.sources(experiment, catalogue);
    }

    @Override
    public Set<String> jarsWithout(Set<String> used) {
        Map<Path, Set<String>> ids = new TreeMap<>();
        for (Catalogue.Kind kind : Catalogue.Kind.values()) {
            for (String name : catalogue.names(kind)) {
                Catalogue.Entry entry = catalogue.find(kind, name).orElseThrow();
                jar(entry.type())
                        .ifPresent(jar -> ids.computeIfAbsent(jar, unused -> new TreeSet<>())
                                .add(entry.pluginId()));
            }
        }
        Set<String> needless = new TreeSet<>();
        ids.forEach((jar, own) -> {
            if (Collections.disjoint(own, used)) {
                needless.add(String.valueOf(jar.getFileName()));
            }
        });
        return needless;
    }

    private static Optional<Path> jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Optional.ofNullable(source == null ? null : source.getLocation())
                    .filter(place -> place.getPath().endsWith(".jar"))
                    .map(place -> Path.of(URI.create(place.toString())));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty(); // not a file
        }
    }

    @Override
    public RunPlan plan(Path experiment, List<String> overrides) {
        RunPlan plan = Experiment.plan(experiment, overrides, catalogue, Claims::flaws);
        adopt(plan);
        return plan;
    }

    @Override
    public Place place(Path experiment, List<String> overrides) {
        return Experiment.place(experiment, overrides, catalogue);
    }

    @Override
    public Place place(RunFolder run, List<String> overrides) {
        return Place.last(run, overrides, catalogue);
    }

    @Override
    public void adopt(RunPlan plan) {
        run = Experiment.run(plan.experiment());
    }

    @Override
    public TaskDistribution benchmark(Path experiment, List<String> overrides) {
        return Experiment.benchmark(experiment, overrides, catalogue);
    }

    @Override
    public Learned learned(CellFolder folder) {
        ResolvedCell resolved = ResolvedCell.parse(folder.resolved());
        CellConfig cell = CellConfig.build(resolved, catalogue);
        if (!(resolved.method() instanceof ResolvedCell.Method.Pretrain pretrain)) {
            throw new IllegalArgumentException(folder.path() + " is no pre-training cell");
        }
        return new Learned(
                cell.benchmark(),
                cell.benchmark().tasks(Split.TRAIN),
                ResolvedCell.name(pretrain.learner()),
                ResolvedCell.name(resolved.algorithm()),
                Recorder.objection(cell.conditioning()));
    }

    @Override
    public Recorder recorder(CellFolder folder) {
        if (!readyForTensors) {
            NativeLibraries.ofThisProcess().readyForTensors();
            readyForTensors = true; // a process loads them once, and looks at them once
        }
        CellConfig cell = build(folder.resolved());
        return Recorder.open(cell.benchmark(), cell.algorithm(), cell.conditioning(), folder.learned());
    }

    @Override
    public Racer racer(PlannedCell cell) {
        NativeLibraries.ofThisProcess().readyForTensors();
        CellConfig built = build(cell.resolved());
        TaskSet tasks = built.tasks().orElseGet(() -> built.benchmark().tasks(Split.TRAIN));
        return new Racer(
                built.algorithm(), built.benchmark().spec(tasks), built.phase().slots());
    }

    private CellConfig build(String resolved) {
        return CellConfig.build(ResolvedCell.parse(resolved), catalogue);
    }

    @Override
    public Experiment.Recorded dataSet(Path experiment) {
        return Experiment.dataSet(experiment, catalogue);
    }

    @Override
    public Experiment.Shown shown(Path experiment, List<String> overrides) {
        return Experiment.shown(experiment, overrides, catalogue);
    }

    @Override
    public DataSetWriter writer(String format, List<String> settings, TaskDistribution benchmark, Path folder) {
        return Experiment.writer(format, settings, benchmark, folder, catalogue);
    }

    @Override
    public List<Finding> inspect(PlannedCell cell) {
        return build(cell.resolved()).benchmark().inspect();
    }

    @Override
    public List<Finding> inspect() {
        List<Finding> findings = new ArrayList<>();
        for (String name : catalogue.names(Catalogue.Kind.BENCHMARK)) {
            try {
                findings.addAll(Experiment.benchmark(name, catalogue).inspect());
            } catch (ConfigurationException e) {
                findings.add(
                        Finding.good(name, "needs settings that only an experiment has: adapt4j doctor FILE.conf"));
            }
        }
        return findings;
    }

    @Override
    public Work work(PlannedCell cell) {
        CellConfig config = build(cell.resolved());
        PhaseSettings phase = config.phase();
        TaskDistribution benchmark = config.benchmark();
        int tasks = config.tasks().map(TaskSet::size).orElse(0);
        if (tasks == 0) {
            for (Split split : phase.measure().splits()) {
                tasks += benchmark.tasks(split).first(phase.measure().tasks()).size();
            }
        }
        TaskSet played = config.tasks().orElseGet(() -> benchmark.tasks(Split.TRAIN));
        EnvironmentSpec spec = benchmark.spec(played);
        Spending budgeted = Spending.of(phase, config.algorithm().diet(), played.size(), spec.maxEpisodeSteps());
        boolean spends = config.method().phase().spends();
        Spending spending = spends ? budgeted : budgeted.unspent();
        long steps = spending.steps();
        boolean keepsPolicy =
                config.method() instanceof CellConfig.Method.Adapt && run.keep() == RunSettings.Keep.ADAPTED;
        return new Work(
                unit(phase.budget(), config.algorithm()),
                spending.asked(),
                steps,
                (long) phase.points().size() * phase.measure().episodes() * tasks,
                spec.maxEpisodeSteps(),
                benchmark.title(),
                Math.min((long) phase.slots() * config.algorithm().diet().steps(), steps) * spec.observationBytes(),
                replayBytes(config.algorithm().diet(), spec, played.size(), steps),
                keepsPolicy,
                remarks(spending, config, cell.learned().isEmpty()));
    }

    /** What the user may not have meant. @param anew whether the cell starts from nothing learned before */
    private static List<String> remarks(Spending spending, CellConfig config, boolean anew) {
        PhaseSettings phase = config.phase();
        AlgorithmFactory<?> algorithm = config.algorithm();
        List<String> remarks = new ArrayList<>();
        boolean couldBeShown = config.data().isPresent() && algorithm.diet() instanceof Diet.OffPolicy;
        if (anew && couldBeShown && phase.budget().demonstrations() == 0) {
            remarks.add("no demonstration is granted though there are some: where success alone is rewarded, learning"
                    + " starts by luck. budget.demonstrations grants them");
        }
        spending.remark().ifPresent(remarks::add);
        int start =
                algorithm.diet() instanceof Diet.OffPolicy diet ? diet.replay().start() : 0;
        if (config.method().phase().spends() && spending.steps() < start) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "no update can be made: a task needs %,d transitions before any is drawn from its replay, and %,d"
                            + " steps will be spent. Give more environment-steps, or lower the algorithm's replay.start",
                    start,
                    spending.steps()));
        }
        return remarks;
    }

    private static Unit unit(PhaseSettings.Budget budget, AlgorithmFactory<?> algorithm) {
        if (!(algorithm.diet() instanceof Diet.Offline) || budget.environmentSteps() > 0) {
            return Unit.ENVIRONMENT_STEPS;
        }
        return budget.updates() > 0 || budget.epochs() > 0 ? Unit.UPDATES : Unit.DEMONSTRATIONS;
    }

    /** Memory of the replays once all steps were taken: they fill as they go, up to their capacity. */
    private static long replayBytes(Diet<?> diet, EnvironmentSpec spec, int tasks, long steps) {
        if (!(diet instanceof Diet.OffPolicy offPolicy)) {
            return 0;
        }
        ReplayPlan plan = offPolicy.replay();
        return (long) (Replays.bytes(spec, plan, tasks) * Math.min(1, (double) steps / plan.capacity()));
    }

    @Override
    public PlannedCell endless(PlannedCell cell) {
        return endless(ResolvedCell.parse(cell.resolved())).planned(cell.method(), Map.of(), cell.notApplicable());
    }

    private ResolvedCell endless(ResolvedCell cell) {
        CellConfig built = CellConfig.build(cell, catalogue);
        boolean plays = !(built.algorithm().diet() instanceof Diet.Offline);
        int wanted = PROBED_STEPS / Math.max(1, built.algorithm().diet().steps());
        int slots = Math.min(cell.phase().slots(), Math.max(LEAST_PROBED_SLOTS, Math.min(wanted, MOST_PROBED_SLOTS)));
        ResolvedCell.Method method = cell.method();
        boolean oneTask = false;
        if (method instanceof ResolvedCell.Method.Adapt adapt) {
            oneTask = !adapt.together();
            String first = built.benchmark().tasks(Split.TEST).get(0).name();
            method = new ResolvedCell.Method.Adapt(
                    adapt.adapter(),
                    adapt.selector(),
                    oneTask ? List.of(first) : adapt.tasks(),
                    adapt.together(),
                    Optional.empty(),
                    adapt.learnedBy());
        }
        PhaseSettings.Measure measure = cell.phase().measure();
        return cell.with(
                0,
                method,
                new PhaseSettings(
                        slots,
                        new PhaseSettings.Budget(
                                plays ? ENDLESS : 0,
                                plays ? 0 : PROBED_UPDATES,
                                0,
                                cell.phase().budget().demonstrations()),
                        new PhaseSettings.Measure(
                                List.of(1L),
                                0,
                                oneTask ? PROBED_EPISODES : 1,
                                measure.slots(),
                                List.of(Split.TRAIN),
                                PROBED_EPISODES)));
    }

    @Override
    public String pace(PlannedCell planned) {
        ResolvedCell cell = endless(ResolvedCell.parse(planned.resolved()));
        // How many tasks there are, and which, does not change how fast they are played.
        ConfigObject benchmark = cell.benchmark();
        for (Map.Entry<String, ConfigValue> setting : cell.benchmark().entrySet()) {
            if (setting.getValue().valueType() == ConfigValueType.NUMBER) {
                benchmark = benchmark.withoutKey(setting.getKey());
            }
        }
        ResolvedCell.Method method = cell.method() instanceof ResolvedCell.Method.Adapt adapt && !adapt.together()
                ? new ResolvedCell.Method.Adapt(
                        adapt.adapter(), adapt.selector(), List.of(""), false, Optional.empty(), adapt.learnedBy())
                : cell.method();
        return CellFolder.idOf(
                cell.with(benchmark).with(cell.seed(), method, cell.phase()).text());
    }

    @Override
    public CellResources resources(String resolved) {
        ResolvedCell cell = ResolvedCell.parse(resolved);
        return new CellResources(run.heap(), cell.threads(), cell.device().kind() == Device.Kind.GPU);
    }

    @Override
    public void tidy(RunFolder folder) {
        if (run.keep() == RunSettings.Keep.NONE) {
            folder.plan()
                    .cells()
                    .forEach(cell -> LearnedFiles.forget(folder.cell(cell).learned()));
        }
    }

    @Override
    public boolean stopsOnFailure() {
        return run.onFailure() == RunSettings.OnFailure.STOP;
    }

    /** The facts about a contribution that people are shown. */
    static Contribution contribution(String kind, String name, Catalogue.Entry entry) {
        Map<String, String> settings = new LinkedHashMap<>();
        List<Map.Entry<String, ConfigValue>> defaults = new ArrayList<>(new TreeMap<>(Map.copyOf(entry.defaults()
                        .withoutKey("presets")
                        .withoutKey("renamed")
                        .withoutKey("removed")))
                .entrySet());
        defaults.forEach(setting ->
                settings.put(setting.getKey(), String.valueOf(setting.getValue().unwrapped())));
        return new Contribution(kind, name, settings);
    }
}
