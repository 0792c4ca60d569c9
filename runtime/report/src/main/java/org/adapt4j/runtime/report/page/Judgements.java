package org.adapt4j.runtime.report.page;

import static j2html.TagCreator.a;
import static j2html.TagCreator.article;
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
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import j2html.tags.specialized.DivTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.claim.ClaimKind;
import org.adapt4j.runtime.report.claim.Verdict;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.study.Study;

/** What the plan claims, and what the numbers say about it. */
final class Judgements {
    private final Study study;
    private final List<Verdict> verdicts;

    private Judgements(Study study, List<Verdict> verdicts) {
        this.study = study;
        this.verdicts = verdicts;
    }

    /** Verdicts side by side, for the reader who stops early. */
    static Optional<Section> inShort(Study study, List<Verdict> verdicts) {
        return verdicts.isEmpty()
                ? Optional.empty()
                : Section.of(
                        "short",
                        "The claims in short",
                        Optional.of(new Part.Prose(new Judgements(study, verdicts).overview())));
    }

    /** Verdicts with their numbers and rules. */
    static Optional<Section> inFull(Study study, List<Verdict> verdicts) {
        Judgements judgements = new Judgements(study, verdicts);
        return verdicts.isEmpty()
                ? Optional.empty()
                : Section.of(
                        "claims",
                        "Claims, judged",
                        Optional.of(new Part.Prose(judgements.lead())),
                        Optional.of(new Part.Prose(each(judgements.byClaim(), Judgements::claim))),
                        Optional.of(new Part.Prose(judgements.rules())),
                        Optional.of(new Part.Beside(judgements.numbers())));
    }

    private Map<String, List<Verdict>> byClaim() {
        return verdicts.stream()
                .collect(Collectors.groupingBy(Verdict::claim, LinkedHashMap::new, Collectors.toList()));
    }

    private DomContent overview() {
        List<String> presets = verdicts.stream().map(Verdict::preset).distinct().toList();
        return div(table(
                                thead(tr(th("claim"), th(), each(presets, preset -> th(preset)))),
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
                                                                                chip(verdict.outcome()), text(" "))))
                                                                .withClass("c"))))))
                        .withClass("short"))
                .withClass("scroll");
    }

    private static DomContent chip(Verdict.Outcome outcome) {
        String colour = switch (outcome) {
            case HOLDS -> "good";
            case DOES_NOT_HOLD -> "bad";
            case UNDECIDED -> "warn";
        };
        return span(outcome.label()).withClass("chip " + colour);
    }

    private DomContent lead() {
        boolean few = study.fewestSeeds() > 1 && study.fewestSeeds() < 5;
        return p("What the plan claims, judged for each preset by a rule that was fixed beforehand. All numbers are"
                + " means of normalised scores over held-out tasks and seeds."
                + (few
                        ? " With fewer than 5 seeds intervals are too narrow, so read \u201cholds\u201d and \u201cdoes"
                                + " not hold\u201d as leanings."
                        : ""));
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
                        chip(verdict.outcome()),
                        text(" " + verdict.because())))
                .withClass("verdict");
        if (!verdict.evidence().isEmpty()) {
            html.with(details(
                    summary(Words.plural(verdict.evidence().size(), "number")),
                    div(table(
                                    thead(tr(
                                            th("quantity"),
                                            th("value").withClass("n"),
                                            th("95\u00a0% interval").withClass("n"),
                                            th("resampling").withClass("n"))),
                                    tbody(each(verdict.evidence(), Judgements::number))))
                            .withClass("scroll")));
        }
        return html;
    }

    private static DomContent number(Verdict.Evidence number) {
        return tr(
                td(number.what()),
                td(Words.signed(number.value(), 3)).withClass("n"),
                td(number.interval()
                                .map(i -> "[" + Words.decimal(i.low(), 3) + ", " + Words.decimal(i.high(), 3) + "]")
                                .orElse(Phrases.NONE))
                        .withClass("n"),
                td(number.interval().isEmpty() ? Phrases.NONE : number.paired() ? "paired" : "independent")
                        .withClass("n"));
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
                p("A claim of several parts holds only if each part does, so its parts are not corrected for"
                        + " their number. Intervals are 95\u00a0% stratified bootstrap intervals, paired where both sides"
                        + " have the same seeds."));
    }

    private Table numbers() {
        Csv csv = new Csv("claim", "preset", "outcome", "because", "evidence", "value", "low", "high", "paired");
        List<Table.Row> rows = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            List<String> first =
                    List.of(verdict.claim(), verdict.preset(), verdict.outcome().label(), verdict.because());
            rows.add(Table.Row.of(first));
            if (verdict.evidence().isEmpty()) {
                csv.row(with(first, "", "", "", "", ""));
            }
            for (Verdict.Evidence number : verdict.evidence()) {
                csv.row(with(
                        first,
                        number.what(),
                        Csv.number(number.value()),
                        Csv.number(Phrases.low(number.interval())),
                        Csv.number(Phrases.high(number.interval())),
                        number.paired() ? "yes" : "no"));
            }
        }
        return new Table(
                "claims",
                "Claims",
                List.of("claim", "preset", "verdict", "because"),
                4,
                rows,
                List.of("Rules: see the page."),
                csv.toString());
    }

    private static List<String> with(List<String> first, String... rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(rest));
        return all;
    }
}
