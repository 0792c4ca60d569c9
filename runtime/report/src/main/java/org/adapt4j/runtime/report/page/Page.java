package org.adapt4j.runtime.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.claim.ClaimKind;
import org.adapt4j.runtime.report.claim.Verdict;
import org.adapt4j.runtime.report.figure.Ink;
import org.adapt4j.runtime.report.figure.Svg;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Labels;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.statistics.Coverage;
import org.adapt4j.runtime.report.study.Quantity;
import org.adapt4j.runtime.report.study.Study;

/** The report as one file that needs nothing else: no network, no scripts, light or dark as the reader likes. */
public final class Page {
    private static final long LARGEST_FILM = 4_000_000;

    private final Study study;
    private final RunFolder run;
    private final Map<String, Figures.Captioned> figures = new LinkedHashMap<>();
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final List<Verdict> verdicts;
    private final StringBuilder html = new StringBuilder();
    private int figureNumber;
    private int tableNumber;

    private Page(Study study, List<Figures.Captioned> figures, List<Table> tables, List<Verdict> verdicts) {
        this.study = study;
        this.run = study.run();
        figures.forEach(figure -> this.figures.put(figure.id(), figure));
        tables.forEach(table -> this.tables.put(table.id(), table));
        this.verdicts = verdicts;
    }

    /** Writes the page. */
    public static String write(
            Study study, List<Figures.Captioned> figures, List<Table> tables, List<Verdict> verdicts) {
        return new Page(study, figures, tables, verdicts).write();
    }

    private String write() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        html.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.append("<title>").append(text(run.name())).append(" \u00b7 Adapt4J report</title>\n<style>");
        html.append(Style.css()).append(Svg.styles(true)).append("</style></head>\n<body><main>\n");
        head();
        honesty();
        inShort();
        whatRan();
        if (study.groups().findAny().isPresent()) {
            section("adaptation", "Adaptation to held-out tasks");
            figure("adaptation-return");
            figure("adaptation-score");
            figure("adaptation-tasks");
            figure("adaptation-solved");
            if (figures.containsKey("shots-action-loss") || figures.containsKey("shots-return")) {
                section("shots", "More and more demonstrations");
                figure("shots-action-loss");
                table("shots-action-loss");
                figure("shots-return");
                table("shots-return");
            }
            section("scores", "Scores");
            table("scores");
            table("task-scores");
            figure("iqm");
            table("transfer");
            section("comparison", "Method against method");
            figure("performance-profile");
            figure("probability-of-improvement");
            table("pairs");
        } else {
            section("adaptation", "Adaptation to held-out tasks");
            html.append("<p>No adaptation cell is finished yet; curves and scores appear with the first.</p>\n");
        }
        claims();
        if (figures.containsKey("tasks") || !films().isEmpty()) {
            section("tasks", "Task by task");
            figure("tasks");
            filmStrip();
        }
        List<String> choices = figures.keySet().stream()
                .filter(id -> id.startsWith(Choices.FIGURE))
                .toList();
        if (!choices.isEmpty()) {
            section("choices", "What was asked for");
            choices.forEach(this::figure);
        }
        if (tables.containsKey("belief")) {
            section("belief", "What is believed about the task");
            figure("belief-adaptation");
            figure("belief-pretraining");
            table("belief");
        }
        if (tables.containsKey("pretraining") || figures.containsKey("pretraining-logged")) {
            section("pretraining", "Pre-training");
            figure("pretraining-evaluated");
            figure("pretraining-logged");
            table("pretraining");
        }
        cells();
        method();
        html.append("</main></body></html>\n");
        return html.toString();
    }

    // ---------------------------------------------------------------- top

    private void head() {
        html.append("<header><p class=\"kind\">Adapt4J experiment report</p><h1>")
                .append(text(run.name()))
                .append("</h1>\n");
        if (!run.description().isEmpty()) {
            html.append("<p class=\"lead\">").append(text(run.description())).append("</p>\n");
        }
        Map<Cell.State, Long> states = new EnumMap<>(Cell.State.class);
        run.cells().forEach(cell -> states.merge(cell.state(), 1L, Long::sum));
        html.append("<p class=\"chips\">");
        for (Map.Entry<Cell.State, Long> entry : states.entrySet()) {
            html.append("<span class=\"chip ")
                    .append(colour(entry.getKey()))
                    .append("\">")
                    .append(entry.getValue());
            html.append(' ').append(entry.getKey().label()).append("</span> ");
        }
        html.append("<span class=\"of\">of ").append(run.cells().size()).append(" cells");
        if (!run.created().isEmpty()) {
            html.append(" \u00b7 planned ")
                    .append(text(run.created().replace('T', ' ').replace("Z", " UTC")));
        }
        html.append("</span></p>");
        html.append("</header>\n");
    }

    private static String colour(Cell.State state) {
        return switch (state) {
            case DONE -> "good";
            case FAILED, DAMAGED -> "bad";
            case NOT_APPLICABLE, WAITING -> "still";
            case RUNNING, INTERRUPTED -> "warn";
        };
    }

    /** What a reader must know before looking at any number. */
    private void honesty() {
        List<String> notes = new ArrayList<>();
        Set<String> scales = new LinkedHashSet<>();
        results().map(Cell.Result::scale).filter(scale -> !scale.isEmpty()).forEach(scales::add);
        scales.forEach(scale -> notes.add("<b>Scale.</b> " + text(scale)));
        int seeds = study.fewestSeeds();
        if (seeds == 1) {
            notes.add("<b>One seed.</b> No interval or standard error can be given, and no difference on this page can"
                    + " be told from chance. Run at least 5 seeds before concluding anything.");
        } else if (seeds > 1 && seeds < 5) {
            int tasks =
                    study.groups().mapToInt(group -> group.tasks().size()).min().orElse(1);
            OptionalDouble real = Coverage.ofIqm(seeds, tasks);
            notes.add(
                    "<b>" + seeds + " seeds.</b> Below 5 seeds a nominal 95\u00a0% interval promises more than it keeps"
                            + (real.isPresent()
                                    ? ": in simulated studies of this size or the next smaller one it held the true"
                                            + " value in about "
                                            + Words.decimal(100 * real.getAsDouble(), 0) + "\u00a0%."
                                    : "."));
        }
        if (!study.folders().isEmpty()) {
            notes.add("<b>Tasks of several kinds.</b> " + text(String.join("/\u2026, ", study.folders()))
                    + "/\u2026 cannot be compared with each other and stand apart in every figure and table.");
        }
        if (study.mixesFolders()) {
            notes.add("<b>Mixed pre-training.</b> What was measured during pre-training averages tasks of several"
                    + " kinds.");
        }
        long missing = run.cells().stream()
                .filter(cell -> !cell.isDone() && cell.state() != Cell.State.NOT_APPLICABLE)
                .count();
        if (missing > 0) {
            notes.add("<b>Incomplete.</b> " + missing + " of " + run.cells().size()
                    + " cells have no usable result; each is named under <a href=\"#cells\">Cells</a>. Numbers that"
                    + " stand on fewer cells than planned carry a dagger (\u2020) or a broken line.");
        }
        List<Beliefs.Group> dead =
                Beliefs.of(study).stream().filter(Beliefs.Group::isPrior).toList();
        if (!dead.isEmpty()) {
            notes.add("<b>Dead context.</b> What "
                    + text(dead.stream()
                            .map(group -> group.method() + " (" + Figures.heading(study, group.preset(), group.labels())
                                    + ")")
                            .collect(Collectors.joining(", ")))
                    + " believes about the task is the prior whatever it experiences, so it cannot adapt by it; see"
                    + " <a href=\"#belief\">What is believed about the task</a>.");
        }
        if (!notes.isEmpty()) {
            html.append("<aside>");
            notes.forEach(note -> html.append("<p>").append(note).append("</p>"));
            html.append("</aside>\n");
        }
    }

    private Stream<Cell.Result> results() {
        return run.cells().stream().filter(Cell::isDone).flatMap(cell -> cell.result().stream());
    }

    private void whatRan() {
        section("setup", "What ran");
        html.append("<dl>");
        fact("Benchmark", distinct(Cell.Result::benchmark));
        fact("Back end", distinct(Cell.Result::backEnd));
        html.append("<div><dt>Methods</dt><dd>");
        for (String method : study.methods()) {
            html.append("<span class=\"key\"><i class=\"b-")
                    .append(Figures.ink(study, method).key())
                    .append("\"></i>")
                    .append(text(method))
                    .append("</span> ");
        }
        html.append("</dd></div>");
        fact(study.presets().size() == 1 ? "Preset" : "Presets", String.join(", ", study.presets()));
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        run.cells()
                .forEach(cell -> cell.labels()
                        .forEach((key, value) -> labels.computeIfAbsent(key, k -> new LinkedHashSet<>())
                                .add(value)));
        labels.forEach((key, values) ->
                coordinate(key, values.stream().sorted(Labels::compare).toList()));
        List<String> tasks = study.tasks();
        if (!tasks.isEmpty()) {
            boolean levels = tasks.size() > 2 && study.mainQuantity() == Quantity.RETURN;
            fact(
                    "Held-out tasks",
                    tasks.size() + ": "
                            + (levels
                                    ? tasks.get(0) + " \u2026 " + tasks.get(tasks.size() - 1)
                                    : String.join(", ", tasks)));
        }
        List<Integer> seeds =
                run.cells().stream().map(Cell::seed).distinct().sorted().toList();
        fact("Seeds", seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        fact("Pre-training", budget(run.pretrainings(), "per cell"));
        fact("Adaptation", budget(run.adaptations(), "per cell"));
        fact(
                "Parameters",
                results()
                        .flatMap(result -> result.parameters().stream().boxed())
                        .distinct()
                        .sorted()
                        .map(Words::count)
                        .collect(Collectors.joining(", ")));
        double wall = results().mapToDouble(Cell.Result::wallSeconds).sum();
        fact("Wall time", wall > 0 ? Words.duration(wall) + ", all cells added up" : "");
        html.append("</dl>\n");
    }

    /** The values of a coordinate; lists in full, one below the other. */
    private void coordinate(String key, List<String> values) {
        boolean lists = values.stream().anyMatch(value -> Labels.elements(value).isPresent());
        html.append("<div><dt>")
                .append(text(Words.capital(Labels.shortName(key))))
                .append("</dt><dd>");
        html.append(values.stream()
                .map(value -> text(Labels.elements(value)
                        .map(list -> list.size() + ": " + String.join(", ", list))
                        .orElse(Labels.pretty(value))))
                .collect(Collectors.joining(lists ? "<br>" : ", ")));
        html.append("</dd></div>");
    }

    private String distinct(Function<Cell.Result, String> of) {
        return results().map(of).filter(value -> !value.isEmpty()).distinct().collect(Collectors.joining(", "));
    }

    private static String budget(List<Cell> cells, String per) {
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
        return range + (plays ? " environment steps " : " updates ") + per;
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            html.append("<div><dt>")
                    .append(text(name))
                    .append("</dt><dd>")
                    .append(text(value))
                    .append("</dd></div>");
        }
    }

    // ---------------------------------------------------------------- parts

    private void section(String id, String title) {
        html.append("<h2 id=\"").append(id).append("\">").append(text(title)).append("</h2>\n");
    }

    private void figure(String id) {
        Figures.Captioned figure = figures.get(id);
        if (figure == null) {
            return;
        }
        figureNumber++;
        html.append("<figure id=\"figure-").append(id).append("\"><div class=\"scroll\">");
        html.append(Svg.inline(figure.figure().draw()));
        html.append("</div><figcaption><b>Figure ")
                .append(figureNumber)
                .append(". ")
                .append(text(figure.title()))
                .append(".</b> ");
        html.append(text(figure.caption()));
        html.append(" <span class=\"files\">")
                .append(link("figures/" + id + ".svg", "SVG"))
                .append(' ');
        html.append(link("figures/" + id + ".png", "PNG")).append(' ').append(link("figures/" + id + ".csv", "CSV"));
        html.append("</span></figcaption></figure>\n");
    }

    private void table(String id) {
        Table table = tables.get(id);
        if (table == null) {
            return;
        }
        tableNumber++;
        html.append("<figure class=\"table\" id=\"table-")
                .append(id)
                .append("\"><figcaption><b>Table ")
                .append(tableNumber);
        html.append(". ")
                .append(text(table.title()))
                .append(".</b></figcaption>\n")
                .append(table.html());
        html.append("<div class=\"notes\">");
        for (String note : table.notes()) {
            html.append("<p>").append(text(note)).append("</p>");
        }
        html.append("<p class=\"files\">")
                .append(link("tables/" + id + ".csv", "CSV"))
                .append(' ');
        html.append(link("tables/" + id + ".md", "Markdown")).append(' ');
        html.append(link("tables/" + id + ".tex", "LaTeX")).append("</p></div></figure>\n");
    }

    private static String link(String target, String name) {
        return "<a href=\"" + target + "\">" + name + "</a>";
    }

    private static String text(String raw) {
        return Svg.escape(raw);
    }

    // ---------------------------------------------------------------- claims

    /** Verdicts side by side, for the reader who stops here. */
    private void inShort() {
        if (verdicts.isEmpty()) {
            return;
        }
        section("short", "The claims in short");
        List<String> presets = verdicts.stream().map(Verdict::preset).distinct().toList();
        html.append("<div class=\"scroll\"><table class=\"short\"><thead><tr><th>claim</th><th></th>");
        presets.forEach(preset -> html.append("<th>").append(text(preset)).append("</th>"));
        html.append("</tr></thead><tbody>\n");
        byClaim().forEach((id, own) -> {
            html.append("<tr><td><a href=\"#claim-")
                    .append(text(id))
                    .append("\">")
                    .append(text(id))
                    .append("</a></td><td>");
            html.append(text(own.get(0).text())).append("</td>");
            for (String preset : presets) {
                html.append("<td class=\"c\">");
                own.stream()
                        .filter(verdict -> verdict.preset().equals(preset))
                        .forEach(verdict -> chip(verdict.outcome()));
                html.append("</td>");
            }
            html.append("</tr>\n");
        });
        html.append("</tbody></table></div>\n");
    }

    private Map<String, List<Verdict>> byClaim() {
        return verdicts.stream()
                .collect(Collectors.groupingBy(Verdict::claim, LinkedHashMap::new, Collectors.toList()));
    }

    private void chip(Verdict.Outcome outcome) {
        String colour = switch (outcome) {
            case HOLDS -> "good";
            case DOES_NOT_HOLD -> "bad";
            case UNDECIDED -> "warn";
        };
        html.append("<span class=\"chip ")
                .append(colour)
                .append("\">")
                .append(outcome.label())
                .append("</span> ");
    }

    private void claims() {
        if (verdicts.isEmpty()) {
            return;
        }
        section("claims", "Claims, judged");
        html.append(
                "<p>What the plan claims, judged for each preset by a rule that was fixed beforehand. All numbers are"
                        + " means of normalised scores over held-out tasks and seeds.");
        if (study.fewestSeeds() > 1 && study.fewestSeeds() < 5) {
            html.append(
                    " With fewer than 5 seeds intervals are too narrow, so read \u201cholds\u201d and \u201cdoes not"
                            + " hold\u201d as leanings.");
        }
        html.append("</p>\n");
        byClaim().forEach((id, own) -> {
            html.append("<article class=\"claim\" id=\"claim-")
                    .append(text(id))
                    .append("\"><h3>")
                    .append(text(id))
                    .append(" <span>");
            html.append(text(own.get(0).text())).append("</span></h3>\n");
            for (Verdict verdict : own) {
                verdict(verdict);
            }
            html.append("</article>\n");
        });
        Set<String> kinds = verdicts.stream()
                .flatMap(verdict -> verdict.kinds().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        html.append("<details><summary>The rules</summary><dl class=\"rules\">");
        for (String kind : kinds) {
            ClaimKind.of(kind)
                    .ifPresent(found -> html.append("<div><dt>")
                            .append(text(found.key()))
                            .append("</dt><dd>")
                            .append(text(found.rule()))
                            .append("</dd></div>"));
        }
        html.append("</dl><p>A claim of several parts holds only if each part does, so its parts are not corrected for"
                + " their number. Intervals are 95\u00a0% stratified bootstrap intervals, paired where both sides"
                + " have the same seeds.</p></details>\n");
    }

    private void verdict(Verdict verdict) {
        html.append("<div class=\"verdict\"><p><span class=\"preset\">")
                .append(text(verdict.preset()))
                .append("</span> ");
        chip(verdict.outcome());
        html.append(text(verdict.because())).append("</p>");
        if (!verdict.evidence().isEmpty()) {
            html.append("<details><summary>")
                    .append(Words.plural(verdict.evidence().size(), "number"))
                    .append("</summary>");
            html.append("<div class=\"scroll\"><table><thead><tr><th>quantity</th><th class=\"n\">value</th><th"
                    + " class=\"n\">95\u00a0% interval</th><th class=\"n\">resampling</th></tr></thead><tbody>");
            for (Verdict.Evidence number : verdict.evidence()) {
                html.append("<tr><td>").append(text(number.what())).append("</td><td class=\"n\">");
                html.append(Words.signed(number.value(), 3)).append("</td><td class=\"n\">");
                html.append(number.interval()
                        .map(i -> "[" + Words.decimal(i.low(), 3) + ", " + Words.decimal(i.high(), 3) + "]")
                        .orElse("\u2013"));
                html.append("</td><td class=\"n\">");
                html.append(number.interval().isEmpty() ? "\u2013" : number.paired() ? "paired" : "independent");
                html.append("</td></tr>");
            }
            html.append("</tbody></table></div></details>");
        }
        html.append("</div>\n");
    }

    // ---------------------------------------------------------------- films

    /** One film per method and preset, all of one task where that is possible, lowest seed, last place. */
    private List<Cell> films() {
        List<Cell> filmed = run.adaptations().stream()
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

    private void filmStrip() {
        List<Cell> films = films();
        if (films.isEmpty()) {
            return;
        }
        html.append("<div class=\"films\">");
        for (Cell cell : films) {
            Path film = cell.result().flatMap(Cell.Result::film).orElseThrow();
            html.append("<figure>");
            html.append(embedded(film)
                    .map(data ->
                            "<img alt=\"" + text(cell.describe()) + "\" src=\"data:image/gif;base64," + data + "\">")
                    .orElse("<p class=\"files\">The film is too large for this page: "
                            + link("../cells/" + cell.id() + "/" + film.getFileName(), "film") + "</p>"));
            html.append("<figcaption><span class=\"key\"><i class=\"b-")
                    .append(Figures.ink(study, cell.method()).key())
                    .append("\"></i><b>")
                    .append(text(cell.method()))
                    .append("</b></span><br>")
                    .append(text(cell.task().orElse("")))
                    .append(", seed ")
                    .append(cell.seed())
                    .append("<br>")
                    .append(text(Figures.heading(study, cell.preset(), cell.labels())))
                    .append("</figcaption></figure>");
        }
        html.append("</div><p class=\"notes\">Films of the adapted policies at the end of adaptation. One film is one"
                + " episode or a few: an illustration, not evidence.</p>\n");
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

    // ---------------------------------------------------------------- cells

    private void cells() {
        section("cells", "Cells");
        table("wall-time");
        list(
                "Failed",
                "A failure is a result: the cell is not run again by itself.",
                EnumSet.of(Cell.State.FAILED),
                true);
        list(
                "Damaged",
                "A file is not what was written. The cell's numbers are left out of everything above; delete its"
                        + " folder and resume the run to make it anew.",
                EnumSet.of(Cell.State.DAMAGED),
                false);
        notApplicable();
        list(
                "Not finished",
                "Left out of all scores. A cell shown as running may also be one whose process was lost; resume the"
                        + " run to find out.",
                EnumSet.of(Cell.State.RUNNING, Cell.State.INTERRUPTED, Cell.State.WAITING),
                false);
    }

    private void list(String title, String explanation, Set<Cell.State> states, boolean logs) {
        List<Cell> found = run.cells().stream()
                .filter(cell -> states.contains(cell.state()))
                .toList();
        if (found.isEmpty()) {
            return;
        }
        html.append("<h3>")
                .append(title)
                .append(" (")
                .append(found.size())
                .append(")</h3><p>")
                .append(explanation)
                .append("</p>\n");
        boolean many = found.size() > 12;
        if (many) {
            html.append("<details><summary>Show all ").append(found.size()).append("</summary>");
        }
        html.append("<ul class=\"cells\">");
        for (Cell cell : found) {
            html.append("<li><code>").append(cell.id()).append("</code> ").append(text(cell.describe()));
            html.append(" <span class=\"chip ")
                    .append(colour(cell.state()))
                    .append("\">")
                    .append(cell.state().label());
            html.append("</span>");
            if (!cell.reason().isEmpty()) {
                html.append("<br><span class=\"reason\">")
                        .append(text(cell.reason()))
                        .append("</span>");
            }
            origin(cell)
                    .ifPresent(words -> html.append("<br><span class=\"reason\">")
                            .append(text(words))
                            .append("</span>"));
            if (logs && !cell.logTail().isEmpty()) {
                html.append("<details><summary>end of its log</summary><pre>");
                html.append(text(String.join("\n", cell.logTail()))).append("</pre></details>");
            }
            html.append("</li>");
        }
        html.append("</ul>");
        html.append(many ? "</details>\n" : "\n");
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

    private void notApplicable() {
        Map<String, List<Cell>> byReason = run.cells().stream()
                .filter(cell -> cell.state() == Cell.State.NOT_APPLICABLE)
                .collect(Collectors.groupingBy(Cell::reason, LinkedHashMap::new, Collectors.toList()));
        if (byReason.isEmpty()) {
            return;
        }
        int count = byReason.values().stream().mapToInt(Collection::size).sum();
        html.append("<h3>Not applicable (")
                .append(count)
                .append(")</h3><p>These combinations cannot be; they are no failures.</p>");
        html.append("<ul class=\"cells\">");
        byReason.forEach((reason, cells) -> {
            html.append("<li><span class=\"reason\">").append(text(reason)).append("</span><br>");
            if (cells.size() <= 4) {
                html.append(text(cells.stream().map(Cell::describe).collect(Collectors.joining("; "))));
            } else {
                html.append(text(Words.plural(cells.size(), "cell") + " of "
                        + cells.stream().map(Cell::method).distinct().collect(Collectors.joining(", "))));
            }
            html.append("</li>");
        });
        html.append("</ul>\n");
    }

    // ---------------------------------------------------------------- end

    private void method() {
        section("numbers", "How the numbers are made");
        String replicates = Words.count(study.bootstrap().replicates());
        html.append("<ul class=\"prose\">");
        for (String line : List.of(
                "Evaluation happens at declared steps and is never charged to the budget. Between two measuring points"
                        + " a curve is read linearly; outside its own range it has no value, and where fewer seeds remain"
                        + " the number is printed (n = \u2026).",
                "Normalised score: (return \u2212 low) / (high \u2212 low) with the benchmark's fixed constants, never"
                        + " clipped.",
                "Interquartile mean: all final scores of a method, the lowest and highest quarter (rounded down)"
                        + " dropped, plain mean of the rest. Optimality gap: how far scores stay below 1 on average, those"
                        + " above counting as 1.",
                "Intervals: stratified bootstrap, " + replicates
                        + " resamples over seeds within each task, generator SplitMix64 with" + " seed "
                        + study.bootstrap().seed() + ", percentiles of type 7. No interval is given for one seed.",
                "Where cells are missing, numbers stand on the largest complete block of seeds and tasks; what is"
                        + " missing is named. Methods are compared on the tasks that both have.")) {
            html.append("<li>").append(text(line)).append("</li>");
        }
        html.append("</ul>\n");
        if (!run.versions().isEmpty()) {
            html.append("<h3>Versions</h3><dl class=\"versions\">");
            run.versions()
                    .forEach((name, version) -> html.append("<div><dt>")
                            .append(text(name))
                            .append("</dt><dd>")
                            .append(text(version))
                            .append("</dd></div>"));
            html.append("</dl>\n");
        }
        html.append(
                "<footer>Made by Adapt4J from the files of the run folder alone. The same folder gives the same page."
                        + " Figures and tables lie beside this file under <code>figures/</code> and"
                        + " <code>tables/</code>.</footer>\n");
    }

    static String variables(boolean dark) {
        return Stream.of(Ink.values())
                .map(ink -> "--" + ink.key() + ":" + Ink.hex(dark ? ink.dark() : ink.light()))
                .collect(Collectors.joining(";"));
    }
}
