package org.adapt4j.runtime.report.claim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Demand;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Question;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** Turns the parts of a claim under one preset into the numbers that they ask for. */
final class Asking {
    private final Study study;
    private final List<Panel> panels;
    private final boolean planOnly;
    private final int lastLook;
    private final List<Asked> asked = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private boolean goingOn;

    /** A term of a number: weight and method at a place. */
    private record Side(double weight, Group group) {}

    /** @param lastLook how many seeds are looked at, and no more */
    Asking(Study study, String preset, boolean planOnly, int lastLook) {
        this.study = study;
        this.planOnly = planOnly;
        this.lastLook = lastLook;
        panels = study.panels().stream()
                .filter(panel -> panel.preset().equals(preset))
                .toList();
        if (panels.isEmpty()) {
            missing.add("the run has no adaptation under this preset");
        }
    }

    List<Asked> asked() {
        return asked;
    }

    /** What is not there, so that the claim cannot be judged. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** What is worth saying whatever the outcome. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** Whether cells of what it asks for are still to come, of methods too of which nothing is there yet. */
    boolean isGoingOn() {
        return goingOn;
    }

    void missing(String what) {
        missing.add(what);
    }

    void ask(Claim.Part part) {
        switch (part.kind()) {
            case BETTER -> leads(part, List.of(Demand.above(part.margin(0))), Optional.empty());
            case SIMILAR -> {
                if (part.node().has("along")) {
                    unchanged(part);
                } else {
                    leads(part, within(part), Optional.empty());
                }
            }
            case VARIES ->
                leads(
                        part,
                        List.of(),
                        Optional.of(new Question.Variation(part.margin(Judge.MARGIN), part.is("signs"))));
            case FLAT -> gains(part, within(part));
            case NO_IMPROVEMENT -> gains(part, List.of(Demand.below(-part.margin(Judge.MARGIN))));
            case IMPROVES_BELOW -> improvesBelow(part);
            case GROWS -> grows(part);
            case INTERACTION -> interaction(part);
        }
    }

    private static List<Demand> within(Claim.Part part) {
        double margin = part.margin(Judge.MARGIN);
        return List.of(Demand.above(-margin), Demand.below(-margin));
    }

    /** Every lead that a part with {@code method}, {@code than} and {@code measures} is about. */
    private void leads(Claim.Part part, List<Demand> demands, Optional<Question.Variation> variation) {
        String method = part.name("method");
        for (Panel panel : panels(part)) {
            Optional<Group> own = group(panel, method);
            for (String than : part.than()) {
                Optional<Group> other = group(panel, than);
                for (Yardstick measure : part.measures()) {
                    if (own.isPresent() && other.isPresent()) {
                        List<Side> sides = List.of(new Side(1, own.get()), new Side(-1, other.get()));
                        String pair = method + " \u2212 " + than;
                        if (part.is("each-task")) {
                            eachTask(part, measure, pair, panel, sides, demands);
                        } else {
                            add(part, measure, measure.label() + ": " + pair, pair, panel, sides, demands, variation);
                        }
                    }
                }
            }
        }
    }

    private void eachTask(
            Claim.Part part, Yardstick measure, String pair, Panel panel, List<Side> sides, List<Demand> demands) {
        for (String task : tasks(part, sides)) {
            asked.add(new Asked(
                    measure.label() + ": " + pair + at(panel, List.of(task)),
                    new Judge.Key(pair, measure.key(), panel.title(), About.THESE, List.of(task)),
                    terms(sides, measure, List.of(task)),
                    List.of(task),
                    About.THESE,
                    demands,
                    Optional.empty()));
        }
    }

    /** What a method gains while it adapts: at the end, and on the way; in its late trials, if it only plays. */
    private void gains(Claim.Part part, List<Demand> demands) {
        String method = part.name("method");
        for (Panel panel : panels(part)) {
            group(panel, method).ifPresent(group -> {
                List<Yardstick> measures = group.onlyPlays()
                        ? List.of(Yardstick.LATE)
                        : List.of(Yardstick.GAIN, Yardstick.GAIN_ON_THE_WAY);
                measures.forEach(measure -> gain(part, measure, panel, group, demands));
            });
        }
    }

    private void gain(Claim.Part part, Yardstick measure, Panel panel, Group group, List<Demand> demands) {
        List<Curve> curves = planOnly ? List.of() : group.seedCurves(Quantity.SCORE);
        curves.stream()
                .mapToDouble(curve -> curve.x()[0])
                .filter(first -> first > 0)
                .findFirst()
                .ifPresent(first -> missing.add(group.method() + at(group.labels()) + " was first measured at "
                        + Words.steps(Math.round(first)) + " "
                        + Words.scale(study.run().adaptations())
                        + ", so nothing tells what it gained before: let measure.points begin with 0"));
        if (!curves.isEmpty() && curves.stream().allMatch(curve -> curve.x().length == 1)) {
            missing.add(
                    group.method() + at(group.labels()) + " was measured once only, so nothing tells what it gained");
        }
        add(
                part,
                measure,
                measure.label() + " of " + group.method(),
                group.method(),
                panel,
                List.of(new Side(1, group)),
                demands,
                Optional.empty());
    }

    private void improvesBelow(Claim.Part part) {
        String method = part.name("method");
        String below = part.name("below");
        for (Panel panel : panels(part)) {
            Optional<Group> own = group(panel, method);
            Optional<Group> other = group(panel, below);
            own.ifPresent(group -> gain(
                    part, group.onlyPlays() ? Yardstick.LATE : Yardstick.GAIN, panel, group, List.of(Demand.above(0))));
            if (own.isPresent() && other.isPresent()) {
                String pair = below + " \u2212 " + method;
                add(
                        part,
                        Yardstick.FINAL,
                        "final: " + pair,
                        pair,
                        panel,
                        List.of(new Side(1, other.get()), new Side(-1, own.get())),
                        List.of(Demand.above(0)),
                        Optional.empty());
            }
        }
    }

    /** Places along a coordinate, ascending; empty, and said so, where they are no series of two or more. */
    private List<Panel> series(Claim.Part part) {
        String along = part.name("along");
        List<Panel> steps = panels(part).stream()
                .filter(panel -> panel.labels().containsKey(along))
                .sorted((a, b) -> Labels.compare(value(a, along), value(b, along)))
                .toList();
        if (steps.stream().map(panel -> value(panel, along)).distinct().count() != steps.size()) {
            missing.add("other coordinates vary too, so there is no single series along " + along);
            return List.of();
        }
        if (steps.size() < 2 && !panels.isEmpty()) {
            missing.add(
                    steps.isEmpty()
                            ? "no place of the grid has a value of " + along
                            : "only one value of " + Labels.shortName(along));
            return List.of();
        }
        return steps;
    }

    private void grows(Claim.Part part) {
        List<Panel> steps = series(part);
        if (!steps.isEmpty()) {
            List<Yardstick> measures = part.measures().isEmpty() ? List.of(Yardstick.START) : part.measures();
            measures.forEach(measure -> grows(part, measure, steps));
        }
    }

    private void grows(Claim.Part part, Yardstick measure, List<Panel> steps) {
        List<String> method = List.of(part.name("method"));
        for (int i = 1; steps.size() > 2 && i < steps.size(); i++) {
            growth(part, method, measure, steps.get(i - 1), steps.get(i), Demand.above(-part.fall()));
        }
        Panel first = steps.get(0);
        Panel last = steps.get(steps.size() - 1);
        growth(part, method, measure, first, last, Demand.above(part.margin(0)));
        if (part.node().has("less")) {
            growth(part, List.of(part.name("method"), part.name("less")), measure, first, last, Demand.above(0));
        }
    }

    private void interaction(Claim.Part part) {
        List<Panel> steps = series(part);
        if (!steps.isEmpty()) {
            for (String than : part.than()) {
                for (Yardstick measure : part.measures()) {
                    growth(
                            part,
                            List.of(part.name("method"), than),
                            measure,
                            steps.get(0),
                            steps.get(steps.size() - 1),
                            Demand.above(part.margin(0)));
                }
            }
        }
    }

    private void unchanged(Claim.Part part) {
        List<Panel> steps = series(part);
        if (!steps.isEmpty()) {
            for (Yardstick measure : part.measures()) {
                growth(
                        part,
                        List.of(part.name("method")),
                        measure,
                        steps.get(0),
                        steps.get(steps.size() - 1),
                        within(part).toArray(Demand[]::new));
            }
        }
    }

    /** What a method gains from one place to another, minus what a second one gains. */
    private void growth(
            Claim.Part part, List<String> methods, Yardstick measure, Panel from, Panel to, Demand... demands) {
        List<Side> sides = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            int sign = i == 0 ? 1 : -1;
            Optional<Group> before = group(from, methods.get(i));
            Optional<Group> after = group(to, methods.get(i));
            if (before.isEmpty() || after.isEmpty()) {
                return;
            }
            sides.add(new Side(sign, after.get()));
            sides.add(new Side(-sign, before.get()));
        }
        String along = part.name("along");
        String steps = Labels.pretty(value(to, along)) + " \u2212 " + Labels.pretty(value(from, along));
        String pair = String.join(" \u2212 ", methods);
        List<String> tasks = tasks(part, sides);
        String what = measure.label();
        About about = part.about().orElseGet(() -> Study.about(tasks));
        asked.add(new Asked(
                methods.size() == 1
                        ? what + " of " + pair + ": " + steps
                        : (measure == Yardstick.START ? "" : measure.label() + ": ") + "growth of " + methods.get(0)
                                + " \u2212 growth of " + methods.get(1),
                new Judge.Key(pair, measure.key(), from.title() + " to " + to.title(), about, tasks),
                terms(sides, measure, tasks),
                tasks,
                about,
                List.of(demands),
                Optional.empty()));
    }

    private static String value(Panel panel, String along) {
        return panel.labels().getOrDefault(along, "");
    }

    private void add(
            Claim.Part part,
            Yardstick measure,
            String what,
            String pair,
            Panel panel,
            List<Side> sides,
            List<Demand> demands,
            Optional<Question.Variation> variation) {
        List<String> tasks = tasks(part, sides);
        About about = variation.isPresent() ? About.THESE : part.about().orElseGet(() -> Study.about(tasks));
        asked.add(new Asked(
                what + at(panel, part.tasks()),
                new Judge.Key(pair, measure.key(), panel.title(), about, tasks),
                terms(sides, measure, tasks),
                tasks,
                about,
                demands,
                variation));
    }

    private List<Asked.Term> terms(List<Side> sides, Yardstick measure, List<String> tasks) {
        List<Group> groups = sides.stream().map(Side::group).toList();
        List<List<Integer>> counted = Asked.seeds(groups, lastLook);
        for (int i = 0; i < sides.size(); i++) {
            diverged(sides.get(i).group(), measure, tasks, counted.get(i));
        }
        Unshared unshared = new Unshared(groups);
        unshared.seeds().ifPresent(remarks::add);
        if (!planOnly) {
            String scale = Words.scale(study.run().adaptations());
            (measure == Yardstick.START ? unshared.starts(scale) : unshared.budgets(scale)).ifPresent(remarks::add);
            if (measure == Yardstick.AUC) {
                unshared.heights(scale).ifPresent(remarks::add);
            }
        }
        return sides.stream()
                .map(side -> new Asked.Term(side.weight(), side.group(), measure))
                .toList();
    }

    /** Divergence is a result, but not of every measure a number. */
    private void diverged(Group group, Yardstick measure, List<String> tasks, List<Integer> seeds) {
        int diverged = group.diverged(seeds, tasks).size();
        if (planOnly || diverged == 0) {
            return;
        }
        String cells = Words.plural(diverged, "cell") + " of " + group.method() + at(group.labels());
        if (measure.isNormalised()) {
            remarks.add(cells + " diverged: from there on score 0 counts, or less where less was measured");
        } else {
            missing.add(measure.key().replace('-', ' ') + " of a learner that diverged is no number, and " + cells
                    + " did");
        }
    }

    /** The tasks that all sides have, of those that the part is about. */
    private List<String> tasks(Claim.Part part, List<Side> sides) {
        List<String> common = new ArrayList<>(sides.get(0).group().plannedTasks());
        sides.forEach(side -> common.retainAll(side.group().plannedTasks()));
        common.removeIf(task -> !part.tasks().isEmpty() && !part.tasks().contains(task));
        // Before it has run, a method that adapts to all tasks together does not tell which these are.
        boolean isKnown = !planOnly
                || sides.stream().noneMatch(side -> side.group().plannedTasks().contains(""));
        if (isKnown) {
            sides.forEach(side -> tasksApart(part, side.group(), common));
        }
        return common;
    }

    /** Says which tasks a part names that a method has not, or, where it names none, which a method has that others have not. */
    private void tasksApart(Claim.Part part, Group group, List<String> common) {
        if (!part.tasks().isEmpty()) {
            part.tasks().stream()
                    .filter(task -> !group.plannedTasks().contains(task))
                    .forEach(task -> missing.add(group.method() + " has no task '" + task + "'"));
            return;
        }
        if (common.isEmpty()) {
            missing.add("no task that all of them have");
            return;
        }
        List<String> others = new ArrayList<>(group.plannedTasks());
        others.removeAll(common);
        if (!others.isEmpty()) {
            String left = group.method() + at(group.labels()) + " has " + Words.plural(others.size(), "task")
                    + " that others have not, such as " + others.get(0);
            if (part.is("each-task")) {
                missing.add(left);
            } else {
                remarks.add(left + "; left out here");
            }
        }
    }

    /** The places of the grid a part is about. */
    private List<Panel> panels(Claim.Part part) {
        List<Panel> there =
                panels.stream().filter(panel -> part.isAbout(panel.labels())).toList();
        List<String> absent = part.places().stream()
                .flatMap(place -> place.getValue().stream()
                        .filter(value -> there.stream()
                                .noneMatch(panel -> value.equals(panel.labels().get(place.getKey()))))
                        .map(value -> place.getKey() + " = " + value))
                .toList();
        if (there.isEmpty() && !panels.isEmpty()) {
            missing.add("no place of the grid has " + String.join(", ", absent));
        } else {
            absent.forEach(place -> missing.add("no place of the grid has " + place));
        }
        return there;
    }

    /** A method at a place; empty, and said so, when there is nothing of it. */
    private Optional<Group> group(Panel panel, String method) {
        Optional<Group> group = panel.group(method);
        if (group.isEmpty()) {
            missing.add(
                    study.methods().contains(method)
                            ? method + " has no cell" + at(panel.labels())
                            : "the run has no method '" + method + "'");
            return group;
        }
        if (group.get().isNotApplicable()) {
            missing.add(method + " is not applicable" + at(panel.labels()));
            return Optional.empty();
        }
        if (planOnly) {
            return group;
        }
        goingOn |= group.get().isGoingOn();
        if (group.get().isEmpty()) {
            missing.add(method
                    + at(panel.labels())
                    + (group.get().hasFinished() ? " has no seed that is whole" : " has no finished cell"));
            return Optional.empty();
        }
        if (group.get().isGoingOn()) {
            remarks.add(method + " has cells to come" + at(panel.labels()));
        } else if (group.get().isIncomplete()) {
            remarks.add(method + at(panel.labels()) + " lacks "
                    + Words.plural(group.get().missing().size(), "cell"));
        }
        return group;
    }

    /** " at 10 demonstrations"; nothing where there is one place only. */
    static String at(Map<String, String> labels) {
        return labels.isEmpty() ? "" : " at " + Labels.describe(labels);
    }

    /** Where a number was taken: " (5 train games; rom/pong)". */
    private static String at(Panel panel, List<String> tasks) {
        List<String> words = new ArrayList<>();
        if (!panel.labels().isEmpty()) {
            words.add(panel.title());
        }
        if (!tasks.isEmpty()) {
            words.add(String.join(", ", tasks));
        }
        return words.isEmpty() ? "" : " (" + String.join("; ", words) + ")";
    }
}
