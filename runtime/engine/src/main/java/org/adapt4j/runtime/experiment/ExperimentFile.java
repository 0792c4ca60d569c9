package org.adapt4j.runtime.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.adapt4j.runtime.settings.ConfigurationReader;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.runtime.settings.Suggestion;

/** An experiment as it was written, with its includes, the engine's defaults and the command line; its sections have the right form. */
final class ExperimentFile {

    /** The axis that every experiment has; its values are the sections of {@code methods}. */
    static final String METHOD = "method";

    /** The key whose value chooses among the settings that plug-ins bring. */
    static final String PRESET = "preset";

    /** What an experiment may say. */
    static final Set<String> KEYS = Set.of(
            "name",
            "description",
            PRESET,
            "seed",
            "threads",
            "device",
            "claims",
            "published",
            "benchmark",
            "data-set",
            "evaluator",
            "pretrain",
            "adapt",
            "methods",
            "grid",
            "rules",
            "run");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SECTIONS = List.of("pretrain", "adapt", "methods", "run");
    private static final Set<String> PHASE_KEYS = Set.of("learner", "algorithm", "slots", "budget", "measure");
    private static final Set<String> ADAPT_KEYS =
            Set.of("adapter", "selector", "algorithm", "slots", "budget", "measure", "tasks", "together");
    private static final Map<String, String> RENAMED_PRESETS = Map.of("study", "mandi-2022");

    private final Problems problems = new Problems();
    private final Components components;
    private final Config commandLine;
    private final Config base;
    private final List<Rule> rules;

    /**
     * Reads an experiment.
     *
     * @param overrides {@code key=value} of the command line
     * @throws org.adapt4j.runtime.settings.ConfigurationException if it cannot be read, or a section is none
     */
    ExperimentFile(Path file, List<String> overrides, Catalogue catalogue) {
        components = new Components(catalogue, problems);
        ConfigurationReader reader = new ConfigurationReader(catalogue.loaders(), problems);
        commandLine = reader.commandLine(overrides);
        Config written = reader.file(file);
        problems.throwIfUnreadable();
        int before = problems.count();
        base = reader.resolveAllBut(
                commandLine.withFallback(written).withFallback(reader.defaults("the engine", defaults())));
        if (base.isEmpty()) {
            problems.throwIfMoreThan(before);
        }
        int resolved = problems.count();
        checkForm();
        problems.throwIfMoreThan(resolved);
        rules = base.getList("rules").stream().map(Rule::new).toList();
        checkKeys(commandLine.hasPath(METHOD) ? base.root().withoutKey(METHOD) : base.root(), "", KEYS);
        section("pretrain").ifPresent(phase -> checkKeys(phase, "pretrain", PHASE_KEYS));
        section("adapt").ifPresent(phase -> checkKeys(phase, "adapt", ADAPT_KEYS));
    }

    /** Where the engine's defaults stand. */
    static URL defaults() {
        return Objects.requireNonNull(ExperimentFile.class.getResource("defaults.conf"));
    }

    /** What is wrong with it, as far as it was looked at. */
    Problems problems() {
        return problems;
    }

    /** Binds its sections, and reports to {@link #problems}. */
    Components components() {
        return components;
    }

    /** What the command line says, which wins. */
    Config commandLine() {
        return commandLine;
    }

    /** All that was written, before any grid, method or rule. */
    Config base() {
        return base;
    }

    /** The sections of methods. */
    ConfigObject methods() {
        return base.getObject("methods");
    }

    /** Names of the methods; {@code default} only where the experiment writes none. */
    Set<String> methodNames() {
        Set<String> names = new TreeSet<>(methods().keySet());
        if (names.size() > 1) {
            names.remove("default");
        }
        return names;
    }

    /** Says that there is no such method, and which was meant. */
    String noMethod(String name) {
        return "no method '" + name + "'" + Suggestion.tail(name, methodNames());
    }

    /** Where a method was written, or the file if it was not. */
    ConfigValue methodOrFile(String method) {
        ConfigValue section = methods().get(method);
        return section == null ? base.root() : section;
    }

    /** One grid, or several. */
    List<ConfigValue> grids() {
        ConfigValue grid = base.getValue("grid");
        return grid instanceof ConfigList several ? List.copyOf(several) : List.of(grid);
    }

    /** What couples settings, in the order in which it is applied. */
    List<Rule> rules() {
        return rules;
    }

    /** A list as it goes into the plan. */
    ArrayNode list(String key) {
        try {
            return (ArrayNode) JSON.readTree(base.getValue(key).render(ConfigRenderOptions.concise()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("HOCON renders as JSON", e);
        }
    }

    /** The preset that a configuration names; one that there is not is reported. */
    String preset(Config config) {
        ConfigValue written = config.getValue(PRESET);
        String preset = String.valueOf(written.unwrapped());
        Set<String> known = components.presets();
        if (RENAMED_PRESETS.containsKey(preset) && !known.contains(preset)) {
            problems.add(
                    written.origin(), PRESET, "'" + preset + "' is now called '" + RENAMED_PRESETS.get(preset) + "'");
        } else if (!known.contains(preset)) {
            problems.add(written.origin(), PRESET, "no preset '" + preset + "'" + Suggestion.tail(preset, known));
        }
        return preset;
    }

    /** Binds those keys of a section that a record is about. */
    <T extends Record> Optional<T> part(Class<T> type, ConfigObject section, String path, Set<String> keys) {
        ConfigObject only = section;
        for (String key : section.keySet()) {
            only = keys.contains(key) ? only : only.withoutKey(key);
        }
        return components.engine(type, only, path);
    }

    /** Reports keys that nobody reads. */
    void checkKeys(ConfigObject section, String path, Set<String> known) {
        for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
            if (!known.contains(entry.getKey())) {
                String where = path.isEmpty() ? "an experiment" : path;
                problems.add(
                        entry.getValue().origin(),
                        path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                        "is not a setting of " + where + Suggestion.tail(entry.getKey(), known));
            }
        }
    }

    private void checkForm() {
        for (String key : SECTIONS) {
            mustBe(ConfigValueType.OBJECT, key, "must be a section");
        }
        for (ConfigValue grid : grids()) {
            if (!(grid instanceof ConfigObject)) {
                problems.add(grid.origin(), "grid", "must be a section, or a list of sections");
            }
        }
        mustBe(ConfigValueType.LIST, "rules", "must be a list of { when { path = value }, then { path = value } }");
        mustBe(ConfigValueType.LIST, "claims", "must be a list of { id, text, kind, … }");
        mustBe(
                ConfigValueType.LIST,
                "published",
                "must be a list of { method, source, demonstrations or environment-steps, … }");
    }

    private void mustBe(ConfigValueType type, String key, String wish) {
        ConfigValue value = base.root().get(key);
        if (value != null && value.valueType() != type) {
            problems.add(value.origin(), key, wish);
        }
    }

    private Optional<ConfigObject> section(String key) {
        if (!base.hasPath(key)) {
            return Optional.empty();
        }
        if (base.getValue(key) instanceof ConfigObject section) {
            return Optional.of(section);
        }
        problems.add(base.getValue(key).origin(), key, "must be a section");
        return Optional.empty();
    }
}
