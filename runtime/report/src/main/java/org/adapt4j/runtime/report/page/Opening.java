package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.aside;
import static j2html.TagCreator.b;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.header;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import j2html.tags.specialized.HeaderTag;
import j2html.tags.specialized.PTag;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Student;
import org.adapt4j.runtime.report.study.Study;

/** The top of the page: what it is about, and what a reader must know before looking at any number. */
final class Opening {
    private final Study study;
    private final RunFolder run;

    private Opening(Study study) {
        this.study = study;
        run = study.run();
    }

    static DomContent of(Study study) {
        Opening opening = new Opening(study);
        List<PTag> notes = opening.notes();
        return notes.isEmpty() ? opening.title() : each(opening.title(), aside(each(notes, note -> note)));
    }

    private HeaderTag title() {
        HeaderTag header = header(p("Adapt4J experiment report").withClass("kind"), h1(run.name()));
        if (!run.description().isEmpty()) {
            header.with(p(run.description()).withClass("lead"));
        }
        Map<Cell.State, Long> states = new EnumMap<>(Cell.State.class);
        run.cells().forEach(cell -> states.merge(cell.state(), 1L, Long::sum));
        String planned = run.created().isEmpty()
                ? ""
                : " \u00b7 planned " + run.created().replace('T', ' ').replace("Z", " UTC");
        return header.with(p(
                        each(states, (state, count) -> each(Cells.chip(state, count + " " + state.label()), text(" "))),
                        span("of " + run.cells().size() + " cells" + planned).withClass("of"))
                .withClass("chips"));
    }

    private static PTag note(String title, DomContent... words) {
        return p(b(title), text(" ")).with(words);
    }

    private List<PTag> notes() {
        List<PTag> notes = new ArrayList<>();
        run.results()
                .map(Cell.Result::scale)
                .filter(scale -> !scale.isEmpty())
                .distinct()
                .forEach(scale -> notes.add(note("Scale.", text(scale))));
        seeds(notes);
        if (!study.folders().isEmpty()) {
            notes.add(
                    note(
                            "Tasks of several kinds.",
                            text(
                                    String.join("/\u2026, ", study.folders())
                                            + "/\u2026 cannot be compared with each other and stand apart in every figure and table.")));
        }
        if (study.mixesFolders()) {
            notes.add(note(
                    "Mixed pre-training.",
                    text("What was measured during pre-training averages tasks of several kinds.")));
        }
        long missing = run.cells().stream()
                .filter(cell -> !cell.isDone() && cell.state() != Cell.State.NOT_APPLICABLE)
                .count();
        if (missing > 0) {
            notes.add(
                    note(
                            "Incomplete.",
                            text(missing + " of " + run.cells().size()
                                    + " cells have no usable result; each is named under "),
                            a("Cells").withHref("#cells"),
                            text(
                                    ". Numbers that stand on fewer cells than planned carry a dagger (\u2020) or a broken line.")));
        }
        deadContext(notes);
        return notes;
    }

    private void seeds(List<PTag> notes) {
        int seeds = study.fewestSeeds();
        if (seeds < Judge.FEWEST && study.mostSeeds() >= Judge.FEWEST) {
            notes.add(
                    note(
                            "Few seeds, in part.",
                            text(
                                    "Of "
                                            + study.groups()
                                                    .filter(group ->
                                                            group.seeds().size() < Judge.FEWEST)
                                                    .map(group -> named(group.method(), group.preset(), group.labels()))
                                                    .distinct()
                                                    .collect(Collectors.joining(", "))
                                            + " there are fewer than " + Judge.FEWEST
                                            + " seeds, so no interval and no verdict, and no difference to it can be told from chance.")));
        } else if (seeds == 1) {
            notes.add(note(
                    "One seed.",
                    text("No interval or standard error can be given, and no difference on this page can be told from"
                            + " chance. Run at least 5 seeds before concluding anything.")));
        } else if (seeds > 1 && seeds < Judge.FEWEST) {
            notes.add(note(
                    seeds + " seeds.",
                    text(
                            "Below 5 seeds there is no interval and no verdict on this page: with so few, Student's interval is "
                                    + Words.shortest(Math.round(10
                                                    * Student.quantile(1 - Judge.ALPHA, seeds - 1.0)
                                                    / Math.sqrt(seeds))
                                            / 10.0)
                                    + " standard deviations of a seed wide on each side, and whether that is right cannot be seen."
                                    + " Run 5 seeds before concluding anything, better 10.")));
        }
    }

    private String named(String method, String preset, Map<String, String> labels) {
        return method + " (" + Look.heading(study, preset, labels) + ")";
    }

    private void deadContext(List<PTag> notes) {
        String dead = Beliefs.of(study).stream()
                .filter(Beliefs.Group::isPrior)
                .map(group -> named(group.method(), group.preset(), group.labels()))
                .collect(Collectors.joining(", "));
        if (!dead.isEmpty()) {
            notes.add(note(
                    "Dead context.",
                    text("What " + dead
                            + " believes about the task is the prior whatever it experiences, so it cannot adapt by it;"
                            + " see "),
                    a("What is believed about the task").withHref("#belief"),
                    text(".")));
        }
    }
}
