package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.PlannedCell;
import org.adapt4j.runtime.settings.CanonicalText;
import org.adapt4j.runtime.settings.Problems;

/**
 * All that settles what one cell computes, defaults in: what {@code resolved.conf} says. Components are sections of their name and all of
 * their settings.
 *
 * @param preset whose settings
 * @param seed of all random streams
 * @param threads of the numerical libraries, which change the last bits
 * @param device where tensors live
 * @param versions of the plug-ins that its components come from
 * @param benchmark tasks and environments
 * @param dataSet recorded episodes to ask for
 * @param evaluator if it is not the built-in one
 * @param algorithm base algorithm
 * @param method what drives it
 * @param phase slots, budget, measuring
 */
public record ResolvedCell(
        String preset,
        long seed,
        int threads,
        Device device,
        Map<String, String> versions,
        ConfigObject benchmark,
        Optional<ConfigObject> dataSet,
        Optional<ConfigObject> evaluator,
        ConfigObject algorithm,
        Method method,
        PhaseSettings phase) {

    /** Key of an adaptation cell under which the learner stands whose work it goes on with. */
    static final String LEARNED_BY = "learned-by";

    /** A learner on the training tasks, or an adapter on test tasks. */
    public sealed interface Method {
        /** In plans: {@code pretrain} or {@code adapt}. */
        String kind();

        /**
         * Pre-training.
         *
         * @param learner the method
         */
        record Pretrain(ConfigObject learner) implements Method {
            @Override
            public String kind() {
                return "pretrain";
            }
        }

        /**
         * Adaptation.
         *
         * @param adapter the method
         * @param selector its strategy, if it has one
         * @param tasks names of what to adapt to
         * @param together whether the cell is about several tasks, be it one
         * @param learned id of the pre-training cell to start from; empty from scratch
         * @param learnedBy the learner of that cell
         */
        record Adapt(
                ConfigObject adapter,
                Optional<ConfigObject> selector,
                List<String> tasks,
                boolean together,
                Optional<String> learned,
                Optional<ConfigObject> learnedBy)
                implements Method {
            /** Freezes the names. */
            public Adapt {
                tasks = List.copyOf(tasks);
            }

            @Override
            public String kind() {
                return "adapt";
            }
        }
    }

    /** Sorts the versions. */
    public ResolvedCell {
        versions = new TreeMap<>(versions);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws org.adapt4j.runtime.settings.ConfigurationException if the phase is not what this version knows
     */
    public static ResolvedCell parse(String text) {
        Config config = ConfigFactory.parseString(
                text, ConfigParseOptions.defaults().setOriginDescription(CellFolder.RESOLVED));
        Problems problems = new Problems();
        Optional<PhaseSettings> phase = new Components(Nothing.INSTANCE, problems)
                .engine(PhaseSettings.class, config.getObject("phase"), "phase");
        problems.throwIfAny();
        Map<String, String> versions = new TreeMap<>();
        if (config.hasPath("versions")) {
            config.getObject("versions")
                    .forEach((plugin, version) -> versions.put(plugin, String.valueOf(version.unwrapped())));
        }
        return new ResolvedCell(
                config.getString("preset"),
                config.getLong("seed"),
                config.getInt("threads"),
                Device.parse(config.getString("device")),
                versions,
                config.getObject("benchmark"),
                section(config, "data-set"),
                section(config, "evaluator"),
                config.getObject("algorithm"),
                method(config),
                phase.orElseThrow());
    }

    private static Method method(Config config) {
        if (config.hasPath("learner")) {
            return new Method.Pretrain(config.getObject("learner"));
        }
        boolean together = config.hasPath("tasks");
        return new Method.Adapt(
                config.getObject("adapter"),
                section(config, "selector"),
                together ? config.getStringList("tasks") : List.of(config.getString("task")),
                together,
                config.hasPath("learned") ? Optional.of(config.getString("learned")) : Optional.empty(),
                section(config, LEARNED_BY));
    }

    private static Optional<ConfigObject> section(Config config, String path) {
        return config.hasPath(path) ? Optional.of(config.getObject(path)) : Optional.empty();
    }

    /** All settings by their paths: numbers, truth values and texts; what is a list as its text. */
    public Map<String, Object> hyperParameters() {
        Map<String, Object> settings = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> entry :
                ConfigFactory.parseString(text()).entrySet()) {
            Object value = entry.getValue().unwrapped();
            boolean plain = value instanceof Number || value instanceof Boolean;
            settings.put(entry.getKey().replace("\"", ""), plain ? value : value.toString());
        }
        return settings;
    }

    /** The text of {@code resolved.conf}: equal cells give equal text. */
    public String text() {
        return String.join("", entries().values());
    }

    /** The canonical text of each entry, by key. */
    Map<String, String> entries() {
        Map<String, Object> cell = new TreeMap<>();
        cell.put("preset", preset);
        cell.put("seed", seed);
        cell.put("threads", threads);
        cell.put("device", device.toString());
        cell.put("versions", versions);
        cell.put("benchmark", benchmark);
        dataSet.ifPresent(section -> cell.put("data-set", section));
        evaluator.ifPresent(section -> cell.put("evaluator", section));
        cell.put("algorithm", algorithm);
        cell.put("kind", method.kind());
        if (method instanceof Method.Pretrain pretrain) {
            cell.put("learner", pretrain.learner());
        } else if (method instanceof Method.Adapt adapt) {
            cell.put("adapter", adapt.adapter());
            adapt.selector().ifPresent(section -> cell.put("selector", section));
            cell.put(
                    adapt.together() ? "tasks" : "task",
                    adapt.together() ? adapt.tasks() : adapt.tasks().get(0));
            adapt.learned().ifPresent(id -> cell.put("learned", id));
            adapt.learnedBy().ifPresent(section -> cell.put(LEARNED_BY, section));
        }
        cell.put("phase", phase.section());
        Map<String, String> entries = new TreeMap<>();
        cell.forEach((key, value) -> entries.put(key, CanonicalText.entry(key, value)));
        return entries;
    }

    /** The cell as a plan lists it. @param labels coordinates of the grid other than method, preset and seed */
    public PlannedCell planned(String methodName, Map<String, String> labels, Optional<String> notApplicable) {
        Optional<String> learned = method instanceof Method.Adapt adapt ? adapt.learned() : Optional.empty();
        return CellDraft.of(this, notApplicable).planned(methodName, labels, seed, learned);
    }

    /** Name of a component in its section. */
    public static String name(ConfigObject section) {
        return section.toConfig().getString("name");
    }

    /** The same cell on another scale. */
    public ResolvedCell with(long otherSeed, Method otherMethod, PhaseSettings otherPhase) {
        return new ResolvedCell(
                preset,
                otherSeed,
                threads,
                device,
                versions,
                benchmark,
                dataSet,
                evaluator,
                algorithm,
                otherMethod,
                otherPhase);
    }

    /** The same cell on another benchmark. */
    public ResolvedCell with(ConfigObject otherBenchmark) {
        return new ResolvedCell(
                preset, seed, threads, device, versions, otherBenchmark, dataSet, evaluator, algorithm, method, phase);
    }

    /** The same cell by another number of threads. */
    public ResolvedCell withThreads(int others) {
        return new ResolvedCell(
                preset, seed, others, device, versions, benchmark, dataSet, evaluator, algorithm, method, phase);
    }

    /** The same cell going on from what other cells learned. @param names of cells by their old ones; others stay */
    public ResolvedCell renamed(Map<String, String> names) {
        return method instanceof Method.Adapt adapt
                ? with(
                        seed,
                        new Method.Adapt(
                                adapt.adapter(),
                                adapt.selector(),
                                adapt.tasks(),
                                adapt.together(),
                                adapt.learned().map(id -> names.getOrDefault(id, id)),
                                adapt.learnedBy()),
                        phase)
                : this;
    }
}
