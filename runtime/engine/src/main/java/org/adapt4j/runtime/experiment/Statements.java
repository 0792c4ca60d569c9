package org.adapt4j.runtime.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.adapt4j.api.benchmark.PublishedReturns;
import org.adapt4j.runtime.run.ClaimRules;
import org.adapt4j.runtime.settings.Suggestion;

/**
 * What an experiment states about results: its own claims, and what was published.
 *
 * @param file that states it
 */
record Statements(ExperimentFile file) {

    /** Settings of a published curve that it may leave out. */
    private static final Map<String, Object> LEFT_OUT = Map.of(
            "demonstrations",
            List.of(),
            "environment-steps",
            List.of(),
            "split",
            "",
            "action-loss",
            List.of(),
            "returns",
            List.of());

    /** Fields of a claim in which methods stand. */
    private static final List<String> NAMES_OF_METHODS = List.of("method", "than", "below", "less");

    /** Has the claims looked at by those who will judge them. */
    void checkClaims(ClaimRules rules) {
        Set<String> ids = new HashSet<>();
        ArrayNode claims = file.list("claims");
        for (int i = 0; i < claims.size(); i++) {
            ConfigValue claim = file.base().getList("claims").get(i);
            String id = claims.get(i).path("id").asText("");
            String path = "claims." + (id.isEmpty() ? i + 1 : id);
            if (!id.isEmpty() && !ids.add(id)) {
                file.problems().add(claim.origin(), path, "stands there twice");
            }
            for (ClaimRules.Flaw flaw : rules.flaws(claims.get(i))) {
                String tail = flaw.known().isEmpty() ? "" : Suggestion.tail(flaw.name(), flaw.known());
                file.problems()
                        .add(
                                ConfigPaths.within(claim, flaw.at()).origin(),
                                path
                                        + (flaw.at().isEmpty()
                                                ? ""
                                                : "." + flaw.at().replace('/', '.')),
                                flaw.message() + tail);
            }
            checkMethods(claim, path);
        }
    }

    /** Methods that a claim names, or its parts, must be methods of the experiment, if only of a part that {@code grid.method} leaves out. */
    private void checkMethods(ConfigValue statement, String path) {
        Set<String> methods = file.methodNames();
        if (!(statement instanceof ConfigObject section)) {
            return;
        }
        for (String key : NAMES_OF_METHODS) {
            ConfigValue value = section.get(key);
            List<? extends ConfigValue> names =
                    value instanceof ConfigList list ? list : value == null ? List.of() : List.of(value);
            for (ConfigValue name : names) {
                if (name.unwrapped() instanceof String method && !methods.contains(method)) {
                    file.problems().add(name.origin(), path + "." + key, file.noMethod(method));
                }
            }
        }
        if (section.get("parts") instanceof ConfigList parts) {
            for (int i = 0; i < parts.size(); i++) {
                checkMethods(parts.get(i), path + ".parts." + i);
            }
        }
    }

    /** Checks the curves that others have published, which must be of methods that the experiment has. */
    void checkPublished() {
        ConfigList published = file.base().getList("published");
        for (int i = 0; i < published.size(); i++) {
            String path = "published." + (i + 1);
            if (published.get(i) instanceof ConfigObject section) {
                checkCurve(section, path);
            } else {
                file.problems()
                        .add(
                                published.get(i).origin(),
                                path,
                                "must be a section { method, source, demonstrations or environment-steps, … }");
            }
        }
    }

    /**
     * What the experiment says that others have published, and then what its benchmarks know.
     *
     * @param known by whom it was measured, with the ids of the cells beside which it stands
     */
    ArrayNode published(Map<PublishedReturns, Set<String>> known) {
        ArrayNode all = file.list("published");
        known.forEach((returns, cells) -> {
            ObjectNode curve = all.addObject();
            curve.put("source", returns.source());
            curve.put("split", returns.split().name().toLowerCase(Locale.ROOT));
            returns.environmentSteps().forEach(curve.putArray("environment-steps")::add);
            returns.returns().forEach(curve.putArray("returns")::add);
            cells.forEach(curve.putArray("cells")::add);
        });
        return all;
    }

    private void checkCurve(ConfigObject section, String path) {
        Set<String> methods = file.methodNames();
        file.components()
                .engine(PublishedCurve.class, withDefaults(section), path)
                .filter(curve -> !methods.contains(curve.method()))
                .ifPresent(curve ->
                        file.problems().add(section.origin(), path + ".method", file.noMethod(curve.method())));
    }

    /** Filled in by hand, so that the section still says where it was written. */
    private static ConfigObject withDefaults(ConfigObject written) {
        ConfigObject section = written;
        for (Map.Entry<String, Object> left : LEFT_OUT.entrySet()) {
            if (!section.containsKey(left.getKey())) {
                section = section.withValue(
                        left.getKey(),
                        ConfigValueFactory.fromAnyRef(left.getValue()).withOrigin(written.origin()));
            }
        }
        return section;
    }
}
