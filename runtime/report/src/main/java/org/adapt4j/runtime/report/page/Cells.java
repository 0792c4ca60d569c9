package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.br;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import j2html.tags.specialized.LiTag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.study.Study;

/** What the cells took, and which of them have no result, each with its reason. */
final class Cells {
    private static final int MANY = 12;
    private static final int FEW = 4;

    private final Study study;
    private final RunFolder run;

    private Cells(Study study) {
        this.study = study;
        run = study.run();
    }

    static Optional<Section> of(Study study) {
        Cells cells = new Cells(study);
        return Section.of(
                "cells",
                "Cells",
                Optional.of(cells.time()),
                cells.list(
                        "Failed",
                        "A failure is a result: the cell is not run again by itself.",
                        EnumSet.of(Cell.State.FAILED)),
                cells.list(
                        "Diverged",
                        "Their numbers became infinite or none at all while they learned. That is a result of the method"
                                + " with these settings.",
                        EnumSet.of(Cell.State.DIVERGED)),
                cells.list(
                        "Damaged",
                        "A file is not what was written. The cell's numbers are left out of everything above; delete its"
                                + " folder and resume the run to make it anew.",
                        EnumSet.of(Cell.State.DAMAGED)),
                cells.notApplicable(),
                cells.list(
                        "Not finished",
                        "Left out of all scores. A cell shown as running may also be one whose process was lost; resume"
                                + " the run to find out.",
                        EnumSet.of(Cell.State.RUNNING, Cell.State.INTERRUPTED, Cell.State.WAITING)));
    }

    /** A state as the page shows it. */
    static DomContent chip(Cell.State state, String words) {
        String colour = switch (state) {
            case DONE -> "good";
            case FAILED, DIVERGED, DAMAGED -> "bad";
            case NOT_APPLICABLE, WAITING -> "still";
            case RUNNING, INTERRUPTED -> "warn";
        };
        return span(words).withClass("chip " + colour);
    }

    private Table time() {
        Csv csv = new Csv("kind", "preset", "method", "planned", "done", "wall_seconds", "environment_steps");
        Map<String, List<Cell>> groups = run.cells().stream()
                .collect(Collectors.groupingBy(
                        cell -> (cell.isPretraining() ? "0" : "1") + cell.preset() + "\u0000"
                                + String.format(
                                        Locale.ROOT, "%04d", study.methods().indexOf(cell.method())),
                        TreeMap::new,
                        Collectors.toList()));
        List<Table.Row> rows = new ArrayList<>();
        groups.values().forEach(cells -> rows.add(time(cells, csv)));
        double total = groups.values().stream().mapToDouble(Cells::wallSeconds).sum();
        return new Table(
                "wall-time",
                "Wall time",
                List.of("kind", "preset", "method", "done / planned", "steps", "time", "steps per second"),
                3,
                rows,
                List.of("Times of all ended cells added up: " + Words.duration(total)
                        + " in all. Cells run beside each other, so the run itself may have been shorter."),
                csv.toString());
    }

    private static double wallSeconds(List<Cell> cells) {
        return cells.stream()
                .flatMap(cell -> cell.result().stream())
                .mapToDouble(Cell.Result::wallSeconds)
                .sum();
    }

    private static Table.Row time(List<Cell> cells, Csv csv) {
        Cell one = cells.get(0);
        double wall = wallSeconds(cells);
        long steps = cells.stream()
                .flatMap(cell -> cell.result().stream())
                .mapToLong(Cell.Result::environmentSteps)
                .sum();
        long done = cells.stream().filter(Cell::isDone).count();
        csv.row(
                one.isPretraining() ? "pretrain" : "adapt",
                one.preset(),
                one.method(),
                Integer.toString(cells.size()),
                Long.toString(done),
                Csv.number(wall),
                Long.toString(steps));
        return Table.Row.of(
                one.isPretraining() ? "pre-train" : "adapt",
                one.preset(),
                one.method(),
                done + " / " + cells.size(),
                Words.steps((double) steps),
                Words.duration(wall),
                wall > 0 ? Words.count(Math.round(steps / wall)) : Phrases.NONE);
    }

    private Optional<Part> list(String title, String explanation, Set<Cell.State> states) {
        List<Cell> found = run.cells().stream()
                .filter(cell -> states.contains(cell.state()))
                .toList();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        DomContent all = ul(each(found, this::item)).withClass("cells");
        return Optional.of(new Part.Prose(each(
                h3(title + " (" + found.size() + ")"),
                p(explanation),
                found.size() > MANY ? details(summary("Show all " + found.size()), all) : all)));
    }

    private LiTag item(Cell cell) {
        LiTag item = li(
                code(cell.id()),
                text(" " + cell.describe() + " "),
                chip(cell.state(), cell.state().label()));
        if (!cell.reason().isEmpty()) {
            item.with(br(), span(cell.reason()).withClass("reason"));
        }
        origin(cell).ifPresent(words -> item.with(br(), span(words).withClass("reason")));
        if (!cell.logTail().isEmpty()) {
            item.with(details(summary("end of its log"), pre(String.join("\n", cell.logTail()))));
        }
        return item;
    }

    /** Why a cell that has not started may be waiting. */
    private Optional<String> origin(Cell cell) {
        if (cell.state() != Cell.State.WAITING) {
            return Optional.empty();
        }
        return cell.learned()
                .flatMap(run::cell)
                .filter(learned -> !learned.isDone())
                .map(learned -> "starts from " + learned.id() + ", which is "
                        + learned.state().label());
    }

    private Optional<Part> notApplicable() {
        Map<String, List<Cell>> byReason = run.cells().stream()
                .filter(cell -> cell.state() == Cell.State.NOT_APPLICABLE)
                .collect(Collectors.groupingBy(Cell::reason, LinkedHashMap::new, Collectors.toList()));
        int count = byReason.values().stream().mapToInt(Collection::size).sum();
        return byReason.isEmpty()
                ? Optional.empty()
                : Optional.of(new Part.Prose(each(
                        h3("Not applicable (" + count + ")"),
                        p("These combinations cannot be; they are no failures."),
                        ul(each(
                                        byReason,
                                        (reason, cells) ->
                                                li(span(reason).withClass("reason"), br(), text(names(cells)))))
                                .withClass("cells"))));
    }

    private static String names(List<Cell> cells) {
        return cells.size() <= FEW
                ? cells.stream().map(Cell::describe).collect(Collectors.joining("; "))
                : Words.plural(cells.size(), "cell") + " of "
                        + cells.stream().map(Cell::method).distinct().collect(Collectors.joining(", "));
    }
}
