package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.code;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.runtime.report.study.Study;

/** How the numbers are made, and with which versions. */
final class Numbers {
    private Numbers() {}

    static Optional<Section> of(Study study) {
        return Section.of(
                "numbers",
                "How the numbers are made",
                Optional.of(new Part.Prose(ul(each(rules(), rule -> li(rule))).withClass("prose"))),
                versions(study.run().versions()).map(Part.Prose::new),
                Optional.of(new Part.Prose(footer(
                        text("Made by Adapt4J from the files of the run folder alone. The same folder gives the same"
                                + " page. It carries the files that it links to; where it was made, they lie beside it"
                                + " too, under "),
                        code("figures/"),
                        text(" (also as PNG) and "),
                        code("tables/"),
                        text(", and every measured episode in "),
                        code("evaluations.csv"),
                        text(".")))));
    }

    private static List<String> rules() {
        return List.of(
                "Evaluation happens at declared steps and is never charged to the budget. Between two measuring points"
                        + " a curve is read linearly; outside its own range it has no value, and where fewer seeds remain"
                        + " the number is printed (n = \u2026).",
                "Normalised score: (return \u2212 low) / (high \u2212 low) with the benchmark's fixed constants, never"
                        + " clipped.",
                "Interquartile mean: all final scores of a method, the lowest and highest quarter (rounded down)"
                        + " dropped, plain mean of the rest. Optimality gap: how far scores stay below 1 on average, those"
                        + " above counting as 1.",
                "Intervals are of 95\u00a0%, and seeds are their unit: one agent of a method and seed meets all tasks,"
                        + " so its luck is common to them. For these tasks: Student's over the seeds' means, of"
                        + " differences on the seeds that both methods have, or Welch's where these are too few. For tasks like these: seeds"
                        + " and tasks crossed. For interquartile means, optimality gaps and probabilities of improvement:"
                        + " leaving out one seed at a time. Below 5 seeds there is none.",
                "All seeds learn from one set of training tasks; no interval here covers how that set was drawn.",
                "A seed that lacks a task is left out, a task never; what is missing is named. A cell whose learner"
                        + " diverged counts from where it stopped as score 0, or as what was measured last where that is less. Methods are compared on the tasks that both"
                        + " have.");
    }

    private static Optional<DomContent> versions(Map<String, String> versions) {
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(each(
                        h3("Versions"),
                        dl(each(versions, (name, version) -> div(dt(name), dd(version))))
                                .withClass("versions")));
    }
}
