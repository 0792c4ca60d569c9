package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.evaluation.Evaluator;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.settings.Problems;

/**
 * A cell built from its resolved configuration alone.
 *
 * @param preset whose settings
 * @param seed of all random streams
 * @param benchmark tasks and environments
 * @param algorithm base algorithm
 * @param learner of a pre-training cell
 * @param adapter of an adaptation cell
 * @param data recorded episodes to ask for
 * @param evaluator if it is not the built-in one
 * @param tasks of an adaptation cell
 * @param learned id of the cell that an adaptation starts from; empty from scratch
 * @param conditioning the extra input of the agent: the learner's, also where an adapter goes on after it
 * @param phase slots, budget, measuring
 */
public record CellConfig(
        String preset,
        long seed,
        TaskDistribution benchmark,
        AlgorithmFactory<?> algorithm,
        Optional<Learner> learner,
        Optional<Adapter> adapter,
        Optional<DataSet> data,
        Optional<Evaluator> evaluator,
        Optional<TaskSet> tasks,
        Optional<String> learned,
        Conditioning conditioning,
        PhaseSettings phase) {

    /** Key of an adaptation cell under which the learner stands whose work it goes on with. */
    static final String LEARNED_BY = "learned-by";

    /** Threads of the numerical libraries, as a resolved configuration says. */
    public static int threads(String resolved) {
        return ConfigFactory.parseString(resolved).getInt("threads");
    }

    /**
     * Reads a resolved configuration.
     *
     * @throws org.adapt4j.runtime.settings.ConfigurationException if it does not fit the plug-ins that are loaded
     */
    public static CellConfig read(String resolved, Catalogue catalogue) {
        Config config = ConfigFactory.parseString(
                resolved, ConfigParseOptions.defaults().setOriginDescription("resolved.conf"));
        Problems problems = new Problems();
        Components components = new Components(catalogue, problems);
        var benchmark = components.complete(Catalogue.Kind.BENCHMARK, config, "benchmark");
        var algorithm = components.complete(Catalogue.Kind.ALGORITHM, config, "algorithm");
        var learner = components.complete(Catalogue.Kind.LEARNER, config, "learner");
        var learnedBy = components.complete(Catalogue.Kind.LEARNER, config, LEARNED_BY);
        var adapter = components.complete(Catalogue.Kind.ADAPTER, config, "adapter");
        var selector = components.complete(Catalogue.Kind.SELECTOR, config, "selector");
        var data = components.complete(Catalogue.Kind.DATA_SET, config, "data-set");
        var evaluator = components.complete(Catalogue.Kind.EVALUATOR, config, "evaluator");
        var phase = components.engine(PhaseSettings.class, config.getObject("phase"), "phase");
        problems.throwIfAny();
        TaskDistribution tasks = (TaskDistribution) benchmark.orElseThrow().build(catalogue, Map.of());
        Map<Class<?>, Object> services = new HashMap<>();
        services.put(TaskDistribution.class, tasks);
        selector.ifPresent(component -> services.putAll(Selectors.services(component.build(catalogue, Map.of()))));
        List<String> names = config.hasPath("task")
                ? List.of(config.getString("task"))
                : config.hasPath("tasks") ? config.getStringList("tasks") : List.of();
        List<Task> adaptTo = names.stream()
                .map(name -> tasks.task(name)
                        .orElseThrow(() -> new IllegalStateException("the benchmark no longer knows the task " + name)))
                .toList();
        Optional<Learner> own = learner.map(component -> (Learner) component.build(catalogue, services));
        Optional<Learner> before = learnedBy.map(component -> (Learner) component.build(catalogue, services));
        return new CellConfig(
                config.getString("preset"),
                config.getLong("seed"),
                tasks,
                (AlgorithmFactory<?>) algorithm.orElseThrow().build(catalogue, services),
                own,
                adapter.map(component -> (Adapter) component.build(catalogue, services)),
                data.map(component -> new CheckedDataSet((DataSet) component.build(catalogue, services), tasks)),
                evaluator.map(component -> (Evaluator) component.build(catalogue, services)),
                adaptTo.isEmpty() ? Optional.empty() : Optional.of(new TaskSet(adaptTo)),
                config.hasPath("learned") ? Optional.of(config.getString("learned")) : Optional.empty(),
                own.or(() -> before).map(Learner::conditioning).orElseGet(Conditioning::none),
                phase.orElseThrow());
    }
}
