package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapt4j.runtime.report.folder.Words;

/**
 * What the numbers say of a claim, with the reasons.
 *
 * @param outcome of the rule
 * @param isProvisional whether cells that count are still to come, so that the outcome is what it would be so far
 * @param isJudged whether anything was tested, which it is not below five seeds
 * @param seeds fewest that any number stands on
 * @param alpha one-sided level
 * @param because why, in sentences
 * @param findings the numbers looked at
 */
public record Ruling(
        Outcome outcome,
        boolean isProvisional,
        boolean isJudged,
        int seeds,
        double alpha,
        String because,
        List<Finding> findings) {
    /** So many are named, more are counted. */
    private static final int FEW = 3;

    /** Copies the list. */
    public Ruling {
        findings = List.copyOf(findings);
    }

    /**
     * Under which circumstances is judged.
     *
     * @param outstanding whether planned cells may still come
     * @param looks how many looks were declared, 1 for the one at the end
     * @param lookedAt seeds of an earlier look that was not declared, 0 if there was none
     * @param missing what is not there at all
     * @param remarks to be made whatever the outcome
     */
    public record Circumstances(
            boolean outstanding, int looks, int lookedAt, List<String> missing, List<String> remarks) {
        /** Copies the lists. */
        public Circumstances {
            missing = List.copyOf(missing);
            remarks = List.copyOf(remarks);
        }
    }

    /** "holds", "provisional: would hold so far". */
    public String label() {
        if (!isProvisional) {
            return outcome.label();
        }
        return switch (outcome) {
            case HOLDS -> "provisional: would hold so far";
            case DOES_NOT_HOLD -> "provisional: would not hold so far";
            case UNDECIDED -> "provisional: undecided so far";
        };
    }

    /** Whether the verdict, if it is one, stands on five to nine seeds, too few for the shape of scores to be seen. */
    public boolean hasFewSeeds() {
        return outcome != Outcome.UNDECIDED && seeds < Judge.RECOMMENDED;
    }

    /** Judges. */
    public static Ruling of(List<Question> questions, Circumstances circumstances) {
        return new Court(questions, circumstances).rule();
    }

    /** Work on one ruling. */
    private static final class Court {
        private final List<Question> questions;
        private final Circumstances at;
        private final List<Estimate> estimates = new ArrayList<>();
        /** Whether some number was looked at before and has no interval that takes account of it. */
        private boolean hasPlain;

        Court(List<Question> questions, Circumstances at) {
            this.questions = questions;
            this.at = at;
            questions.forEach(question -> estimates.add(estimate(question)));
        }

        private Estimate estimate(Question question) {
            Estimate plain = question.contrast().estimate(question.about());
            if (at.lookedAt() == 0 || !plain.isKnown()) {
                return plain;
            }
            Optional<Estimate> valid =
                    question.about() == About.THESE ? question.contrast().alwaysValid() : Optional.empty();
            hasPlain |= valid.isEmpty();
            return valid.orElse(plain);
        }

        private double alpha() {
            return Judge.ALPHA / at.looks();
        }

        Ruling rule() {
            Map<String, Set<String>> lacks = new LinkedHashMap<>();
            for (Question question : questions) {
                question.lacks(at.outstanding())
                        .ifPresent(reason -> lacks.computeIfAbsent(reason, r -> new LinkedHashSet<>())
                                .add(question.what()));
            }
            if (!at.missing().isEmpty() || !lacks.isEmpty() || questions.isEmpty()) {
                return ruling(Outcome.UNDECIDED, false, undecided(lacks), Map.of());
            }
            List<Judge.Part> parts = new ArrayList<>();
            List<Question> owners = new ArrayList<>();
            for (int i = 0; i < questions.size(); i++) {
                for (Judge.Part part : questions.get(i).parts(estimates.get(i))) {
                    parts.add(part);
                    owners.add(questions.get(i));
                }
            }
            Judge judge = Judge.of(parts, at.looks());
            List<Varied> varied = questions.stream()
                    .filter(question -> question.variation().isPresent())
                    .map(this::varied)
                    .toList();
            Outcome outcome = together(parts.isEmpty() ? Stream.empty() : Stream.of(judge.outcome()), varied);
            List<String> sentences = new ArrayList<>();
            Map<Question, List<Integer>> rests = new LinkedHashMap<>();
            switch (outcome) {
                case HOLDS -> {
                    holds(judge, owners, varied, sentences);
                    for (int i = 0; i < parts.size(); i++) {
                        rests(owners.get(i), parts.get(i), true, rests);
                    }
                }
                case DOES_NOT_HOLD -> {
                    refuted(judge, owners, varied, sentences);
                    judge.refuted().forEach(i -> rests(owners.get(i), parts.get(i), false, rests));
                }
                case UNDECIDED -> open(judge, owners, varied, sentences);
            }
            return ruling(outcome, true, sentences, rests);
        }

        private static Outcome together(Stream<Outcome> parts, List<Varied> varied) {
            Set<Outcome> all =
                    Stream.concat(parts, varied.stream().map(Varied::outcome)).collect(Collectors.toSet());
            return all.contains(Outcome.DOES_NOT_HOLD)
                    ? Outcome.DOES_NOT_HOLD
                    : all.contains(Outcome.UNDECIDED) ? Outcome.UNDECIDED : Outcome.HOLDS;
        }

        /** The test of whether a lead differs from task to task. */
        private record Varied(Question question, Outcome outcome, String words) {}

        private Varied varied(Question question) {
            Question.Variation wanted = question.variation().orElseThrow();
            if (wanted.signs()) {
                return signs(question);
            }
            Heterogeneity found = Heterogeneity.of(question.contrast().sides().get(0));
            int items = questions.size();
            Outcome outcome = found.outcome(wanted.margin(), alpha()) == Outcome.HOLDS
                    ? Outcome.HOLDS
                    : found.outcome(wanted.margin(), alpha() / items) == Outcome.DOES_NOT_HOLD
                            ? Outcome.DOES_NOT_HOLD
                            : Outcome.UNDECIDED;
            return new Varied(
                    question,
                    outcome,
                    question.what() + " \u2013 deviation between tasks " + Numerals.number(found.size()) + ", "
                            + (Double.isNaN(found.p())
                                    ? "not tested, for there is no spread between seeds"
                                    : Numerals.p(found.p())));
        }

        private Varied signs(Question question) {
            int tasks = question.contrast().taskCount();
            double[] p = new double[2 * tasks];
            int above = 0;
            int below = 0;
            int oneSide = 0;
            for (int t = 0; t < tasks; t++) {
                Estimate task = question.contrast().task(t).estimate(About.THESE);
                p[t] = task.notAbove(0);
                p[tasks + t] = task.notBelow(0);
                oneSide += task.interval(alpha())
                        .map(ends -> ends.above(0) ? 1 : ends.below(0) ? -1 : 0)
                        .orElse(0);
            }
            double[] adjusted = Holm.adjust(p);
            for (int t = 0; t < tasks; t++) {
                above += adjusted[t] <= alpha() ? 1 : 0;
                below += adjusted[tasks + t] <= alpha() ? 1 : 0;
            }
            Outcome outcome = above > 0 && below > 0
                    ? Outcome.HOLDS
                    : Math.abs(oneSide) == tasks ? Outcome.DOES_NOT_HOLD : Outcome.UNDECIDED;
            return new Varied(
                    question,
                    outcome,
                    question.what() + " \u2013 above 0 on " + above + " and below 0 on " + below + " of " + tasks
                            + " tasks");
        }

        private void rests(Question question, Judge.Part part, boolean holds, Map<Question, List<Integer>> rests) {
            List<Integer> seeds = new ArrayList<>(rests.getOrDefault(question, List.of()));
            for (Contrast.Left left : question.contrast().leavingOneOut()) {
                Estimate rest = left.rest().estimate(question.about());
                Estimate signed = part.sign() > 0 ? rest : rest.negated();
                double p = holds ? signed.notAbove(part.margin()) : signed.notBelow(part.margin());
                if (p > alpha() && !seeds.contains(left.seed())) {
                    seeds.add(left.seed());
                }
            }
            if (!seeds.isEmpty()) {
                seeds.sort(Comparator.naturalOrder());
                rests.put(question, seeds);
            }
        }

        private void holds(Judge judge, List<Question> owners, List<Varied> varied, List<String> sentences) {
            if (!judge.parts().isEmpty()) {
                int weakest = IntStream.range(0, owners.size())
                        .boxed()
                        .max(Comparator.comparingDouble(
                                i -> judge.parts().get(i).holding()))
                        .orElseThrow();
                double p = judge.parts().get(weakest).holding();
                sentences.add(
                        (owners.size() == 1 ? "Supported: " : "Supported by all " + owners.size() + " parts; weakest: ")
                                + told(owners.get(weakest)) + ", " + Numerals.p(p) + ".");
            }
            varied.forEach(one -> sentences.add(Words.capital(one.words()) + "."));
        }

        private void refuted(Judge judge, List<Question> owners, List<Varied> varied, List<String> sentences) {
            List<Integer> refuted = judge.refuted();
            if (!refuted.isEmpty()) {
                double largest = refuted.stream()
                        .mapToDouble(i -> judge.adjusted().get(i))
                        .max()
                        .orElse(0);
                sentences.add("Contradicted by " + told(refuted.stream().map(owners::get)) + "; largest refuting "
                        + Numerals.p(largest) + (owners.size() > 1 ? ", corrected after Holm" : "") + ".");
            }
            varied.stream()
                    .filter(one -> one.outcome() == Outcome.DOES_NOT_HOLD)
                    .forEach(one -> sentences.add("Contradicted by " + one.words() + "."));
        }

        private void open(Judge judge, List<Question> owners, List<Varied> varied, List<String> sentences) {
            Set<Question> open = new LinkedHashSet<>();
            judge.open().forEach(i -> open.add(owners.get(i)));
            if (!open.isEmpty()) {
                sentences.add("Open: " + told(open.stream()) + ".");
                prospects(open, sentences);
            }
            varied.stream()
                    .filter(one -> one.outcome() == Outcome.UNDECIDED)
                    .forEach(one -> sentences.add("Open: " + one.words() + "."));
        }

        /** How many seeds would decide; not after a look that was not declared, for then no fixed number does. */
        private void prospects(Set<Question> open, List<String> sentences) {
            if (at.lookedAt() > 0) {
                return;
            }
            open.stream()
                    .limit(FEW)
                    .map(question -> {
                        String words = Prospect.of(question, open.size(), alpha());
                        return words.isEmpty() || open.size() == 1 ? words : question.what() + ": " + words;
                    })
                    .filter(words -> !words.isEmpty())
                    .forEach(words -> sentences.add(Words.capital(words) + "."));
        }

        private List<String> undecided(Map<String, Set<String>> lacks) {
            List<String> sentences = new ArrayList<>();
            lacks.forEach((reason, whats) -> sentences.add(
                    Words.capital(reason) + (whats.size() == questions.size() ? "" : ": " + named(whats)) + "."));
            if (!at.missing().isEmpty()) {
                sentences.add("Missing: " + String.join("; ", at.missing()) + ".");
            }
            Set<Question> several = questions.stream()
                    .filter(question -> question.contrast().seedCount() > 1)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!lacks.isEmpty() && !several.isEmpty()) {
                prospects(several, sentences);
            }
            return sentences;
        }

        private static String named(Set<String> whats) {
            return whats.size() <= FEW ? String.join("; ", whats) : Words.plural(whats.size(), "number");
        }

        private String told(Stream<Question> some) {
            List<Question> distinct = some.distinct().toList();
            String first = distinct.stream().limit(FEW).map(this::told).collect(Collectors.joining("; "));
            return distinct.size() <= FEW
                    ? first
                    : first + "; and " + Words.plural(distinct.size() - FEW, "other number");
        }

        private String told(Question question) {
            Estimate estimate = estimates.get(questions.indexOf(question));
            return question.what() + ", " + Numerals.signed(estimate.value())
                    + Numerals.interval(estimate.interval(alpha()));
        }

        private Ruling ruling(
                Outcome outcome, boolean judged, List<String> sentences, Map<Question, List<Integer>> rests) {
            List<String> all = new ArrayList<>(sentences);
            int seeds = questions.stream()
                    .mapToInt(question -> question.contrast().seedCount())
                    .min()
                    .orElse(0);
            if (!questions.isEmpty()) {
                all.add(basis(seeds));
            }
            if (at.lookedAt() > 0) {
                all.add("Extended after a look at " + at.lookedAt() + " seeds, "
                        + (hasPlain
                                ? "after which only paired numbers about these tasks can be judged: other intervals take no account"
                                        + " of the look."
                                : "so intervals are those that are valid however often one looks."));
            }
            if (at.looks() > 1) {
                all.add("One of " + at.looks() + " looks declared beforehand, so intervals are of "
                        + Words.shortest(100 * (1 - 2 * alpha())) + "\u00a0%.");
            }
            at.remarks().forEach(remark -> all.add(remark + "."));
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < questions.size(); i++) {
                findings.add(
                        finding(questions.get(i), estimates.get(i), rests.getOrDefault(questions.get(i), List.of())));
            }
            return new Ruling(
                    outcome, at.outstanding() || hasPlain, judged, seeds, alpha(), String.join(" ", all), findings);
        }

        /** On what it stands: "About tasks like these; 5 seeds, 6 tasks." */
        private String basis(int seeds) {
            String about = questions.stream()
                    .map(question -> question.about().label())
                    .distinct()
                    .collect(Collectors.joining(" and "));
            int tasks = questions.stream()
                    .mapToInt(question -> question.contrast().taskCount())
                    .min()
                    .orElse(0);
            String demands = questions.stream().map(Question::demand).distinct().count() == 1
                    ? "; asked for: " + questions.get(0).demand()
                    : "";
            return "About " + about + "; " + Words.plural(seeds, "seed") + ", " + Words.plural(tasks, "task") + demands
                    + ".";
        }

        private Finding finding(Question question, Estimate estimate, List<Integer> restsOn) {
            Contrast contrast = question.contrast();
            boolean enough = contrast.seedCount() >= Judge.FEWEST;
            double[] values = contrast.seedValues();
            return new Finding(
                    question.what(),
                    question.demand(),
                    contrast.value(),
                    question.about(),
                    enough ? estimate.interval(alpha()) : Optional.empty(),
                    enough ? contrast.estimate(question.about().other()).interval(alpha()) : Optional.empty(),
                    contrast.isPaired(),
                    contrast.seedCount(),
                    contrast.taskCount(),
                    values.length <= Judge.RECOMMENDED
                            ? Arrays.stream(values).boxed().toList()
                            : List.of(),
                    restsOn);
        }
    }
}
