package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.br;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.i;
import static j2html.TagCreator.span;
import static j2html.TagCreator.text;

import j2html.tags.DomContent;
import j2html.tags.specialized.DlTag;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** What ran: benchmark, methods, coordinates of the grid, and what was spent. */
final class Setup {
    private final Study study;
    private final RunFolder run;
    private final DlTag facts = dl();

    private Setup(Study study) {
        this.study = study;
        run = study.run();
    }

    static Optional<Section> of(Study study) {
        return Section.of("setup", "What ran", Optional.of(new Part.Prose(new Setup(study).facts())));
    }

    private DlTag facts() {
        fact("Benchmark", distinct(Cell.Result::benchmark));
        fact("Back end", distinct(Cell.Result::backEnd));
        fact("Methods", each(study.methods(), this::method));
        fact(study.presets().size() == 1 ? "Preset" : "Presets", String.join(", ", study.presets()));
        coordinates();
        fact("Held-out tasks", tasks());
        fact("Seeds", run.cells().stream().map(Cell::seed).distinct().sorted().map(String::valueOf));
        fact("Pre-training", budget(run.pretrainings()));
        fact("Adaptation", budget(run.adaptations()));
        fact(
                "Parameters",
                run.results()
                        .flatMap(result -> result.parameters().stream().boxed())
                        .distinct()
                        .sorted()
                        .map(Words::count));
        double wall = run.results().mapToDouble(Cell.Result::wallSeconds).sum();
        fact("Wall time", wall > 0 ? Words.duration(wall) + ", all cells added up" : "");
        run.packed()
                .ifPresent(packed -> fact(
                        "Package", each(a(packed.words()).withHref(packed.link()), text(" (" + packed.note() + ")"))));
        return facts;
    }

    private void fact(String name, DomContent value) {
        facts.with(div(dt(name), dd(value)));
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            fact(name, text(value));
        }
    }

    private void fact(String name, Stream<String> values) {
        fact(name, values.collect(Collectors.joining(", ")));
    }

    private DomContent method(String name) {
        return each(
                span(i().withClass("b-" + Look.ink(study, name).key()), text(name))
                        .withClass("key"),
                text(" "));
    }

    private void coordinates() {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        run.cells()
                .forEach(cell -> cell.labels()
                        .forEach((key, value) -> labels.computeIfAbsent(key, k -> new LinkedHashSet<>())
                                .add(value)));
        labels.forEach((key, values) -> fact(
                Words.capital(Labels.shortName(key)),
                values(values.stream().sorted(Labels::compare).toList())));
    }

    /** The values of a coordinate; lists in full, one below the other. */
    private static DomContent values(List<String> values) {
        boolean lists = values.stream().anyMatch(value -> Labels.elements(value).isPresent());
        DomContent between = lists ? br() : text(", ");
        return each(
                values,
                (index, value) -> each(
                        index == 0 ? text("") : between,
                        text(Labels.elements(value)
                                .map(list -> list.size() + ": " + String.join(", ", list))
                                .orElse(Labels.pretty(value)))));
    }

    private String tasks() {
        List<String> tasks = study.tasks();
        if (tasks.isEmpty()) {
            return "";
        }
        boolean levels = tasks.size() > 2 && study.mainQuantity() == Quantity.RETURN;
        return tasks.size() + ": "
                + (levels ? tasks.get(0) + " \u2026 " + tasks.get(tasks.size() - 1) : String.join(", ", tasks));
    }

    private String distinct(Function<Cell.Result, String> of) {
        return run.results()
                .map(of)
                .filter(value -> !value.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String budget(List<Cell> cells) {
        List<Cell.Result> results = cells.stream()
                .filter(Cell::isDone)
                .flatMap(cell -> cell.result().stream())
                .toList();
        boolean plays = results.stream().anyMatch(result -> result.environmentSteps() > 0);
        List<Long> spent = results.stream()
                .map(result ->
                        plays ? result.environmentSteps() : result.updates().orElse(0))
                .filter(amount -> amount > 0)
                .distinct()
                .sorted()
                .toList();
        if (spent.isEmpty()) {
            return "";
        }
        String range = spent.size() == 1
                ? Words.steps(spent.get(0))
                : Words.steps(spent.get(0)) + " to " + Words.steps(spent.get(spent.size() - 1));
        return range + (plays ? " environment steps " : " updates ") + "per cell";
    }
}
