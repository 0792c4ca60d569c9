package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.runtime.settings.Suggestion;

/** What else holds where some settings have some values. */
final class Rule {

    private final ConfigValue written;
    private final Set<String> awaited = new TreeSet<>();
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
        if (unmet.keySet().equals(Set.of(ExperimentFile.PRESET))) {
            unmet.values().forEach(preset -> awaited.addAll(names(preset)));
        }
        if (!unmet.isEmpty()) {
            return config;
        }
        applied = true;
        Config result = config;
        for (Map.Entry<String, ConfigValue> effect : then.toConfig().entrySet()) {
            result = ConfigPaths.with(result, ConfigPaths.of(effect.getKey()), effect.getValue());
        }
        return result;
    }

    private static List<String> names(ConfigValue preset) {
        List<?> names = preset instanceof ConfigList several ? several.unwrapped() : List.of(preset.unwrapped());
        return names.stream().map(String::valueOf).toList();
    }

    /**
     * Reports a rule that has changed nothing at any point: its author believes it does.
     *
     * @param presets that an experiment may be run under; a rule for another of them than the present one is in order
     */
    void reportIfNeverApplied(Set<String> presets, Problems problems) {
        if (!applied && Collections.disjoint(awaited, presets)) {
            problems.add(
                    written.origin(),
                    "rules",
                    "this rule holds at no point of the grid; compare the values in its when with those of the grid");
        }
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
