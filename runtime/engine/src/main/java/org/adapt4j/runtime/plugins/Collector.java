package org.adapt4j.runtime.plugins;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.data.DataSet;
import org.adapt4j.api.data.DataSetWriter;
import org.adapt4j.api.evaluation.Evaluator;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.method.Selector;
import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.runtime.experiment.Catalogue;
import org.adapt4j.runtime.experiment.Catalogue.Kind;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.runtime.settings.Suggestion;

/** Writes down what one plug-in contributes, with its defaults. */
final class Collector implements Contributions {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    private final String pluginId;
    private final String version;
    private final Supplier<Config> defaults;
    private final Consumer<String> objections;
    private final Map<Kind, SortedMap<String, Catalogue.Entry>> entries = new EnumMap<>(Kind.class);

    Collector(String pluginId, String version, Supplier<Config> defaults, Consumer<String> objections) {
        this.pluginId = pluginId;
        this.version = version;
        this.defaults = defaults;
        this.objections = objections;
    }

    Map<Kind, SortedMap<String, Catalogue.Entry>> entries() {
        return entries;
    }

    @Override
    public <C extends Record> void learner(String name, Class<C> settings, Class<? extends Learner> type) {
        add(Kind.LEARNER, name, settings, type);
    }

    @Override
    public <C extends Record> void adapter(String name, Class<C> settings, Class<? extends Adapter> type) {
        add(Kind.ADAPTER, name, settings, type);
    }

    @Override
    public <C extends Record> void algorithm(
            String name, Class<C> settings, Class<? extends AlgorithmFactory<?>> type) {
        add(Kind.ALGORITHM, name, settings, type);
    }

    @Override
    public <C extends Record> void benchmark(String name, Class<C> settings, Class<? extends TaskDistribution> type) {
        add(Kind.BENCHMARK, name, settings, type);
    }

    @Override
    public <C extends Record> void dataSet(String name, Class<C> settings, Class<? extends DataSet> type) {
        add(Kind.DATA_SET, name, settings, type);
    }

    @Override
    public <C extends Record> void selector(String name, Class<C> settings, Class<? extends Selector> type) {
        add(Kind.SELECTOR, name, settings, type);
    }

    @Override
    public <C extends Record> void dataSetWriter(String name, Class<C> settings, Class<? extends DataSetWriter> type) {
        add(Kind.DATA_SET_WRITER, name, settings, type);
    }

    @Override
    public <C extends Record> void evaluator(String name, Class<C> settings, Class<? extends Evaluator> type) {
        add(Kind.EVALUATOR, name, settings, type);
    }

    /** Complains about defaults for something that the plug-in does not contribute: a misspelt name. */
    void checkDefaults(Problems problems) {
        for (Kind kind : Kind.values()) {
            if (defaults.get().root().get(section(kind)) instanceof ConfigObject sections) {
                for (Map.Entry<String, ConfigValue> entry : sections.entrySet()) {
                    var known = entries.getOrDefault(kind, new TreeMap<>()).keySet();
                    if (!known.contains(entry.getKey())) {
                        problems.add(
                                entry.getValue().origin(),
                                section(kind) + "." + entry.getKey(),
                                "the plug-in contributes no such " + kind.key()
                                        + Suggestion.tail(entry.getKey(), known));
                    }
                }
            }
        }
    }

    private void add(Kind kind, String name, Class<? extends Record> settings, Class<?> type) {
        if (!NAME.matcher(name).matches()) {
            objections.accept("contributes the " + kind.key() + " '" + name
                    + "'; names are written in small letters, digits and hyphens");
            return;
        }
        Catalogue.Entry entry = new Catalogue.Entry(settings, type, pluginId, version, () -> section(kind, name));
        if (entries.computeIfAbsent(kind, any -> new TreeMap<>()).putIfAbsent(name, entry) != null) {
            objections.accept("contributes the " + kind.key() + " '" + name + "' twice; give one of them another name");
        }
    }

    private ConfigObject section(Kind kind, String name) {
        return defaults.get().root().get(section(kind)) instanceof ConfigObject sections
                        && sections.get(name) instanceof ConfigObject found
                ? found
                : ConfigFactory.empty().root();
    }

    private static String section(Kind kind) {
        return kind.key() + "s";
    }
}
