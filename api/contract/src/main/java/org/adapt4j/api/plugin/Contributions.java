package org.adapt4j.api.plugin;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.evaluation.Evaluator;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Selector;
import org.apiguardian.api.API;

/**
 * Takes what a plug-in adds: a name for configurations, a record of settings, and a class.
 *
 * <p>Defaults stand in the jar's {@code reference.conf} under {@code learners.NAME}, {@code adapters.NAME}, {@code
 * algorithms.NAME}, {@code benchmarks.NAME}, {@code data-sets.NAME}, {@code data-set-writers.NAME}, {@code selectors.NAME} or {@code
 * evaluators.NAME}, with deviations of the presets under {@code presets.NAME} and so on below it. The class has one constructor marked
 * {@link jakarta.inject.Inject}, which need not be public; it may ask for its settings record; a base algorithm, an evaluator, a data
 * set or a writer for the {@link TaskDistribution}; a writer also for the folder to write to, a {@link java.nio.file.Path}; an adapter
 * for a kind of {@link Selector}, which is that of {@code adapt.selector}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Contributions {

    /** Adds a way to prepare. */
    <C extends Record> void learner(String name, Class<C> settings, Class<? extends Learner> type);

    /** Adds a way to adapt. */
    <C extends Record> void adapter(String name, Class<C> settings, Class<? extends Adapter> type);

    /** Adds a base algorithm. */
    <C extends Record> void algorithm(String name, Class<C> settings, Class<? extends AlgorithmFactory<?>> type);

    /** Adds a benchmark. */
    <C extends Record> void benchmark(String name, Class<C> settings, Class<? extends TaskDistribution> type);

    /** Adds episodes of experts. */
    <C extends Record> void dataSet(String name, Class<C> settings, Class<? extends DataSet> type);

    /** Adds a strategy for the adapters that ask for one of its kind. */
    <C extends Record> void selector(String name, Class<C> settings, Class<? extends Selector> type);

    /** Adds a format to record episodes in. */
    <C extends Record> void dataSetWriter(String name, Class<C> settings, Class<? extends DataSetWriter> type);

    /** Adds a way to measure. */
    <C extends Record> void evaluator(String name, Class<C> settings, Class<? extends Evaluator> type);
}
