package org.adapt4j.runtime.experiment;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.evaluation.Evaluator;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Phase;
import org.adapt4j.api.task.Task;
import org.adapt4j.api.task.TaskSet;
import org.adapt4j.runtime.settings.Problems;

/**
 * A cell with its components built, from its resolved configuration alone.
 *
 * @param preset whose settings
 * @param seed of all random streams
 * @param device where tensors live
 * @param benchmark tasks and environments
 * @param algorithm base algorithm
 * @param method what drives it
 * @param data recorded episodes: what the expert answers with, and what is held back to measure by
 * @param evaluator another way to measure than the built-in one
 * @param conditioning the extra input of the agent: the learner's, also where an adapter goes on after it
 * @param phase slots, budget, measuring
 */
public record CellConfig(
        String preset,
        long seed,
        Device device,
        TaskDistribution benchmark,
        AlgorithmFactory<?> algorithm,
        Method method,
        Optional<DataSet> data,
        Optional<Evaluator> evaluator,
        Conditioning conditioning,
        PhaseSettings phase) {

    /** A learner on the training tasks, or an adapter on test tasks. */
    public sealed interface Method {

        /** Whichever of the two it is. */
        Phase phase();

        /**
         * Pre-training.
         *
         * @param learner the method
         */
        record Pretrain(Learner learner) implements Method {
            @Override
            public Phase phase() {
                return learner;
            }
        }

        /**
         * Adaptation.
         *
         * @param adapter the method
         * @param tasks what to adapt to
         * @param learned id of the pre-training cell to start from; empty from scratch
         */
        record Adapt(Adapter adapter, TaskSet tasks, Optional<String> learned) implements Method {
            @Override
            public Phase phase() {
                return adapter;
            }
        }
    }

    /** The learner of a pre-training cell. */
    public Optional<Learner> learner() {
        return method instanceof Method.Pretrain pretrain ? Optional.of(pretrain.learner()) : Optional.empty();
    }

    /** What an adaptation cell adapts to. */
    public Optional<TaskSet> tasks() {
        return method instanceof Method.Adapt adapt ? Optional.of(adapt.tasks()) : Optional.empty();
    }

    /**
     * Builds a cell.
     *
     * @throws org.adapt4j.runtime.settings.ConfigurationException if it does not fit the plug-ins that are loaded
     */
    public static CellConfig build(ResolvedCell cell, Catalogue catalogue) {
        Problems problems = new Problems();
        Components components = new Components(catalogue, problems);
        var benchmark = find(components, Catalogue.Kind.BENCHMARK, "benchmark", Optional.of(cell.benchmark()));
        var algorithm = find(components, Catalogue.Kind.ALGORITHM, "algorithm", Optional.of(cell.algorithm()));
        var data = find(components, Catalogue.Kind.DATA_SET, "data-set", cell.dataSet());
        var evaluator = find(components, Catalogue.Kind.EVALUATOR, "evaluator", cell.evaluator());
        Optional<Components.Component> selector = Optional.empty();
        Optional<Components.Component> learner;
        Optional<Components.Component> method;
        if (cell.method() instanceof ResolvedCell.Method.Adapt adapt) {
            method = find(components, Catalogue.Kind.ADAPTER, "adapter", Optional.of(adapt.adapter()));
            selector = find(components, Catalogue.Kind.SELECTOR, "selector", adapt.selector());
            learner = find(components, Catalogue.Kind.LEARNER, ResolvedCell.LEARNED_BY, adapt.learnedBy());
        } else {
            ConfigObject own = ((ResolvedCell.Method.Pretrain) cell.method()).learner();
            method = find(components, Catalogue.Kind.LEARNER, "learner", Optional.of(own));
            learner = method;
        }
        problems.throwIfAny();
        TaskDistribution tasks = (TaskDistribution) benchmark.orElseThrow().build(catalogue, Map.of());
        Map<Class<?>, Object> services = new HashMap<>();
        services.put(TaskDistribution.class, tasks);
        selector.ifPresent(component -> services.putAll(Selectors.services(component.build(catalogue, Map.of()))));
        Object built = method.orElseThrow().build(catalogue, services);
        Optional<Learner> learns = built instanceof Learner own
                ? Optional.of(own)
                : learner.map(component -> (Learner) component.build(catalogue, services));
        return new CellConfig(
                cell.preset(),
                cell.seed(),
                cell.device(),
                tasks,
                (AlgorithmFactory<?>) algorithm.orElseThrow().build(catalogue, services),
                method(cell.method(), built, tasks),
                data.map(component -> CheckedDataSet.of(component, catalogue, tasks)),
                evaluator.map(component -> (Evaluator) component.build(catalogue, services)),
                learns.map(Learner::conditioning).orElseGet(Conditioning::none),
                cell.phase());
    }

    private static Method method(ResolvedCell.Method resolved, Object built, TaskDistribution benchmark) {
        if (!(resolved instanceof ResolvedCell.Method.Adapt adapt)) {
            return new Method.Pretrain((Learner) built);
        }
        List<Task> tasks = adapt.tasks().stream()
                .map(name -> benchmark
                        .task(name)
                        .orElseThrow(() -> new IllegalStateException("the benchmark no longer knows the task " + name)))
                .toList();
        return new Method.Adapt((Adapter) built, new TaskSet(tasks), adapt.learned());
    }

    private static Optional<Components.Component> find(
            Components components, Catalogue.Kind kind, String path, Optional<ConfigObject> section) {
        return components.complete(
                kind, section.map(found -> found.atPath(path)).orElse(ConfigFactory.empty()), path);
    }
}
