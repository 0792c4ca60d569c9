package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
            Optional<Estimate> valid = valid(question.contrast(), question.about());
            hasPlain |= valid.isEmpty() || question.variation().isPresent();
            return valid.orElse(plain);
        }

        /** What a number has after a look that was not declared, if it has any. */
        private static Optional<Estimate> valid(Contrast contrast, About about) {
            return about == About.THESE ? contrast.alwaysValid() : Optional.empty();
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
            parts(parts, owners);
            List<Varied> varied = questions.stream()
                    .filter(question -> question.variation().isPresent())
                    .map(this::varied)
                    .toList();
            Judge judge = Judge.of(parts, refuting(varied, parts.size()), at.looks());
            boolean holds = judge.open().isEmpty() && varied.stream().allMatch(Varied::holds);
            Outcome outcome = judge.outcome() == Outcome.DOES_NOT_HOLD
                    ? Outcome.DOES_NOT_HOLD
                    : holds ? Outcome.HOLDS : Outcome.UNDECIDED;
            List<String> sentences = new ArrayList<>();
            switch (outcome) {
                case HOLDS -> holds(judge, owners, varied, sentences);
                case DOES_NOT_HOLD -> refuted(judge, owners, varied, sentences);
                case UNDECIDED -> open(judge, owners, varied, sentences);
            }
            return ruling(
                    outcome,
                    true,
                    sentences,
                    outcome == Outcome.UNDECIDED ? Map.of() : rests(judge, owners, varied, outcome));
        }

        /** All parts of all numbers, and of which number each is. */
        private void parts(List<Judge.Part> parts, List<Question> owners) {
            for (int i = 0; i < questions.size(); i++) {
                for (Judge.Part part : questions.get(i).parts(estimates.get(i))) {
                    parts.add(part);
                    owners.add(questions.get(i));
                }
            }
        }

        /**
         * The test of whether a lead differs from task to task.
         *
         * @param holds whether it does
         * @param refuting the p value by which it does not; of two, of which either may be, the smaller
         * @param words what was found
         * @param test by what p value, if any, it does
         */
        private record Varied(Question question, boolean holds, double refuting, String words, String test) {
            private String found() {
                return words + (test.isEmpty() ? "" : ", " + test);
            }
        }

        /** The p values by which leads do not differ. What holds is not refuted; with signs, the smaller of two is taken, which counts twice among others. */
        private static List<Double> refuting(List<Varied> varied, int parts) {
            boolean alone = parts + varied.size() == 1;
            return varied.stream()
                    .map(one -> one.holds()
                            ? 1.0
                            : Math.min(
                                    1,
                                    (!alone
                                                            && one.question()
                                                                    .variation()
                                                                    .orElseThrow()
                                                                    .signs()
                                                    ? 2
                                                    : 1)
                                            * one.refuting()))
                    .toList();
        }

        private Varied varied(Question question) {
            Question.Variation wanted = question.variation().orElseThrow();
            if (wanted.signs()) {
                return signs(question);
            }
            Heterogeneity found = Heterogeneity.of(question.contrast().sides().get(0));
            return new Varied(
                    question,
                    found.outcome(wanted.margin(), alpha()) == Outcome.HOLDS,
                    found.refuting(wanted.margin()),
                    question.what() + " \u2013 deviation between tasks " + Numerals.number(found.size()),
                    Double.isNaN(found.p())
                            ? "not tested, for seeds agree on how tasks differ, and nothing tells what is chance"
                            : Numerals.p(found.p()));
        }

        /** It holds with a task above 0 and one below, corrected after Holm; it does not where all lie on one side. */
        private Varied signs(Question question) {
            int tasks = question.contrast().taskCount();
            double[] p = new double[2 * tasks];
            for (int t = 0; t < tasks; t++) {
                Estimate task = question.contrast().task(t).estimate(About.THESE);
                p[t] = task.notAbove(0);
                p[tasks + t] = task.notBelow(0);
            }
            double allAbove = Arrays.stream(p, 0, tasks).max().orElse(1);
            double allBelow = Arrays.stream(p, tasks, 2 * tasks).max().orElse(1);
            double[] adjusted = Holm.adjust(p);
            long above = Arrays.stream(adjusted, 0, tasks)
                    .filter(one -> one <= alpha())
                    .count();
            long below = Arrays.stream(adjusted, tasks, 2 * tasks)
                    .filter(one -> one <= alpha())
                    .count();
            return new Varied(
                    question,
                    above > 0 && below > 0,
                    Math.min(allAbove, allBelow),
                    question.what() + " \u2013 above 0 on " + above + " and below 0 on " + below + " of " + tasks
                            + " tasks",
                    "");
        }

        /** Seeds without which what made the verdict would say something else, the rest being judged as a whole. */
        private Map<Question, List<Integer>> rests(
                Judge judge, List<Question> owners, List<Varied> varied, Outcome outcome) {
            Map<Question, List<Integer>> rests = new LinkedHashMap<>();
            Set<Integer> seeds = new TreeSet<>();
            questions.forEach(question -> question.contrast().sides().forEach(side -> seeds.addAll(side.seeds())));
            for (int seed : seeds) {
                List<Judge.Part> parts = new ArrayList<>();
                for (int i = 0; i < owners.size(); i++) {
                    Judge.Part part = judge.parts().get(i);
                    About about = owners.get(i).about();
                    parts.add(owners.get(i)
                            .contrast()
                            .without(seed)
                            .map(less -> new Judge.Part(part.key(), part.sign(), part.margin(), after(less, about)))
                            .orElse(part));
                }
                List<Varied> less = varied.stream()
                        .map(one -> one.question()
                                .contrast()
                                .without(seed)
                                .map(contrast -> varied(one.question().of(contrast)))
                                .orElse(one))
                        .toList();
                Judge without = Judge.of(parts, refuting(less, parts.size()), at.looks());
                Set<Question> changed = new LinkedHashSet<>();
                if (outcome == Outcome.HOLDS) {
                    without.open().forEach(i -> changed.add(owners.get(i)));
                } else {
                    judge.refuted().stream()
                            .filter(i -> !without.refuted().contains(i))
                            .forEach(i -> changed.add(owners.get(i)));
                }
                for (int i = 0; i < varied.size(); i++) {
                    boolean differs = outcome == Outcome.HOLDS
                            ? !less.get(i).holds()
                            : judge.isOtherRefuted(i) && !without.isOtherRefuted(i);
                    if (differs) {
                        changed.add(varied.get(i).question());
                    }
                }
                changed.forEach(question ->
                        rests.computeIfAbsent(question, q -> new ArrayList<>()).add(seed));
            }
            return rests;
        }

        /** The number of what is left without a seed, by the same rule. */
        private Estimate after(Contrast less, About about) {
            Estimate plain = less.estimate(about);
            return at.lookedAt() > 0 && plain.isKnown() ? valid(less, about).orElse(plain) : plain;
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
            varied.forEach(one -> sentences.add(Words.capital(one.found()) + "."));
        }

        private void refuted(Judge judge, List<Question> owners, List<Varied> varied, List<String> sentences) {
            List<Integer> refuted = judge.refuted();
            if (!refuted.isEmpty()) {
                double largest = refuted.stream()
                        .mapToDouble(i -> judge.adjusted().get(i))
                        .max()
                        .orElse(0);
                sentences.add("Contradicted by " + told(refuted.stream().map(owners::get)) + "; largest refuting "
                        + Numerals.p(largest) + (judge.adjusted().size() > 1 ? ", corrected after Holm" : "") + ".");
            }
            IntStream.range(0, varied.size())
                    .filter(judge::isOtherRefuted)
                    .forEach(i -> sentences.add("Contradicted by "
                            + varied.get(i).words() + "; refuting "
                            + Numerals.p(judge.adjusted().get(judge.parts().size() + i))
                            + (judge.adjusted().size() > 1 ? ", corrected after Holm" : "") + "."));
        }

        private void open(Judge judge, List<Question> owners, List<Varied> varied, List<String> sentences) {
            Set<Question> open = new LinkedHashSet<>();
            judge.open().forEach(i -> open.add(owners.get(i)));
            if (!open.isEmpty()) {
                sentences.add("Open: " + told(open.stream()) + ".");
                prospects(open, judge, owners, sentences);
            }
            varied.stream().filter(one -> !one.holds()).forEach(one -> sentences.add("Open: " + one.found() + "."));
        }

        /**
         * How many seeds would decide; not after a look that was not declared, for then no fixed number does.
         *
         * @param judge which refutes by pooled variances too
         * @param owners of its parts
         */
        private void prospects(Set<Question> open, Judge judge, List<Question> owners, List<String> sentences) {
            if (at.lookedAt() > 0) {
                return;
            }
            open.stream()
                    .limit(FEW)
                    .map(question -> {
                        List<Judge.Refuting> refuting = IntStream.range(0, owners.size())
                                .filter(i -> owners.get(i).equals(question))
                                .mapToObj(judge.refuting()::get)
                                .toList();
                        String words = new Prospect(
                                        question,
                                        refuting,
                                        at.looks(),
                                        open.size(),
                                        judge.adjusted().size())
                                .words();
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
                    .filter(question -> question.lacks(at.outstanding()).isPresent()
                            || question.parts(estimates.get(questions.indexOf(question))).stream()
                                    .anyMatch(part -> part.holding() > alpha()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!lacks.isEmpty() && !several.isEmpty()) {
                List<Judge.Part> parts = new ArrayList<>();
                List<Question> owners = new ArrayList<>();
                parts(parts, owners);
                long varied = questions.stream()
                        .filter(question -> question.variation().isPresent())
                        .count();
                prospects(
                        several,
                        Judge.of(parts, Collections.nCopies((int) varied, 1.0), at.looks()),
                        owners,
                        sentences);
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
                                ? "after which only paired numbers about these tasks can be judged, and not how tasks differ: the"
                                        + " rest takes no account of the look."
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

        /** The interval of the question that decides nothing; none after a look that was not declared, unless one is valid then. */
        private Optional<Interval> other(Contrast contrast, About about) {
            return (at.lookedAt() == 0 ? Optional.of(contrast.estimate(about)) : valid(contrast, about))
                    .flatMap(estimate -> estimate.interval(alpha()));
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
                    enough ? other(contrast, question.about().other()) : Optional.empty(),
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
