package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.b;
import static j2html.TagCreator.br;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.i;
import static j2html.TagCreator.img;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.figure.TileFigure;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Panel;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** Every held-out task by itself, and films of some. */
final class TaskByTask {
    private static final long LARGEST_FILM = 4_000_000;

    private final Study study;

    private TaskByTask(Study study) {
        this.study = study;
    }

    static Optional<Section> of(Study study) {
        TaskByTask tasks = new TaskByTask(study);
        return Section.of(
                "tasks",
                "Task by task",
                study.groups().findAny().map(any -> tasks.tiles()),
                tasks.filmStrip().map(Part.Prose::new));
    }

    private CaptionedFigure tiles() {
        boolean solved = study.knowsSolved() && study.mainQuantity() == Quantity.RETURN;
        Quantity quantity = solved ? Quantity.SOLVED : Quantity.SCORE;
        List<String> tasks = study.tasks();
        String prefix = Look.commonFolder(tasks);
        List<TileFigure.Block> blocks = new ArrayList<>();
        for (Panel panel : study.panels()) {
            blocks.add(new TileFigure.Block(
                    Look.heading(study, panel),
                    panel.groups().stream()
                            .map(group -> row(group, tasks, quantity))
                            .toList()));
        }
        return new CaptionedFigure(
                "tasks",
                "Task by task",
                "Final " + study.label(quantity) + " on each held-out task, mean over the finished seeds"
                        + (solved ? "" : " (shade from 0 to 1, numbers unclipped)")
                        + ". A dash: nothing finished there.",
                new TileFigure(
                        "Final " + study.label(quantity) + " by method and task",
                        prefix.isEmpty() ? "held-out task" : "held-out task, " + prefix + "\u2026",
                        tasks.stream()
                                .map(task -> task.substring(prefix.length()))
                                .toList(),
                        value -> Words.decimal(value, 2),
                        blocks));
    }

    private static TileFigure.Row row(Group group, List<String> tasks, Quantity quantity) {
        return new TileFigure.Row(
                group.method(),
                tasks.stream()
                        .map(task -> group.finished(task, quantity).stream()
                                .mapToDouble(Curve::last)
                                .average()
                                .orElse(Double.NaN))
                        .toList());
    }

    private Optional<DomContent> filmStrip() {
        List<Cell> films = films();
        return films.isEmpty()
                ? Optional.empty()
                : Optional.of(each(
                        div(each(films, this::film)).withClass("films"),
                        p("Films of the adapted policies at the end of adaptation. One film is one episode or a few: an"
                                        + " illustration, not evidence.")
                                .withClass("notes")));
    }

    /** One film per method and preset, all of one task where that is possible, lowest seed, last place. */
    private List<Cell> films() {
        List<Cell> filmed = study.run().adaptations().stream()
                .filter(cell -> cell.isDone()
                        && cell.result().flatMap(Cell.Result::film).isPresent())
                .toList();
        Map<String, Long> methodsOfTask = filmed.stream()
                .collect(Collectors.groupingBy(
                        cell -> cell.task().orElse(""),
                        Collectors.mapping(Cell::method, Collectors.collectingAndThen(Collectors.toSet(), set ->
                                (long) set.size()))));
        Comparator<Cell> preference = Comparator.comparing(
                        (Cell cell) -> -methodsOfTask.getOrDefault(cell.task().orElse(""), 0L))
                .thenComparing(cell -> cell.task().orElse(""), Study.taskOrder())
                .thenComparing(
                        Comparator.comparing(Cell::labels, Labels.order()).reversed())
                .thenComparing(Cell::seed);
        List<Cell> chosen = new ArrayList<>();
        for (String preset : study.presets()) {
            for (String method : study.methods()) {
                filmed.stream()
                        .filter(cell ->
                                cell.preset().equals(preset) && cell.method().equals(method))
                        .min(preference)
                        .ifPresent(chosen::add);
            }
        }
        return chosen;
    }

    private DomContent film(Cell cell) {
        Path film = cell.result().flatMap(Cell.Result::film).orElseThrow();
        DomContent picture = embedded(film)
                .<DomContent>map(data -> moving(cell, film, data))
                .orElseGet(() -> p(
                                text("The film is too large for this page: "),
                                a("film").withHref("../cells/" + cell.id() + "/" + film.getFileName()))
                        .withClass("files"));
        return figure(
                picture,
                figcaption(
                        span(i().withClass("b-" + Look.ink(study, cell.method()).key()), b(cell.method()))
                                .withClass("key"),
                        br(),
                        text(cell.task().orElse("") + ", seed " + cell.seed()),
                        br(),
                        text(Look.heading(study, cell.preset(), cell.labels()))));
    }

    /** The film, and where nothing can or should move some of its pictures side by side. */
    private static DomContent moving(Cell cell, Path film, String data) {
        return Strip.of(film)
                .map(strip -> each(
                        img().withAlt(cell.describe())
                                .withSrc("data:image/gif;base64," + data)
                                .withClass("film"),
                        img().withAlt(cell.describe() + ", picture by picture")
                                .withSrc("data:image/png;base64," + strip)
                                .withClass("strip")))
                .orElseGet(() -> img().withAlt(cell.describe()).withSrc("data:image/gif;base64," + data));
    }

    private static Optional<String> embedded(Path film) {
        try {
            return Files.size(film) > LARGEST_FILM
                    ? Optional.empty()
                    : Optional.of(Base64.getEncoder().encodeToString(Files.readAllBytes(film)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
