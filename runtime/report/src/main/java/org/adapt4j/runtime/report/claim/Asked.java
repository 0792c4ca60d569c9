package org.adapt4j.runtime.report.claim;

import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.judge.Demand;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Question;
import org.adapt4j.runtime.report.judge.Table;
import org.adapt4j.runtime.report.study.Group;

/**
 * A number that a part of a claim asks for, whether there is anything to compute it from or not.
 *
 * @param what it is, in words
 * @param key which contrast
 * @param terms what it is a sum of
 * @param tasks it is about
 * @param about which question
 * @param demands that it must meet
 * @param variation how it must differ between tasks, where that is asked
 */
record Asked(
        String what,
        Judge.Key key,
        List<Term> terms,
        List<String> tasks,
        About about,
        List<Demand> demands,
        Optional<Question.Variation> variation) {

    /** A method's numbers at a place, with their weight. */
    record Term(double weight, Group group, Yardstick measure) {
        private Contrast.Term numbers(List<String> tasks, int firstSeeds) {
            Contrast.Term all = measure.term(weight, group, tasks);
            return new Contrast.Term(all.weight(), all.table().first(firstSeeds), all.low(), all.high());
        }
    }

    /** The question that the numbers of the first so many seeds are asked; empty where some side has no seed that is whole. */
    Optional<Question> question(int firstSeeds) {
        return tasks.isEmpty()
                ? Optional.empty()
                : Contrast.of(terms.stream()
                                .map(term -> term.numbers(tasks, firstSeeds))
                                .toList())
                        .map(contrast -> new Question(what, key, contrast, about, demands, variation));
    }

    /** Whether the first so many planned seeds have all they are to have. */
    boolean isComplete(int firstSeeds) {
        return terms.stream().allMatch(term -> {
            Table table = term.numbers(tasks, firstSeeds).table();
            return table.seeds().size() == firstSeeds && table.whole().size() == firstSeeds;
        });
    }

    /** Fewest seeds that are planned for any side. */
    int plannedSeeds() {
        return terms.stream()
                .mapToInt(term -> term.group().plannedSeeds().size())
                .min()
                .orElse(0);
    }

    /** Whether it asks for likeness. */
    boolean isEquivalence() {
        return demands.size() == 2;
    }
}
