package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.body;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.i;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;

import j2html.TagCreator;
import j2html.tags.DomContent;
import j2html.tags.specialized.ATag;
import j2html.tags.specialized.MainTag;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.claim.Verdict;
import org.adapt4j.runtime.report.figure.Drawing;
import org.adapt4j.runtime.report.figure.Figure;
import org.adapt4j.runtime.report.figure.Svg;
import org.adapt4j.runtime.report.study.Study;

/**
 * The report as one file that needs nothing else and carries its figures and tables within it: no network, no scripts, light or dark as the reader likes. It is made of
 * sections, each of which brings its figures, its tables and its words.
 */
public final class Page {
    private final Study study;
    private final List<Section> sections;
    private int figures;
    private int tables;

    private Page(Study study, List<Verdict> verdicts) {
        this.study = study;
        sections = Stream.of(
                        Judgements.inShort(verdicts),
                        Setup.of(study),
                        Adaptation.of(study),
                        Demonstrations.of(study),
                        FinalScores.of(study),
                        Rivals.of(study),
                        Judgements.inFull(verdicts),
                        TaskByTask.of(study),
                        Choices.of(study),
                        Belief.of(study),
                        Pretraining.of(study),
                        Cells.of(study),
                        Numbers.of(study))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Arranges what a study and its verdicts have to show. */
    public static Page of(Study study, List<Verdict> verdicts) {
        return new Page(study, verdicts);
    }

    /** Its figures, from top to bottom. */
    public List<CaptionedFigure> figures() {
        return parts().flatMap(part -> part instanceof CaptionedFigure figure ? Stream.of(figure) : Stream.empty())
                .toList();
    }

    /** Its tables from top to bottom, those that only lie beside it too. */
    public List<Table> tables() {
        return parts().flatMap(part -> part instanceof Table table
                        ? Stream.of(table)
                        : part instanceof Part.Beside beside ? Stream.of(beside.table()) : Stream.empty())
                .toList();
    }

    private Stream<Part> parts() {
        return sections.stream().flatMap(section -> section.parts().stream());
    }

    /** The page itself. */
    public String html() {
        figures = 0;
        tables = 0;
        MainTag main = main(Opening.of(study)).withId("report").withTabindex(-1);
        for (Section section : sections) {
            main.with(h2(section.title()).withId(section.id()));
            section.parts().forEach(part -> main.with(show(part)));
        }
        return document(TagCreator.html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().withName("viewport").withContent("width=device-width,initial-scale=1"),
                                        meta().withName("color-scheme").withContent("light dark"),
                                        title(study.run().name() + " \u00b7 Adapt4J report"),
                                        style(rawHtml(Style.css() + Svg.styles(true)))),
                                body(a("Skip to the report").withHref("#report").withClass("skip"), main))
                        .withLang("en"))
                + "\n";
    }

    private DomContent show(Part part) {
        if (part instanceof CaptionedFigure figure) {
            return show(figure);
        }
        if (part instanceof Table table) {
            return show(table);
        }
        return part instanceof Part.Prose prose ? prose.html() : each();
    }

    private DomContent show(CaptionedFigure figure) {
        figures++;
        Drawing drawing = figure.figure().draw();
        List<Figure.Key> legend = figure.figure().legend();
        return figure(
                        iff(
                                !legend.isEmpty(),
                                p(each(
                                                legend,
                                                key -> each(
                                                        span(
                                                                        i().withClass("b-"
                                                                                + key.ink()
                                                                                        .key()),
                                                                        text(key.name()))
                                                                .withClass("key"),
                                                        text(" "))))
                                        .withClass("legend")),
                        Scrolling.of(figure.title(), rawHtml(Svg.inline(drawing))),
                        figcaption(
                                b("Figure " + figures + ". " + figure.title() + "."),
                                text(" " + figure.caption() + " "),
                                span(
                                                within("image/svg+xml", figure.id() + ".svg", Svg.file(drawing), "SVG"),
                                                text(" "),
                                                within(
                                                        "text/csv",
                                                        figure.id() + ".csv",
                                                        figure.figure().csv(),
                                                        "CSV"))
                                        .withClass("files")))
                .withId("figure-" + figure.id());
    }

    private DomContent show(Table table) {
        tables++;
        return figure(
                        figcaption(b("Table " + tables + ". " + table.title() + ".")),
                        table.html(),
                        div(
                                        each(table.notes(), note -> p(note)),
                                        p(
                                                        within("text/csv", table.id() + ".csv", table.csv(), "CSV"),
                                                        text(" "),
                                                        within(
                                                                "text/markdown",
                                                                table.id() + ".md",
                                                                table.markdown(),
                                                                "Markdown"),
                                                        text(" "),
                                                        within(
                                                                "application/x-tex",
                                                                table.id() + ".tex",
                                                                table.latex(),
                                                                "LaTeX"))
                                                .withClass("files"))
                                .withClass("notes"))
                .withClass("table")
                .withId("table-" + table.id());
    }

    /** A link to a file that the page itself carries, so that it can be sent alone. */
    private static ATag within(String type, String file, String text, String name) {
        String data = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return a(name).withHref("data:" + type + ";charset=utf-8;base64," + data)
                .attr("download", file)
                .attr("aria-label", name + ", " + file);
    }
}
