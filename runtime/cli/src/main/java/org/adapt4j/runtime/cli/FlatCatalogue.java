package org.adapt4j.runtime.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.benchmark.TaskDistribution;
import org.adapt4j.api.evaluation.Evaluator;
import org.adapt4j.api.method.Adapter;
import org.adapt4j.api.method.Learner;
import org.adapt4j.api.plugin.Contributions;
import org.adapt4j.api.plugin.Plugin;
import org.adapt4j.runtime.experiment.Catalogue;

/** The plug-ins on the class path. */
final class FlatCatalogue implements Catalogue, Contributions {
    private final Map<Kind, Map<String, Entry>> entries = new HashMap<>();
    private final Config reference =
            ConfigFactory.parseResources(FlatCatalogue.class.getClassLoader(), "reference.conf");
    private String id = "";

    FlatCatalogue() {
        for (Plugin plugin : ServiceLoader.load(Plugin.class, FlatCatalogue.class.getClassLoader())) {
            id = plugin.id();
            plugin.contribute(this);
        }
    }

    private void add(Kind kind, String name, Class<? extends Record> settings, Class<?> type) {
        String path = kind.key() + "s." + name;
        ConfigObject defaults = reference.hasPath(path)
                ? reference.getObject(path)
                : ConfigFactory.empty().root();
        entries.computeIfAbsent(kind, k -> new TreeMap<>()).put(name, new Entry(settings, type, id, "0", defaults));
    }

    @Override
    public Optional<Entry> find(Kind kind, String name) {
        return Optional.ofNullable(entries.getOrDefault(kind, Map.of()).get(name));
    }

    @Override
    public Set<String> names(Kind kind) {
        return new TreeSet<>(entries.getOrDefault(kind, Map.of()).keySet());
    }

    @Override
    public Object build(Entry entry, Record settings, Map<Class<?>, Object> services) {
        try {
            Constructor<?> constructor = entry.type().getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Object[] arguments = new Object[constructor.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                Class<?> type = constructor.getParameterTypes()[i];
                arguments[i] = type.isInstance(settings) ? settings : services.get(type);
            }
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<ClassLoader> loaders() {
        return List.of(FlatCatalogue.class.getClassLoader());
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
    public <C extends Record> void evaluator(String name, Class<C> settings, Class<? extends Evaluator> type) {
        add(Kind.EVALUATOR, name, settings, type);
    }
}
