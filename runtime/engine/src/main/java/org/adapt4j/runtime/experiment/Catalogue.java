package org.adapt4j.runtime.experiment;

import com.typesafe.config.ConfigObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the loaded plug-ins offer, by kind and name. */
public interface Catalogue {

    /** What a plug-in can add. */
    enum Kind {
        /** A way to prepare. */
        LEARNER("learner"),
        /** A way to adapt. */
        ADAPTER("adapter"),
        /** A base algorithm. */
        ALGORITHM("algorithm"),
        /** A task distribution. */
        BENCHMARK("benchmark"),
        /** Episodes of experts. */
        DATA_SET("data-set"),
        /** A strategy that an adapter is given. */
        SELECTOR("selector"),
        /** A format to record episodes in. */
        DATA_SET_WRITER("data-set-writer"),
        /** A way to measure. */
        EVALUATOR("evaluator");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        /** The word in configurations and messages. */
        public String key() {
            return key;
        }
    }

    /**
     * Something to name in an experiment.
     *
     * @param settings record of its settings
     * @param type class that does the work
     * @param pluginId which plug-in it is from
     * @param version of that plug-in
     * @param section its section of {@code reference.conf}, with the section {@code presets}; read when first asked for
     */
    record Entry(
            Class<? extends Record> settings,
            Class<?> type,
            String pluginId,
            String version,
            Supplier<ConfigObject> section) {

        /** Its section of {@code reference.conf}, with the section {@code presets}. */
        public ConfigObject defaults() {
            return section.get();
        }
    }

    /** The entry of a name; empty if there is none. */
    Optional<Entry> find(Kind kind, String name);

    /** All names of a kind. */
    Set<String> names(Kind kind);

    /**
     * Builds an entry's class with its settings.
     *
     * @param services what else its constructor may ask for
     * @throws ComponentException if its constructor asks for something that is not there, or fails
     */
    Object build(Entry entry, Record settings, Map<Class<?>, Object> services);

    /** Where cells can be computed. */
    default Executors executors() {
        return Executors.NONE;
    }

    /** Class loaders in which included resources are looked for. */
    List<ClassLoader> loaders();
}
