package org.adapt4j.runtime.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.benchmark.Finding;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.cell.Recorder;
import org.adapt4j.runtime.experiment.Experiment;
import org.adapt4j.runtime.experiment.Place;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.CellResources;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.run.RunFolder;
import org.adapt4j.runtime.run.RunPlan;
import org.adapt4j.runtime.settings.SettingsGuide;

/** What the verbs need of the engine, with the plug-ins loaded. */
interface Workbench {
    /**
     * A plug-in that was found.
     *
     * @param id unique name
     * @param version of its jar
     * @param source the jar, or {@code bundled}
     * @param contributions what it adds: kind and name
     */
    record PluginFacts(String id, String version, String source, List<Contribution> contributions) {}

    /**
     * Something to name in a configuration.
     *
     * @param kind such as {@code learner}
     * @param name in configurations
     * @param settings defaults by key
     */
    record Contribution(String kind, String name, Map<String, String> settings) {}

    /**
     * All that can be said of a contribution.
     *
     * @param kind such as {@code learner}
     * @param name in configurations
     * @param pluginId what contributes it
     * @param version of its jar
     * @param jar where it is from; empty for unpacked classes
     * @param type class that does the work
     * @param settings in their order
     * @param presets what each sets, by name
     */
    record Described(
            String kind,
            String name,
            String pluginId,
            String version,
            Optional<Path> jar,
            Class<?> type,
            List<SettingsGuide.Setting> settings,
            Map<String, List<SettingsGuide.Setting>> presets) {}

    /** What the steps of a cell are. */
    enum Unit {
        ENVIRONMENT_STEPS("environment steps"),
        UPDATES("updates"),
        /** The budget is demonstrations alone: how many updates there will be is the method's business. */
        DEMONSTRATIONS("demonstrations");

        final String words;

        Unit(String words) {
            this.words = words;
        }
    }

    /**
     * What a cell will take.
     *
     * @param unit of its steps
     * @param asked what the budget says
     * @param steps of training or adaptation: what will be spent of it
     * @param measuredEpisodes played to measure, over all points and tasks
     * @param episodeSteps longest episode
     * @param benchmark title
     * @param rolloutBytes memory for the observations of one rollout
     * @param replayBytes memory for what is replayed by the end; 0 on policy
     * @param keepsPolicy whether the policy with which it ends stays in its folder
     * @param remarks what is odd about it, in sentences
     */
    record Work(
            Unit unit,
            long asked,
            long steps,
            long measuredEpisodes,
            int episodeSteps,
            String benchmark,
            long rolloutBytes,
            long replayBytes,
            boolean keepsPolicy,
            List<String> remarks) {

        /** Whether environments step at all, so that there is a speed to know. */
        boolean moves() {
            return steps > 0 || measuredEpisodes > 0;
        }
    }

    /** All plug-ins: bundled ones by id, then those of the user's folder. */
    List<PluginFacts> plugins();

    /** All that a name stands for: contributions of that name of any kind, or all of the plug-in of that id. */
    List<Described> describe(String name);

    /** Texts of an experiment and of what it includes, by name relative to its folder. */
    SortedMap<String, String> sources(Path experiment);

    /** Names of the jars that hold plug-ins, none of which is among some. @param used ids */
    Set<String> jarsWithout(Set<String> used);

    /** Resolves an experiment to its cells, reporting all problems at once. */
    RunPlan plan(Path experiment, List<String> overrides);

    /** Where the cells of an experiment are computed. */
    Place place(Path experiment, List<String> overrides);

    /** Where the cells of a run were computed last, unless the command line says otherwise. */
    Place place(RunFolder run, List<String> overrides);

    /** Takes the run's own settings, such as the heap of its cells, from a plan that was made before. */
    void adopt(RunPlan plan);

    /** What a cell will take. */
    Work work(PlannedCell cell);

    /**
     * A cell that does the same work for as long as one likes, with a handful of environments so that its speed shows soon, and that measures
     * a few episodes after its first update. It starts from nothing, even where the cell starts from another's result.
     */
    PlannedCell endless(PlannedCell cell);

    /**
     * What races: an algorithm and what it would see in a cell.
     *
     * @param slots environments at once
     */
    record Racer(AlgorithmFactory<?> factory, EnvironmentSpec spec, int slots) {}

    /** The algorithm of a cell, ready for tensors. */
    Racer racer(PlannedCell cell);

    /** Names the speed of a cell: equal for cells that do the same work at the same pace, on however many tasks. */
    String pace(PlannedCell cell);

    /** What the process of a cell gets. @param resolved its configuration */
    CellResources resources(String resolved);

    /** Deletes what the experiment does not keep of a run whose cells are all done. */
    void tidy(RunFolder run);

    /** Whether a run stops once a cell has failed. */
    boolean stopsOnFailure();

    /** The benchmark that an experiment names. */
    TaskDistribution benchmark(Path experiment, List<String> overrides);

    /**
     * A pre-training cell whose policy may be played.
     *
     * @param benchmark its tasks
     * @param training what it learned from
     * @param learner name of the method
     * @param algorithm name of the base algorithm
     * @param objection why its policy cannot be played on its own; empty if it can
     */
    record Learned(
            TaskDistribution benchmark,
            TaskSet training,
            String learner,
            String algorithm,
            Optional<String> objection) {}

    /** What a finished pre-training cell is about. */
    Learned learned(CellFolder folder);

    /** Loads what a finished pre-training cell learned. */
    Recorder recorder(CellFolder folder);

    /** The data set that an experiment names, with its benchmark. */
    Experiment.Recorded dataSet(Path experiment);

    /** The benchmark that an experiment names, and who shows its tasks. */
    Experiment.Shown shown(Path experiment, List<String> overrides);

    /** A writer of a format. @param settings {@code key=value} */
    DataSetWriter writer(String format, List<String> settings, TaskDistribution benchmark, Path folder);

    /** What this machine has and lacks for the benchmark of a cell. */
    List<Finding> inspect(PlannedCell cell);

    /** What this machine has and lacks for every benchmark there is, with default settings. */
    List<Finding> inspect();
}
