package org.adapt4j.runtime.report.claim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Study;

/** What is being gathered about one claim under one preset, by the rules of its parts. */
final class Case {
    /** So many comparisons are named, more are counted. */
    private static final int FEW = 3;

    private final Study study;
    private final List<Panel> panels;
    private final List<Verdict.Evidence> evidence = new ArrayList<>();
    private final Set<String> against = new LinkedHashSet<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> partial = new LinkedHashSet<>();
    private final Set<String> remarks = new LinkedHashSet<>();

    Case(Study study, String preset) {
        this.study = study;
        panels = study.panels().stream()
                .filter(panel -> panel.preset().equals(preset))
                .toList();
        if (panels.isEmpty()) {
            missing("the run has no adaptation under this preset");
        }
    }

    /** Speaks against the claim. */
    void against(String what) {
        against.add(what);
    }

    /** Speaks neither for nor against it. */
    void open(String what) {
        open.add(what);
    }

    /** Is not there, so the claim cannot hold yet. */
    void missing(String what) {
        missing.add(what);
    }

    /** Is worth saying whatever the outcome. */
    void remark(String what) {
        remarks.add(what);
    }

    /** The places of the grid a part is about. */
    List<Panel> panels(Claim.Part part) {
        List<Panel> there =
                panels.stream().filter(panel -> part.isAbout(panel.labels())).toList();
        if (there.isEmpty() && !panels.isEmpty()) {
            missing("no place of the grid has " + part.node().path("where"));
        }
        return there;
    }

    /** A method at a place; empty, and said so, when there is nothing of it. */
    Optional<Group> group(Panel panel, String method) {
        Optional<Group> group = panel.group(method);
        if (group.isEmpty()) {
            missing(
                    study.methods().contains(method)
                            ? method + " has no cell at " + panel.title()
                            : "the run has no method '" + method + "'");
        } else if (group.get().isEmpty()) {
            missing(
                    group.get().isNotApplicable()
                            ? method + " is not applicable at " + panel.title()
                            : method + " has no finished cell at " + panel.title());
            return Optional.empty();
        } else if (group.get().isGoingOn()) {
            missing(method + " is still going on at " + panel.title());
        } else if (group.get().isIncomplete()) {
            partial.add(method + " at " + panel.title());
        }
        return group;
    }

    /** The measure of a method on the tasks that a part is about. */
    Contrast contrast(Claim.Part part, Group group, Yardstick measure) {
        for (String task : part.tasks()) {
            if (!group.tasks().contains(task)) {
                missing(group.method() + " has no task '" + task + "'");
            }
        }
        return Contrast.of(group, measure).on(part.tasks());
    }

    /** Every lead that a part with {@code method}, {@code than} and {@code measures} is about, with its name. */
    void leads(Claim.Part part, BiConsumer<String, Contrast> use) {
        String method = part.name("method");
        for (Panel panel : panels(part)) {
            Optional<Group> own = group(panel, method);
            for (String than : part.than()) {
                Optional<Group> other = group(panel, than);
                for (Yardstick measure : part.measures()) {
                    if (own.isPresent() && other.isPresent()) {
                        use.accept(
                                measure.label() + ": " + method + " \u2212 " + than + at(panel, part),
                                contrast(part, own.get(), measure).minus(other.get(), measure));
                    }
                }
            }
        }
    }

    /** Takes a number into the evidence; empty, and said so, when it cannot be had. */
    Optional<Verdict.Evidence> weigh(String what, Contrast contrast) {
        Optional<Verdict.Evidence> found = contrast.evaluate(what, study.bootstrap());
        found.ifPresentOrElse(evidence::add, () -> missing(what + ": no task in common, or not measured"));
        return found;
    }

    /** The same with its interval, which a single seed does not give. */
    void weigh(String what, Contrast contrast, BiConsumer<Double, Interval> use) {
        weigh(what, contrast)
                .ifPresent(number -> number.interval()
                        .ifPresentOrElse(
                                interval -> use.accept(number.value(), interval),
                                () -> missing("only one seed, so no interval")));
    }

    /** Something that must lie above 0. */
    void above(String what, Contrast contrast) {
        weigh(what, contrast, (value, interval) -> {
            if (interval.below(0)) {
                against(what);
            } else if (!interval.above(0)) {
                open(what);
            }
        });
    }

    /** The numbers of each task by itself; nothing where one of them lacks an interval. */
    void eachTask(String what, Contrast contrast, Consumer<List<TaskNumber>> use) {
        List<String> tasks = contrast.tasks();
        if (tasks.isEmpty()) {
            missing(what + ": no task in common, or not measured");
            return;
        }
        List<TaskNumber> numbers = new ArrayList<>();
        for (String task : tasks) {
            weigh(
                    what + ", " + task,
                    contrast.on(List.of(task)),
                    (value, interval) -> numbers.add(new TaskNumber(task, value, interval)));
        }
        if (numbers.size() == tasks.size()) {
            use.accept(numbers);
        }
    }

    /** A number of one task. */
    record TaskNumber(String task, double value, Interval interval) {}

    /** Where a number was taken: " (5 train games; rom/pong)". */
    static String at(Panel panel, Claim.Part part) {
        List<String> words = new ArrayList<>();
        if (!panel.labels().isEmpty()) {
            words.add(panel.title());
        }
        if (!part.tasks().isEmpty()) {
            words.add(String.join(", ", part.tasks()));
        }
        return words.isEmpty() ? "" : " (" + String.join("; ", words) + ")";
    }

    Verdict verdict(Claim claim, String preset) {
        return new Verdict(claim.id(), claim.text(), claim.kinds(), preset, outcome(), because(), evidence);
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
            sentences.add("Left open by "
                    + (open.size() <= FEW ? String.join("; ", open) : Words.plural(open.size(), "comparison"))
                    + ": too wide intervals; more seeds would narrow them.");
        }
        if (!missing.isEmpty()) {
            sentences.add("Missing: " + String.join("; ", missing) + ".");
        }
        if (sentences.isEmpty()) {
            sentences.add("Supported by " + (remarks.isEmpty() ? "all " : "") + Words.plural(evidence.size(), "number")
                    + ".");
        }
        if (!remarks.isEmpty()) {
            sentences.add(String.join("; ", remarks) + ".");
        }
        if (!partial.isEmpty()) {
            sentences.add(
                    "Some cells have no result, so fewer tasks or seeds count: " + String.join("; ", partial) + ".");
        }
        return String.join(" ", sentences);
    }
}
