package org.adapt4j.runtime.report.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Measure;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Study;

/** Judges every claim of a plan for every preset; see {@link ClaimKind} for the rules. */
public final class Claims {
    /** Width of "about 0" where a claim of kind flat names no margin: ours, that of the rerun check. */
    private static final double MARGIN = 0.05;

    private final Study study;

    private Claims(Study study) {
        this.study = study;
    }

    /** One verdict per claim and preset, claim after claim. */
    public static List<Verdict> judge(Study study) {
        Claims claims = new Claims(study);
        return study.run().claims().stream()
                .flatMap(claim -> study.presets().stream().map(preset -> new Question(claim, preset)))
                .toList()
                .parallelStream()
                .map(question -> claims.judge(question.claim(), question.preset()))
                .toList();
    }

    /** A claim to be judged for a preset. */
    private record Question(JsonNode claim, String preset) {}

    /** What is being gathered about one claim under one preset. */
    private final class Case {
        private final JsonNode claim;
        private final List<Panel> panels;
        private final List<Verdict.Evidence> evidence = new ArrayList<>();
        private final Set<String> against = new LinkedHashSet<>();
        private final Set<String> open = new LinkedHashSet<>();
        private final Set<String> missing = new LinkedHashSet<>();
        private final Set<String> partial = new LinkedHashSet<>();

        private Case(JsonNode claim, String preset) {
            this.claim = claim;
            this.panels = study.panels().stream()
                    .filter(panel -> panel.preset().equals(preset))
                    .toList();
            if (panels.isEmpty()) {
                missing.add("the run has no adaptation under this preset");
            }
        }

        private Optional<String> name(String field) {
            String name = claim.path(field).asText("");
            if (name.isEmpty()) {
                missing.add("the claim does not say '" + field + "'");
                return Optional.empty();
            }
            return Optional.of(name);
        }

        private Optional<Group> group(Panel panel, String method) {
            Optional<Group> group = panel.group(method);
            if (group.isEmpty()) {
                missing.add(
                        study.methods().contains(method)
                                ? method + " has no cell at " + panel.title()
                                : "the run has no method '" + method + "'");
            } else if (group.get().isEmpty()) {
                missing.add(
                        group.get().isNotApplicable()
                                ? method + " is not applicable at " + panel.title()
                                : method + " has no finished cell at " + panel.title());
                return Optional.empty();
            } else if (group.get().isGoingOn()) {
                missing.add(method + " is still going on at " + panel.title());
            } else if (group.get().isIncomplete()) {
                partial.add(method + " at " + panel.title());
            }
            return group;
        }

        private Optional<Verdict.Evidence> weigh(String what, Contrast contrast) {
            Optional<Verdict.Evidence> found = contrast.evaluate(what, study.bootstrap());
            found.ifPresentOrElse(evidence::add, () -> missing.add(what + ": no task in common"));
            return found;
        }

        /** Something that must lie above 0. */
        private void above(String what, Contrast contrast) {
            weigh(what, contrast)
                    .ifPresent(number -> number.interval()
                            .ifPresentOrElse(
                                    interval -> {
                                        if (interval.below(0)) {
                                            against.add(what);
                                        } else if (!interval.above(0)) {
                                            open.add(what);
                                        }
                                    },
                                    () -> missing.add("only one seed, so no interval")));
        }

        private Verdict.Outcome outcome() {
            if (!against.isEmpty()) {
                return Verdict.Outcome.DOES_NOT_HOLD;
            }
            return open.isEmpty() && missing.isEmpty() && !evidence.isEmpty()
                    ? Verdict.Outcome.HOLDS
                    : Verdict.Outcome.UNDECIDED;
        }

        private String because() {
            List<String> sentences = new ArrayList<>();
            if (!against.isEmpty()) {
                sentences.add("Contradicted by: " + String.join("; ", against) + ".");
            }
            if (!open.isEmpty()) {
                sentences.add(open.size() + " of " + evidence.size()
                        + " intervals are too wide to tell; more seeds would narrow them.");
            }
            if (!missing.isEmpty()) {
                sentences.add("Missing: " + String.join("; ", missing) + ".");
            }
            if (sentences.isEmpty()) {
                sentences.add("Supported by all " + Words.plural(evidence.size(), "number") + ".");
            }
            if (!partial.isEmpty()) {
                sentences.add("Some cells have no result, so fewer tasks or seeds count: " + String.join("; ", partial)
                        + ".");
            }
            return String.join(" ", sentences);
        }
    }

    private Verdict judge(JsonNode claim, String preset) {
        Case one = new Case(claim, preset);
        String kind = claim.path("kind").asText("");
        Optional<ClaimKind> known = ClaimKind.of(kind);
        if (known.isEmpty()) {
            one.missing.add("no rule for the kind '" + kind + "' (known: " + ClaimKind.known() + ")");
        } else {
            switch (known.get()) {
                case BETTER -> better(one);
                case IMPROVES_BELOW -> improvesBelow(one);
                case GROWS -> grows(one);
                case FLAT -> flat(one);
            }
        }
        return new Verdict(
                claim.path("id").asText("?"),
                claim.path("text").asText(""),
                kind,
                preset,
                one.outcome(),
                one.because(),
                one.evidence);
    }

    private void better(Case one) {
        Optional<String> method = one.name("method");
        List<Measure> measures = new ArrayList<>();
        for (JsonNode measure : one.claim.path("measures")) {
            switch (measure.asText()) {
                case "auc" -> measures.add(Measure.AUC);
                case "final" -> measures.add(Measure.FINAL);
                case "start" -> measures.add(Measure.START);
                default -> one.missing.add("no measure '" + measure.asText() + "' (known: auc, final, start)");
            }
        }
        if (method.isEmpty() || one.claim.path("than").isEmpty() || measures.isEmpty()) {
            one.missing.add("the claim needs method, than and measures");
            return;
        }
        for (Panel panel : one.panels) {
            Optional<Group> own = one.group(panel, method.get());
            for (JsonNode than : one.claim.path("than")) {
                Optional<Group> other = one.group(panel, than.asText());
                for (Measure measure : measures) {
                    if (own.isPresent() && other.isPresent()) {
                        one.above(
                                measure.label() + ": " + method.get() + " \u2212 " + than.asText() + at(panel),
                                Contrast.of(own.get(), measure).minus(other.get(), measure));
                    }
                }
            }
        }
    }

    private void improvesBelow(Case one) {
        Optional<String> method = one.name("method");
        Optional<String> below = one.name("below");
        if (method.isEmpty() || below.isEmpty()) {
            return;
        }
        for (Panel panel : one.panels) {
            Optional<Group> own = one.group(panel, method.get());
            Optional<Group> other = one.group(panel, below.get());
            own.ifPresent(group -> one.above("rise of " + method.get() + at(panel), Contrast.of(group, Measure.RISE)));
            if (own.isPresent() && other.isPresent()) {
                one.above(
                        "final: " + below.get() + " \u2212 " + method.get() + at(panel),
                        Contrast.of(other.get(), Measure.FINAL).minus(own.get(), Measure.FINAL));
            }
        }
    }

    private void grows(Case one) {
        Optional<String> method = one.name("method");
        Optional<String> along = one.name("along");
        if (method.isEmpty() || along.isEmpty()) {
            return;
        }
        List<Panel> steps = one.panels.stream()
                .filter(panel -> panel.labels().containsKey(along.get()))
                .sorted((a, b) -> Labels.compare(value(a, along.get()), value(b, along.get())))
                .toList();
        if (steps.stream().map(panel -> value(panel, along.get())).distinct().count() != steps.size()) {
            one.missing.add("other coordinates vary too, so there is no single series along " + along.get());
            return;
        }
        if (steps.size() < 2) {
            one.missing.add("only one value of " + Labels.shortName(along.get()));
            steps.forEach(panel -> one.group(panel, method.get())
                    .ifPresent(group ->
                            one.weigh("step 0 of " + method.get() + at(panel), Contrast.of(group, Measure.START))));
            return;
        }
        for (int i = 1; steps.size() > 2 && i < steps.size(); i++) {
            Optional<Group> from = one.group(steps.get(i - 1), method.get());
            Optional<Group> to = one.group(steps.get(i), method.get());
            if (from.isPresent() && to.isPresent()) {
                String what = "step 0 of " + method.get() + ": " + Labels.pretty(value(steps.get(i), along.get()))
                        + " \u2212 " + Labels.pretty(value(steps.get(i - 1), along.get()));
                one.weigh(what, Contrast.of(to.get(), Measure.START).minus(from.get(), Measure.START))
                        .ifPresent(number -> {
                            if (number.interval()
                                    .filter(interval -> interval.below(0))
                                    .isPresent()) {
                                one.against.add(what);
                            } else if (number.value() <= 0) {
                                one.open.add(what);
                            }
                        });
            }
        }
        Panel first = steps.get(0);
        Panel last = steps.get(steps.size() - 1);
        Optional<Group> from = one.group(first, method.get());
        Optional<Group> to = one.group(last, method.get());
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        one.above(
                "step 0 of " + method.get() + ": " + Labels.pretty(value(last, along.get())) + " \u2212 "
                        + Labels.pretty(value(first, along.get())),
                Contrast.of(to.get(), Measure.START).minus(from.get(), Measure.START));
        String less = one.claim.path("less").asText("");
        if (!less.isEmpty()) {
            Optional<Group> lessFrom = one.group(first, less);
            Optional<Group> lessTo = one.group(last, less);
            if (lessFrom.isPresent() && lessTo.isPresent()) {
                one.above(
                        "growth of " + method.get() + " \u2212 growth of " + less,
                        Contrast.of(to.get(), Measure.START)
                                .minus(from.get(), Measure.START)
                                .minus(lessTo.get(), Measure.START)
                                .and(1, lessFrom.get(), Measure.START));
            }
        }
    }

    private void flat(Case one) {
        Optional<String> method = one.name("method");
        double margin = one.claim.path("margin").asDouble(MARGIN);
        if (method.isEmpty()) {
            return;
        }
        for (Panel panel : one.panels) {
            String what = "rise of " + method.get() + at(panel);
            one.group(panel, method.get())
                    .flatMap(group -> one.weigh(what, Contrast.of(group, Measure.RISE)))
                    .ifPresent(number -> number.interval()
                            .ifPresentOrElse(
                                    interval -> {
                                        if (!interval.contains(0) && Math.abs(number.value()) > margin) {
                                            one.against.add(what);
                                        } else if (!interval.within(margin)) {
                                            one.open.add(what);
                                        }
                                    },
                                    () -> one.missing.add("only one seed, so no interval")));
        }
    }

    private static String value(Panel panel, String along) {
        return panel.labels().getOrDefault(along, "");
    }

    private static String at(Panel panel) {
        return panel.labels().isEmpty() ? "" : " (" + panel.title() + ")";
    }
}
