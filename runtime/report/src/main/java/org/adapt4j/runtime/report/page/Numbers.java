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
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.study.Study;

/** How the numbers are made, and with which versions. */
final class Numbers {
    private Numbers() {}

    static Optional<Section> of(Study study) {
        return Section.of(
                "numbers",
                "How the numbers are made",
                Optional.of(
                        new Part.Prose(ul(each(rules(study), rule -> li(rule))).withClass("prose"))),
                versions(study.run().versions()).map(Part.Prose::new),
                Optional.of(new Part.Prose(footer(
                        text("Made by Adapt4J from the files of the run folder alone. The same folder gives the same"
                                + " page. Figures and tables lie beside this file under "),
                        code("figures/"),
                        text(" and "),
                        code("tables/"),
                        text(".")))));
    }

    private static List<String> rules(Study study) {
        return List.of(
                "Evaluation happens at declared steps and is never charged to the budget. Between two measuring points"
                        + " a curve is read linearly; outside its own range it has no value, and where fewer seeds remain"
                        + " the number is printed (n = \u2026).",
                "Normalised score: (return \u2212 low) / (high \u2212 low) with the benchmark's fixed constants, never"
                        + " clipped.",
                "Interquartile mean: all final scores of a method, the lowest and highest quarter (rounded down)"
                        + " dropped, plain mean of the rest. Optimality gap: how far scores stay below 1 on average, those"
                        + " above counting as 1.",
                "Intervals: stratified bootstrap, "
                        + Words.count(study.bootstrap().replicates())
                        + " resamples over seeds within each task, generator SplitMix64 with seed "
                        + study.bootstrap().seed() + ", percentiles of type 7. No interval is given for one seed.",
                "Where cells are missing, numbers stand on the largest complete block of seeds and tasks; what is"
                        + " missing is named. Methods are compared on the tasks that both have.");
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
