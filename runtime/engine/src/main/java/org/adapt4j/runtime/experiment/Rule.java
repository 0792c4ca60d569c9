package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import org.adapt4j.runtime.settings.Problems;
import org.adapt4j.runtime.settings.Suggestion;

/** What else holds where some settings have some values. */
final class Rule {

    private Rule() {}

    /** A configuration after a rule, which changes it where all of its conditions hold. */
    static Config applied(ConfigValue rule, Config config, Problems problems) {
        if (!(rule instanceof ConfigObject parts)
                || !(parts.get("when") instanceof ConfigObject when)
                || !(parts.get("then") instanceof ConfigObject then)
                || parts.size() != 2) {
            problems.add(rule.origin(), "rules", "a rule reads { when { path = value }, then { path = value } }");
            return config;
        }
        for (Map.Entry<String, ConfigValue> condition : when.toConfig().entrySet()) {
            String path = ConfigPaths.of(condition.getKey());
            checkPath(path, condition.getValue(), problems);
            if (!config.hasPath(path)
                    || !config.getValue(path)
                            .unwrapped()
                            .equals(condition.getValue().unwrapped())) {
                return config;
            }
        }
        Config result = config;
        for (Map.Entry<String, ConfigValue> effect : then.toConfig().entrySet()) {
            result = ConfigPaths.with(result, ConfigPaths.of(effect.getKey()), effect.getValue());
        }
        return result;
    }

    private static void checkPath(String path, ConfigValue condition, Problems problems) {
        String first = ConfigUtil.splitPath(path).get(0);
        if (!ExperimentFile.KEYS.contains(first) && !first.equals(ExperimentFile.METHOD)) {
            problems.add(
                    condition.origin(),
                    "rules.when." + path,
                    "is not a setting of an experiment" + Suggestion.tail(first, ExperimentFile.KEYS));
        }
    }
}
