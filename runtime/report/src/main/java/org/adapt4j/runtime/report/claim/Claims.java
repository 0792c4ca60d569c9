package org.adapt4j.runtime.report.claim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.claim.Case.TaskNumber;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Study;
import org.adapt4j.runtime.run.ClaimRules.Flaw;

/** Judges every claim of a plan for every preset; see {@link ClaimKind} for the rules. */
public final class Claims {
    /** Width of "about 0" where a claim names no margin: ours, that of the rerun check. */
    private static final double MARGIN = 0.05;

    private Claims() {}

    /** What is wrong with a claim as written, before anything runs. */
    public static List<Flaw> flaws(JsonNode claim) {
        return new Claim(claim).flaws();
    }

    /** One verdict per claim and preset, claim after claim. */
    public static List<Verdict> judge(Study study) {
        return study.run().claims().stream()
                .flatMap(claim -> study.presets().stream().map(preset -> new Question(new Claim(claim), preset)))
                .toList()
                .parallelStream()
                .map(question -> judge(study, question.claim(), question.preset()))
                .toList();
    }

    /** A claim to be judged for a preset. */
    private record Question(Claim claim, String preset) {}

    private static Verdict judge(Study study, Claim claim, String preset) {
        Case one = new Case(study, preset);
        List<Flaw> flaws = claim.flaws();
        flaws.forEach(flaw -> one.missing(
                flaw.message() + (flaw.known().isEmpty() ? "" : " (known: " + String.join(", ", flaw.known()) + ")")));
        if (flaws.isEmpty()) {
            for (Claim.Part part : claim.parts()) {
                switch (part.kind()) {
                    case BETTER -> one.leads(part, one::above);
                    case IMPROVES_BELOW -> improvesBelow(one, part);
                    case GROWS -> grows(one, part);
                    case FLAT -> flat(one, part);
                    case SIMILAR ->
                        one.leads(
                                part,
                                (what, lead) -> one.eachTask(what, lead, numbers -> similar(one, part, what, numbers)));
                    case VARIES ->
                        one.leads(
                                part,
                                (what, lead) -> one.eachTask(what, lead, numbers -> varies(one, part, what, numbers)));
                }
            }
        }
        return one.verdict(claim, preset);
    }

    private static void improvesBelow(Case one, Claim.Part part) {
        String method = part.name("method");
        String below = part.name("below");
        for (Panel panel : one.panels(part)) {
            Optional<Group> own = one.group(panel, method);
            Optional<Group> other = one.group(panel, below);
            own.ifPresent(group ->
                    one.above("rise of " + method + Case.at(panel, part), one.contrast(part, group, Yardstick.RISE)));
            if (own.isPresent() && other.isPresent()) {
                one.above(
                        "final: " + below + " \u2212 " + method + Case.at(panel, part),
                        one.contrast(part, other.get(), Yardstick.FINAL).minus(own.get(), Yardstick.FINAL));
            }
        }
    }

    private static void grows(Case one, Claim.Part part) {
        String method = part.name("method");
        String along = part.name("along");
        List<Panel> steps = one.panels(part).stream()
                .filter(panel -> panel.labels().containsKey(along))
                .sorted((a, b) -> Labels.compare(value(a, along), value(b, along)))
                .toList();
        if (steps.stream().map(panel -> value(panel, along)).distinct().count() != steps.size()) {
            one.missing("other coordinates vary too, so there is no single series along " + along);
            return;
        }
        if (steps.size() < 2) {
            one.missing("only one value of " + Labels.shortName(along));
            steps.forEach(panel -> one.group(panel, method)
                    .ifPresent(group -> one.weigh(
                            "step 0 of " + method + Case.at(panel, part), one.contrast(part, group, Yardstick.START))));
            return;
        }
        for (int i = 1; steps.size() > 2 && i < steps.size(); i++) {
            Optional<Group> from = one.group(steps.get(i - 1), method);
            Optional<Group> to = one.group(steps.get(i), method);
            if (from.isPresent() && to.isPresent()) {
                String what = rise(method, along, steps.get(i - 1), steps.get(i));
                one.weigh(what, one.contrast(part, to.get(), Yardstick.START).minus(from.get(), Yardstick.START))
                        .ifPresent(number -> {
                            if (number.interval()
                                    .filter(interval -> interval.below(0))
                                    .isPresent()) {
                                one.against(what);
                            } else if (number.value() <= 0) {
                                one.open(what);
                            }
                        });
            }
        }
        Panel first = steps.get(0);
        Panel last = steps.get(steps.size() - 1);
        Optional<Group> from = one.group(first, method);
        Optional<Group> to = one.group(last, method);
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        Contrast growth = one.contrast(part, to.get(), Yardstick.START).minus(from.get(), Yardstick.START);
        one.above(rise(method, along, first, last), growth);
        String less = part.name("less");
        if (!less.isEmpty()) {
            Optional<Group> lessFrom = one.group(first, less);
            Optional<Group> lessTo = one.group(last, less);
            if (lessFrom.isPresent() && lessTo.isPresent()) {
                one.above(
                        "growth of " + method + " \u2212 growth of " + less,
                        growth.minus(lessTo.get(), Yardstick.START).and(1, lessFrom.get(), Yardstick.START));
            }
        }
    }

    private static String rise(String method, String along, Panel from, Panel to) {
        return "step 0 of " + method + ": " + Labels.pretty(value(to, along)) + " \u2212 "
                + Labels.pretty(value(from, along));
    }

    private static String value(Panel panel, String along) {
        return panel.labels().getOrDefault(along, "");
    }

    private static void flat(Case one, Claim.Part part) {
        String method = part.name("method");
        double margin = part.margin().orElse(MARGIN);
        for (Panel panel : one.panels(part)) {
            String what = "rise of " + method + Case.at(panel, part);
            one.group(panel, method)
                    .ifPresent(group ->
                            one.weigh(what, one.contrast(part, group, Yardstick.RISE), (value, interval) -> {
                                if (!interval.contains(0) && Math.abs(value) > margin) {
                                    one.against(what);
                                } else if (!interval.within(margin)) {
                                    one.open(what);
                                }
                            }));
        }
    }

    private static void similar(Case one, Claim.Part part, String what, List<TaskNumber> tasks) {
        double margin = part.margin().orElse(0);
        List<String> apart = new ArrayList<>();
        int alike = 0;
        for (TaskNumber task : tasks) {
            if (!task.interval().contains(0) && Math.abs(task.value()) > margin) {
                apart.add(task.task());
            } else if (margin == 0 || task.interval().within(margin)) {
                alike++;
            }
        }
        String found = what + " \u2013 alike on " + alike + " of " + tasks.size() + " tasks"
                + (apart.isEmpty() ? "" : ", apart on " + listed(apart, tasks));
        if (2 * apart.size() >= tasks.size()) {
            one.against(found);
        } else if (2 * alike <= tasks.size()) {
            one.open(found);
        } else {
            one.remark(found);
        }
    }

    private static void varies(Case one, Claim.Part part, String what, List<TaskNumber> tasks) {
        double margin = part.margin().orElse(MARGIN);
        List<String> above = names(tasks.stream().filter(task -> task.interval().above(0)));
        List<String> below = names(tasks.stream().filter(task -> task.interval().below(0)));
        String found = what + " \u2013 above 0 on " + listed(above, tasks) + ", below 0 on " + listed(below, tasks);
        if (tasks.size() < 2) {
            one.missing(what + ": only one task");
        } else if (above.size() == tasks.size()
                || below.size() == tasks.size()
                || tasks.stream().allMatch(task -> task.interval().within(margin))) {
            one.against(found);
        } else if (above.isEmpty() || below.isEmpty()) {
            one.open(found);
        } else {
            one.remark(found);
        }
    }

    private static List<String> names(Stream<TaskNumber> tasks) {
        return tasks.map(TaskNumber::task).toList();
    }

    private static String listed(List<String> some, List<TaskNumber> all) {
        return some.isEmpty() ? "none" : some.size() == all.size() ? "all" : String.join(", ", some);
    }
}
