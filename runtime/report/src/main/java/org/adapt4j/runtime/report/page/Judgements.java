package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.article;
import static j2html.TagCreator.b;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.claim.ClaimKind;
import org.adapt4j.runtime.report.claim.Verdict;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Finding;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Outcome;
import org.adapt4j.runtime.report.judge.Power;
import org.adapt4j.runtime.report.judge.Ruling;

/** What the plan claims, and what the numbers say about it. */
final class Judgements {
    private final List<Verdict> verdicts;

    private Judgements(List<Verdict> verdicts) {
        this.verdicts = verdicts;
    }

    /** Verdicts side by side, for the reader who stops early. */
    static Optional<Section> inShort(List<Verdict> verdicts) {
        return verdicts.isEmpty()
                ? Optional.empty()
                : Section.of(
                        "short",
                        "The claims in short",
                        Optional.of(new Part.Prose(new Judgements(verdicts).overview())));
    }

    /** Verdicts with their numbers and rules. */
    static Optional<Section> inFull(List<Verdict> verdicts) {
        Judgements judgements = new Judgements(verdicts);
        return verdicts.isEmpty()
                ? Optional.empty()
                : Section.of(
                        "claims",
                        "Claims, judged",
                        Optional.of(new Part.Prose(judgements.lead())),
                        Optional.of(new Part.Prose(each(judgements.byClaim(), Judgements::claim))),
                        judgements.unseen().isEmpty()
                                ? Optional.empty()
                                : Optional.of(new Part.Prose(p(judgements.unseen()))),
                        Optional.of(new Part.Prose(judgements.rules())),
                        Optional.of(new Part.Beside(judgements.numbers())));
    }

    private Map<String, List<Verdict>> byClaim() {
        return verdicts.stream()
                .collect(Collectors.groupingBy(Verdict::claim, LinkedHashMap::new, Collectors.toList()));
    }

    private DomContent overview() {
        List<String> presets = verdicts.stream().map(Verdict::preset).distinct().toList();
        return Scrolling.of(
                "Verdicts in short",
                table(
                                thead(tr(
                                        Scrolling.column("claim"),
                                        Scrolling.column(""),
                                        each(presets, preset -> Scrolling.column(preset)))),
                                tbody(each(
                                        byClaim(),
                                        (id, own) -> tr(
                                                td(a(id).withHref("#claim-" + id)),
                                                td(own.get(0).text()),
                                                each(
                                                        presets,
                                                        preset -> td(each(
                                                                        own.stream()
                                                                                .filter(verdict -> verdict.preset()
                                                                                        .equals(preset))
                                                                                .toList(),
                                                                        verdict -> each(
                                                                                chip(verdict.ruling()), text(" "))))
                                                                .withClass("c"))))))
                        .withClass("short"));
    }

    private static DomContent chip(Ruling ruling) {
        String colour = ruling.isProvisional() || ruling.outcome() == Outcome.UNDECIDED
                ? "warn"
                : ruling.outcome() == Outcome.HOLDS ? "good" : "bad";
        return each(
                span(ruling.label()).withClass("chip " + colour),
                ruling.hasFewSeeds() ? span(" few seeds").withClass("of") : each());
    }

    private DomContent lead() {
        return p("What the plan claims, judged for each preset by rules that were fixed beforehand. Two questions are"
                + " answered: how other seeds would do on exactly these tasks, and how they would do on other"
                + " tasks of the same kind; the one that decides comes first. No verdict is given below 5 seeds."
                + (verdicts.stream().anyMatch(verdict -> verdict.ruling().hasFewSeeds())
                        ? " \u201cFew seeds\u201d: 5 to 9, of which skewed scores and rare failures cannot be"
                                + " seen; 10 are recommended."
                        : ""));
    }

    /** What no interval can show. */
    private String unseen() {
        return verdicts.stream()
                .map(verdict -> verdict.ruling().seeds())
                .filter(seeds -> seeds >= Judge.FEWEST)
                .min(Comparator.naturalOrder())
                .map(seeds -> "A failure that strikes fewer than "
                        + Words.decimal(100 * Power.unseenFailures(seeds), 0)
                        + "\u00a0% of the seeds can have gone unseen with "
                        + seeds + " seeds.")
                .orElse("");
    }

    private static DomContent claim(String id, List<Verdict> own) {
        return article(h3(text(id + " "), span(own.get(0).text())), each(own, Judgements::verdict))
                .withClass("claim")
                .withId("claim-" + id);
    }

    private static DivTag verdict(Verdict verdict) {
        DivTag html = div(p(
                        span(verdict.preset()).withClass("preset"),
                        text(" "),
                        chip(verdict.ruling()),
                        text(" " + verdict.ruling().because())))
                .withClass("verdict");
        List<Finding> findings = verdict.ruling().findings();
        if (!findings.isEmpty()) {
            About first = findings.get(0).about();
            html.with(details(
                    summary(Words.plural(findings.size(), "number")),
                    Scrolling.of(
                            "Numbers behind the verdict",
                            table(
                                    thead(tr(
                                            Scrolling.column("quantity"),
                                            Scrolling.column("must be"),
                                            Scrolling.column("value", true),
                                            Scrolling.column(first.label(), true),
                                            Scrolling.column(first.other().label(), true),
                                            Scrolling.column("seeds \u00d7 tasks", true),
                                            Scrolling.column(""))),
                                    tbody(each(findings, finding -> number(finding, first)))))));
        }
        return html;
    }

    private static DomContent number(Finding number, About first) {
        return tr(
                td(number.what()),
                td(number.demand()),
                td(Words.signed(number.value(), 3)).withClass("n"),
                td(interval(number, first)).withClass("n"),
                td(interval(number, first.other())).withClass("n"),
                td(number.seeds() + " \u00d7 " + number.tasks() + (number.paired() ? "" : ", apart"))
                        .withClass("n"),
                td(remark(number)));
    }

    /** In bold where it decides. */
    private static DomContent interval(Finding number, About question) {
        String words = number.interval(question)
                .map(i -> "[" + Words.decimal(i.low(), 3) + ", " + Words.decimal(i.high(), 3) + "]")
                .orElse(Phrases.NONE);
        return question == number.about() && number.interval(question).isPresent() ? b(words) : text(words);
    }

    /** Below five seeds each seed's own number. */
    private static String remark(Finding number) {
        return number.deciding().isPresent() || number.seedValues().isEmpty()
                ? number.mark()
                : "by seed: "
                        + number.seedValues().stream()
                                .map(value -> Words.signed(value, 3))
                                .collect(Collectors.joining(", "));
    }

    private DomContent rules() {
        List<ClaimKind> kinds = verdicts.stream()
                .flatMap(verdict -> verdict.kinds().stream())
                .distinct()
                .flatMap(kind -> ClaimKind.of(kind).stream())
                .toList();
        return details(
                summary("The rules"),
                dl(each(kinds, kind -> div(dt(kind.key()), dd(kind.rule())))).withClass("rules"),
                p("A claim holds if each of its numbers is shown to be what it must be, which needs no"
                        + " correction for their count. It does not hold if some number is shown to be otherwise"
                        + " after Holm's correction, by its own variance and by those pooled over places and"
                        + " rivals, for some seeds agree by chance. It is undecided otherwise, and below 5 seeds."
                        + " All at 2.5\u00a0% one-sided, shared among declared looks: that a number holds can be read off its"
                        + " interval, that it is refuted asks for more."));
    }

    private Table numbers() {
        Csv csv = new Csv(
                "claim",
                "preset",
                "outcome",
                "because",
                "evidence",
                "must_be",
                "value",
                "about",
                "low",
                "high",
                "other_low",
                "other_high",
                "paired",
                "seeds",
                "tasks",
                "rests_on");
        List<Table.Row> rows = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            List<String> first = List.of(
                    verdict.claim(),
                    verdict.preset(),
                    verdict.ruling().label(),
                    verdict.ruling().because());
            rows.add(Table.Row.of(first));
            if (verdict.ruling().findings().isEmpty()) {
                csv.row(with(first, "", "", "", "", "", "", "", "", "", "", "", ""));
            }
            for (Finding number : verdict.ruling().findings()) {
                csv.row(with(
                        first,
                        number.what(),
                        number.demand(),
                        Csv.number(number.value()),
                        number.about().key(),
                        Csv.number(Phrases.low(number.deciding())),
                        Csv.number(Phrases.high(number.deciding())),
                        Csv.number(Phrases.low(number.other())),
                        Csv.number(Phrases.high(number.other())),
                        number.paired() ? "yes" : "no",
                        Integer.toString(number.seeds()),
                        Integer.toString(number.tasks()),
                        number.restsOn().stream().map(String::valueOf).collect(Collectors.joining(" "))));
            }
        }
        return new Table(
                "claims",
                "Claims",
                List.of("claim", "preset", "verdict", "because"),
                4,
                rows,
                unseen().isEmpty() ? List.of("Rules: see the page.") : List.of("Rules: see the page.", unseen()),
                csv.toString());
    }

    private static List<String> with(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all;
    }
}
