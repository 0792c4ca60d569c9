package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.adapt4j.runtime.settings.Problems;

/**
 * All combinations of the values of some axes.
 *
 * @param file whose grid
 * @param section axes and their values
 */
record Grid(ExperimentFile file, ConfigObject section) {

    /** A plan of more would be slower to read than most cells are to run. */
    static final int MOST_CELLS = 100_000;

    /** Axes that a cell names apart from its labels. */
    private static final Set<String> NAMED_APART = Set.of(ExperimentFile.METHOD, ExperimentFile.PRESET, "seed");

    /**
     * One point of a grid.
     *
     * @param method its section in {@code methods}
     * @param labels values of axes other than method, preset and seed
     * @param config all that holds there
     */
    record Coordinate(String method, Map<String, String> labels, Config config) {}

    /** The grids of an experiment. */
    static List<Grid> of(ExperimentFile file) {
        return file.grids().stream()
                .map(grid -> new Grid(file, (ConfigObject) grid))
                .toList();
    }

    /** Refuses what no run has. @throws org.adapt4j.runtime.settings.ConfigurationException always */
    void tooManyCells() {
        ConfigOrigin origin = section.origin();
        problems()
                .add(
                        origin,
                        "grid",
                        "spans more than " + MOST_CELLS
                                + " cells, which no run has; take fewer values, or several experiments");
        problems().throwIfAny();
    }

    /** Its points: one value for each axis. */
    List<Map<String, ConfigValue>> points() {
        Map<String, List<ConfigValue>> axes = axes();
        long count = 1;
        for (List<ConfigValue> values : axes.values()) {
            count *= values.size();
            if (count > MOST_CELLS) {
                tooManyCells();
            }
        }
        List<Map<String, ConfigValue>> points = new ArrayList<>(List.of(new LinkedHashMap<>()));
        for (Map.Entry<String, List<ConfigValue>> axis : axes.entrySet()) {
            List<Map<String, ConfigValue>> longer = new ArrayList<>();
            for (Map<String, ConfigValue> point : points) {
                for (ConfigValue value : axis.getValue()) {
                    Map<String, ConfigValue> next = new LinkedHashMap<>(point);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                }
            }
            points = longer;
        }
        return points;
    }

    /** Axes in a fixed order: methods last, so that cells of one method do not bunch. */
    private Map<String, List<ConfigValue>> axes() {
        int before = problems().count();
        Map<String, List<ConfigValue>> axes = new TreeMap<>();
        Set<String> methods = methods();
        axes.put(
                ExperimentFile.METHOD,
                methods.stream().map(ConfigValueFactory::fromAnyRef).toList());
        for (Map.Entry<String, ConfigValue> entry : section.toConfig().entrySet()) {
            String path = ConfigPaths.of(entry.getKey());
            if (entry.getValue() instanceof ConfigList values && !values.isEmpty()) {
                axes.put(path, List.copyOf(values));
                for (int i = 1; i < values.size(); i++) {
                    if (values.subList(0, i).contains(values.get(i))) {
                        String value = values.get(i).render(ConfigRenderOptions.concise());
                        problems().add(values.get(i).origin(), "grid." + path, "names " + value + " twice");
                    }
                }
            } else {
                problems().add(entry.getValue().origin(), "grid." + path, "must be a list of at least one value");
            }
        }
        // The command line wins over the whole axis, so that labels stay true.
        Config commandLine = file.commandLine();
        axes.replaceAll((path, values) -> commandLine.hasPath(path) ? List.of(commandLine.getValue(path)) : values);
        List<ConfigValue> chosen = Objects.requireNonNull(axes.remove(ExperimentFile.METHOD));
        checkMethods(chosen, methods);
        problems().throwIfMoreThan(before);
        Map<String, List<ConfigValue>> ordered = new LinkedHashMap<>(axes);
        ordered.put(ExperimentFile.METHOD, chosen);
        return ordered;
    }

    private Set<String> methods() {
        file.methods()
                .forEach((method, section) -> Names.objectionToWord(method)
                        .ifPresent(why -> problems().add(section.origin(), "methods." + method, why)));
        return file.methodNames();
    }

    private void checkMethods(List<ConfigValue> chosen, Set<String> known) {
        for (ConfigValue method : chosen) {
            String word = String.valueOf(method.unwrapped());
            if (!known.contains(word)) {
                String path = file.commandLine().hasPath(ExperimentFile.METHOD)
                        ? ExperimentFile.METHOD
                        : "grid." + ExperimentFile.METHOD;
                problems().add(method.origin(), path, file.noMethod(word));
            }
        }
    }

    /** What holds at a point: the file, the point, the method's section, the rules that apply, the command line. */
    Coordinate coordinate(Map<String, ConfigValue> point) {
        Map<String, String> labels = new LinkedHashMap<>();
        Config config = file.base();
        for (Map.Entry<String, ConfigValue> value : point.entrySet()) {
            config = ConfigPaths.with(config, value.getKey(), value.getValue());
            if (!NAMED_APART.contains(value.getKey())) {
                labels.put(value.getKey(), String.valueOf(value.getValue().unwrapped()));
            }
        }
        String method = String.valueOf(config.getValue(ExperimentFile.METHOD).unwrapped());
        ConfigValue section = file.methods().get(method);
        if (section instanceof ConfigObject overlay) {
            config = overlay.toConfig().withFallback(config);
            // What a method settles for itself is no coordinate of its cells: scratch has no training set.
            labels.keySet().removeIf(overlay.toConfig()::hasPath);
        } else if (section != null) {
            problems()
                    .add(
                            section.origin(),
                            "methods." + method,
                            "must be a section; grid.method = [...] chooses among methods");
            problems().throwIfAny();
        }
        for (Rule rule : file.rules()) {
            config = rule.applied(config, problems());
        }
        Config stronger =
                file.commandLine().withoutPath("grid").withoutPath("methods").withoutPath("rules");
        return new Coordinate(method, labels, stronger.withFallback(config).withoutPath(ExperimentFile.METHOD));
    }

    private Problems problems() {
        return file.problems();
    }
}
