package org.adapt4j.runtime.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.settings.SettingsGuide;
import org.adapt4j.runtime.settings.SettingsGuide.Setting;

/** Says in lines what a contribution is and what can be set. */
final class PluginGuide {

    /** Where an experiment names each kind. */
    private static final Map<String, String> PLACES = Map.of(
            "learner", "pretrain.learner",
            "adapter", "adapt.adapter",
            "algorithm", "pretrain.algorithm, adapt.algorithm",
            "benchmark", "benchmark",
            "data-set", "data-set",
            "selector", "adapt.selector",
            "evaluator", "pretrain.measure.evaluator, adapt.measure.evaluator",
            "data-set-writer", "adapt4j record --format");

    private PluginGuide() {}

    /** What people read. */
    static String text(Workbench.Described shown) {
        StringBuilder text = new StringBuilder();
        text.append(shown.kind()).append(' ').append(shown.name()).append('\n');
        line(text, "  named in  ", PLACES.getOrDefault(shown.kind(), ""));
        line(text, "  plug-in   ", shown.pluginId() + " " + shown.version());
        line(text, "  class     ", shown.type().getName());
        shown.jar().ifPresent(jar -> {
            line(text, "  jar       ", jar.toString());
            line(text, "  sha256    ", sum(jar));
        });
        text.append(shown.settings().isEmpty() ? "  nothing to set\n" : "  settings\n");
        for (Setting setting : shown.settings()) {
            boolean only = !setting.choice().isEmpty();
            text.append("    ").append(setting.key());
            setting.value().ifPresent(value -> text.append(" = ").append(SettingsGuide.written(value)));
            text.append('\n');
            line(text, "        ", setting.meaning());
            List<String> demands = new ArrayList<>(List.of(setting.words()));
            demands.addAll(setting.limits());
            if (setting.value().isEmpty() && !isSection(setting)) {
                demands.add(SettingsGuide.isOptional(setting.type()) ? "may be left out" : "must be given");
            }
            if (only) {
                demands.add("of type " + setting.choice());
            }
            line(text, "        ", String.join("; ", demands));
            line(text, "        source: ", setting.source());
        }
        shown.presets().forEach((name, values) -> {
            text.append("  preset ").append(name).append('\n');
            values.forEach(setting -> {
                text.append("    ").append(setting.key());
                setting.value().ifPresent(value -> text.append(" = ").append(SettingsGuide.written(value)));
                text.append(setting.source().isEmpty() ? "" : "  # " + setting.source())
                        .append('\n');
            });
        });
        return text.toString();
    }

    private static String sum(Path jar) {
        try {
            return Sha256.of(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(jar + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether it stands for those that follow. */
    static boolean isSection(Setting setting) {
        return setting.type() instanceof Class<?> raw
                && (raw.isRecord() || raw.isSealed() && !setting.key().endsWith("type"));
    }

    private static void line(StringBuilder text, String before, String what) {
        if (!what.isEmpty()) {
            text.append(before).append(what).append('\n');
        }
    }
}
