package org.adapt4j.runtime.experiment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.settings.Check;

/**
 * What the cells of one point of a grid are made of, all of it bound.
 *
 * @param preset whose settings
 * @param threads of the numerical libraries
 * @param device where tensors live
 * @param benchmark tasks and environments
 * @param data recorded episodes
 * @param evaluator if it is not the built-in one
 * @param pretraining if there is any
 * @param adaptation if there is any
 */
record CellParts(
        String preset,
        int threads,
        Device device,
        Components.Component benchmark,
        Optional<Components.Component> data,
        Optional<Components.Component> evaluator,
        Optional<Pretraining> pretraining,
        Optional<Adaptation> adaptation) {

    /** A learner, its algorithm, and how much of it. */
    record Pretraining(Components.Component learner, Components.Component algorithm, PhaseSettings phase) {}

    /** An adapter, its strategy if it chooses by one, its algorithm, and how much of it. */
    record Adaptation(
            Components.Component adapter,
            Optional<Components.Component> selector,
            Components.Component algorithm,
            PhaseSettings phase,
            Width width) {}

    /**
     * How wide adaptation is.
     *
     * @param tasks how many test tasks; 0 for all
     * @param together whether one cell adapts to all of them, instead of one cell to each
     */
    record Width(int tasks, boolean together) {
        Width {
            Check.notNegative("tasks", tasks);
        }
    }

    /** Binds what stands at a point; empty if problems were reported. */
    static Optional<CellParts> at(Grid.Coordinate coordinate, ExperimentFile file, Catalogue catalogue) {
        file.checkKeys(coordinate.config().root(), "", ExperimentFile.KEYS);
        for (String key : List.of("pretrain", "adapt")) {
            ConfigValue phase =
                    coordinate.config().root().get(key); // which a method, a rule or a grid may have replaced
            if (!(phase instanceof ConfigObject)) {
                file.problems().add(phase == null ? file.base().origin() : phase.origin(), key, "must be a section");
                return Optional.empty();
            }
        }
        return new Reading(coordinate, file, catalogue).parts();
    }

    /** Looks at every section before it gives up, so that all problems are named at once. */
    private static final class Reading {
        private final Grid.Coordinate coordinate;
        private final ExperimentFile file;
        private final Catalogue catalogue;
        private final Components components;
        private final String preset;
        private final boolean pretrains;
        private final boolean adapts;
        private final Config config;

        Reading(Grid.Coordinate coordinate, ExperimentFile file, Catalogue catalogue) {
            this.coordinate = coordinate;
            this.file = file;
            this.catalogue = catalogue;
            components = file.components();
            Config all = coordinate.config();
            preset = file.preset(all);
            pretrains = all.hasPath("pretrain.learner.name");
            adapts = all.hasPath("adapt.adapter.name");
            // Settings for a learner that this method does not name, as from the command line, leave it without one.
            Config withLearner = pretrains ? all : all.withoutPath("pretrain.learner");
            config = adapts ? withLearner : withLearner.withoutPath("adapt.adapter");
        }

        Optional<CellParts> parts() {
            var width = file.part(Width.class, config.getObject("adapt"), "adapt", Set.of("tasks", "together"));
            var benchmark = component(Catalogue.Kind.BENCHMARK, "benchmark");
            var learner = component(Catalogue.Kind.LEARNER, "pretrain.learner");
            var learning = component(Catalogue.Kind.ALGORITHM, "pretrain.algorithm");
            var adapter = component(Catalogue.Kind.ADAPTER, "adapt.adapter");
            var adapting = component(Catalogue.Kind.ALGORITHM, "adapt.algorithm");
            var selector = adapter.flatMap(this::selector);
            var data = component(Catalogue.Kind.DATA_SET, "data-set");
            var evaluator = component(Catalogue.Kind.EVALUATOR, "evaluator");
            checkNothingIsMissing();
            var learningPhase = pretrains ? phase("pretrain") : Optional.<PhaseSettings>empty();
            var adaptingPhase = adapts ? phase("adapt") : Optional.<PhaseSettings>empty();
            if (file.problems().count() > 0) {
                return Optional.empty();
            }
            return Optional.of(new CellParts(
                    preset,
                    config.getInt("threads"),
                    Device.parse(config.getString("device")),
                    benchmark.orElseThrow(),
                    data,
                    evaluator,
                    learner.map(method -> new Pretraining(method, learning.orElseThrow(), learningPhase.orElseThrow())),
                    adapter.map(method -> new Adaptation(
                            method,
                            selector,
                            adapting.orElseThrow(),
                            adaptingPhase.orElseThrow(),
                            width.orElseThrow()))));
        }

        private Optional<Components.Component> component(Catalogue.Kind kind, String path) {
            return components.withDefaults(kind, config, path, preset);
        }

        /** The strategy that an adapter chooses by, if it chooses by one. */
        private Optional<Components.Component> selector(Components.Component adapter) {
            Optional<Class<?>> wanted = Selectors.wanted(adapter.entry().type());
            if (wanted.isEmpty()) {
                return Optional.empty();
            }
            if (!config.hasPath("adapt.selector")) {
                components.problem(
                        "adapt.selector",
                        "is required: " + adapter.name() + " chooses by one (known: "
                                + String.join(", ", catalogue.names(Catalogue.Kind.SELECTOR)) + ")");
            }
            Class<?> kind = wanted.get();
            Optional<Components.Component> selector = component(Catalogue.Kind.SELECTOR, "adapt.selector");
            selector.filter(component ->
                            !kind.isAssignableFrom(component.entry().type()))
                    .ifPresent(component -> file.problems()
                            .add(
                                    component.origin(),
                                    "adapt.selector.name",
                                    component.name() + " is no " + kind.getSimpleName() + ", which " + adapter.name()
                                            + " chooses by; use another"));
            return selector;
        }

        private void checkNothingIsMissing() {
            if (!config.hasPath("benchmark")) {
                components.problem("benchmark", "is required: benchmark { name = … }");
            }
            if (!pretrains && !adapts) {
                file.problems()
                        .add(
                                file.methodOrFile(coordinate.method()).origin(),
                                "methods." + coordinate.method(),
                                "names neither pretrain.learner.name nor adapt.adapter.name, so there is nothing to run");
            }
            if (pretrains && !config.hasPath("pretrain.algorithm")) {
                components.problem("pretrain.algorithm", "is required: pretrain { algorithm { name = … } }");
            }
            if (adapts && !config.hasPath("adapt.algorithm")) {
                components.problem("adapt.algorithm", "is required: adapt { algorithm { name = … } }");
            }
        }

        private Optional<PhaseSettings> phase(String name) {
            Config phase = config.getConfig(name);
            for (String other : List.of("learner", "adapter", "selector", "algorithm", "tasks", "together")) {
                phase = phase.withoutPath(other);
            }
            return components.engine(PhaseSettings.class, phase.root(), name);
        }
    }
}
