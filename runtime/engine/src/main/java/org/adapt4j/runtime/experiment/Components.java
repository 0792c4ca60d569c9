package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.runtime.settings.Binder;
import org.adapt4j.runtime.settings.KeyHistory;
import org.adapt4j.runtime.settings.Problem;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.runtime.settings.Suggestion;

/** Turns sections such as {@code algorithm { name = ppo, … }} into settings, and those into objects. */
final class Components {

    private final Catalogue catalogue;
    private final Problems problems;

    Components(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    /**
     * A named component with its settings.
     *
     * @param name as the experiment names it
     * @param entry what the plug-in offers
     * @param settings bound
     * @param section the name and all settings, defaults in
     * @param path of the section
     * @param origin where its name was written
     */
    record Component(
            String name,
            Catalogue.Entry entry,
            Record settings,
            ConfigObject section,
            String path,
            ConfigOrigin origin) {

        /** @throws org.adapt4j.runtime.settings.ConfigurationException naming the section if its class cannot be built */
        Object build(Catalogue catalogue, Map<Class<?>, Object> services) {
            try {
                return catalogue.build(entry, settings, services);
            } catch (ComponentException e) {
                Problems problems = new Problems();
                problems.add(origin, path, String.valueOf(e.getMessage()));
                throw problems.asException(e);
            }
        }
    }

    /** The component in a section with the defaults of its plug-in; empty if there is none, or problems were reported. */
    Optional<Component> withDefaults(Catalogue.Kind kind, Config config, String path, String preset) {
        return bind(kind, config, path, Optional.of(preset));
    }

    /** The component in a section that is complete: nothing is filled in. */
    Optional<Component> complete(Catalogue.Kind kind, Config config, String path) {
        return bind(kind, config, path, Optional.empty());
    }

    private Optional<Component> bind(Catalogue.Kind kind, Config config, String path, Optional<String> preset) {
        if (!config.hasPath(path)) {
            return Optional.empty();
        }
        ConfigValue value = config.getValue(path);
        if (!(value instanceof ConfigObject section)) {
            problems.add(value.origin(), path, "must be a section like { name = " + example(kind) + " }");
            return Optional.empty();
        }
        ConfigValue name = section.get("name");
        if (name == null || name.valueType() != ConfigValueType.STRING) {
            problems.add(
                    section.origin(),
                    path + ".name",
                    "is required: which " + kind.key() + "? (known: " + String.join(", ", catalogue.names(kind)) + ")");
            return Optional.empty();
        }
        String chosen = (String) name.unwrapped();
        Optional<Catalogue.Entry> found = catalogue.find(kind, chosen);
        if (found.isEmpty()) {
            Set<String> known = catalogue.names(kind);
            String elsewhere = Suggestion.nearest(chosen, known).isPresent()
                    ? ""
                    : "; if a plug-in of yours has it, name its folder with --plugins";
            problems.add(
                    name.origin(),
                    path + ".name",
                    "no " + kind.key() + " '" + chosen + "'" + Suggestion.tail(chosen, known) + elsewhere);
            return Optional.empty();
        }
        Catalogue.Entry entry = found.get();
        ConfigObject defaults = entry.defaults();
        ConfigObject settings = section.withoutKey("name");
        if (preset.isPresent()) {
            settings = settings.withFallback(preset(defaults, preset.get()))
                    .withFallback(
                            defaults.withoutKey("presets").withoutKey("renamed").withoutKey("removed"))
                    .toConfig()
                    .resolve()
                    .root();
        }
        return new Binder(problems)
                .bind(entry.settings(), settings, path, KeyHistory.of(defaults))
                .map(bound -> new Component(
                        chosen,
                        entry,
                        bound.settings(),
                        bound.section().withValue("name", ConfigValueFactory.fromAnyRef(chosen)),
                        path,
                        name.origin()));
    }

    /** The presets that plug-ins have settings for, and those that every plug-in has. Where one has none, its defaults hold. */
    Set<String> presets() {
        Set<String> presets = new TreeSet<>(Set.of("paper", "reference"));
        for (Catalogue.Kind kind : Catalogue.Kind.values()) {
            for (String name : catalogue.names(kind)) {
                catalogue
                        .find(kind, name)
                        .map(entry -> entry.defaults().get("presets"))
                        .ifPresent(section -> {
                            if (section instanceof ConfigObject found) {
                                presets.addAll(found.keySet());
                            }
                        });
            }
        }
        return presets;
    }

    private static ConfigObject preset(ConfigObject defaults, String preset) {
        return defaults.get("presets") instanceof ConfigObject presets
                        && presets.get(preset) instanceof ConfigObject deviations
                ? deviations
                : ConfigFactory.empty().root();
    }

    private String example(Catalogue.Kind kind) {
        return catalogue.names(kind).stream().findFirst().orElse("…");
    }

    /** Binds a section of the engine's own. */
    <T extends Record> Optional<T> engine(Class<T> type, ConfigObject section, String path) {
        return engine(type, section, path, Set.of());
    }

    /** The same. @param besides keys of the section that are bound by others, for hints */
    <T extends Record> Optional<T> engine(Class<T> type, ConfigObject section, String path, Set<String> besides) {
        return new Binder(problems)
                .bind(type, section, path, KeyHistory.NONE, besides)
                .map(Binder.Bound::settings);
    }

    /** Reports something that has no place in a file. */
    void problem(String path, String message) {
        problems.add(new Problem("", 0, path, message));
    }

    /** Versions of the plug-ins that components come from. */
    static Map<String, String> versions(Iterable<Component> components) {
        Map<String, String> versions = new TreeMap<>();
        components.forEach(component ->
                versions.put(component.entry().pluginId(), component.entry().version()));
        return versions;
    }
}
