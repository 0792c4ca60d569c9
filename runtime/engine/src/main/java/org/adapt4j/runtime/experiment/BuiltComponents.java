package org.adapt4j.runtime.experiment;

import com.typesafe.config.ConfigObject;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.task.Task;
import org.adapt4j.runtime.settings.Problems;

/** Benchmarks and data sets of a plan, of which many cells have the same: each is opened once, and only where somebody asks. */
final class BuiltComponents {

    private final Catalogue catalogue;
    private final Problems problems;
    private final Map<ConfigObject, TaskDistribution> benchmarks = new HashMap<>();
    private final Map<List<Object>, DataSet> dataSets = new HashMap<>();

    BuiltComponents(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    TaskDistribution benchmark(Components.Component benchmark) {
        return benchmarks.computeIfAbsent(
                benchmark.section(), section -> (TaskDistribution) benchmark.build(catalogue, Map.of()));
    }

    AlgorithmFactory<?> algorithm(Components.Component algorithm, TaskDistribution tasks) {
        return (AlgorithmFactory<?>) algorithm.build(catalogue, Map.of(TaskDistribution.class, tasks));
    }

    /** A learner, an adapter or a strategy. @param services what its constructor may ask for */
    <T> T method(Class<T> type, Components.Component method, Map<Class<?>, Object> services) {
        return type.cast(method.build(catalogue, services));
    }

    /** How many episodes there are of a task; a file that cannot be read is a problem of the experiment's. */
    int demonstrations(Components.Component data, TaskDistribution tasks, Task task) {
        return ask(data, tasks, set -> set.count(task), 0);
    }

    /** Whether there is a policy of a task; a file that cannot be read is a problem of the experiment's. */
    boolean keepsPolicy(Components.Component data, TaskDistribution tasks, Task task) {
        return ask(data, tasks, set -> set.policy(task).isPresent(), false);
    }

    private <T> T ask(
            Components.Component data, TaskDistribution tasks, Function<? super DataSet, T> question, T otherwise) {
        try {
            return question.apply(dataSets.computeIfAbsent(
                    List.of(data.section(), tasks), unused -> CheckedDataSet.of(data, catalogue, tasks)));
        } catch (UncheckedIOException e) {
            problems.add(data.section().origin(), "data-set", String.valueOf(e.getMessage()));
            return otherwise;
        }
    }
}
