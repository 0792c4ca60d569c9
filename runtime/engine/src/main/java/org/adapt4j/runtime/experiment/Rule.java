package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.runtime.settings.Suggestion;

/** What else holds where some settings have some values. */
final class Rule {

    /** Settings of which an experiment may leave out some values that are there. */
    private static final Set<String> CHOSEN = Set.of(ExperimentFile.PRESET, ExperimentFile.METHOD);

    private final ConfigValue written;
    /** What points missed that met all else: what an experiment chooses of several, {@link #CHOSEN}. */
    private final Set<Map<String, ConfigValue>> missed = new HashSet<>();

    private boolean applied;

    Rule(ConfigValue written) {
        this.written = written;
    }

    /** A configuration after this rule, which changes it where all of its conditions hold. */
    Config applied(Config config, Problems problems) {
        if (!(written instanceof ConfigObject parts)
                || !(parts.get("when") instanceof ConfigObject when)
                || !(parts.get("then") instanceof ConfigObject then)
                || parts.size() != 2) {
            problems.add(written.origin(), "rules", "a rule reads { when { path = value }, then { path = value } }");
            applied = true; // one word about it is enough
            return config;
        }
        Map<String, ConfigValue> unmet = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> condition : when.toConfig().entrySet()) {
            String path = ConfigPaths.of(condition.getKey());
            checkPath(path, condition.getValue(), problems);
            if (!config.hasPath(path) || !holds(condition.getValue(), config.getValue(path))) {
                unmet.put(path, condition.getValue());
            }
        }
        if (!unmet.isEmpty()) {
            if (CHOSEN.containsAll(unmet.keySet())) {
                missed.add(unmet);
            }
            return config;
        }
        applied = true;
        Config result = config;
        for (Map.Entry<String, ConfigValue> effect : then.toConfig().entrySet()) {
            result = ConfigPaths.with(result, ConfigPaths.of(effect.getKey()), effect.getValue());
        }
        return result;
    }

    /**
     * Reports a rule that has changed nothing at any point: its author believes it does.
     *
     * @param there presets that an experiment may be run under, and methods that it has; a rule for another one than those of the grid is in order
     */
    void reportIfNeverApplied(Map<String, Set<String>> there, Problems problems) {
        if (!applied && missed.stream().noneMatch(unmet -> isThere(unmet, there))) {
            problems.add(
                    written.origin(),
                    "rules",
                    "this rule holds at no point of the grid; compare the values in its when with those of the grid");
        }
    }

    private static boolean isThere(Map<String, ConfigValue> unmet, Map<String, Set<String>> there) {
        return unmet.entrySet().stream()
                .allMatch(entry ->
                        names(entry.getValue()).anyMatch(there.getOrDefault(entry.getKey(), Set.of())::contains));
    }

    private static Stream<String> names(ConfigValue value) {
        List<?> names = value instanceof ConfigList several ? several.unwrapped() : List.of(value.unwrapped());
        return names.stream().map(String::valueOf);
    }

    /** Equal, or, where a setting is not a list itself, one of a list. */
    private static boolean holds(ConfigValue wanted, ConfigValue value) {
        if (wanted instanceof ConfigList several && !(value instanceof ConfigList)) {
            return several.unwrapped().contains(value.unwrapped());
        }
        return value.unwrapped().equals(wanted.unwrapped());
    }

    private void checkPath(String path, ConfigValue condition, Problems problems) {
        String first = ConfigUtil.splitPath(path).get(0);
        if (!ExperimentFile.KEYS.contains(first) && !first.equals(ExperimentFile.METHOD)) {
            applied = true; // one word about it is enough
            problems.add(
                    condition.origin(),
                    "rules.when." + path,
                    "is not a setting of an experiment" + Suggestion.tail(first, ExperimentFile.KEYS));
        }
    }
}
