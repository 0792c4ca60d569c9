package org.adapt4j.runtime.report.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.judge.Demand;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Question;
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
    record Term(double weight, Group group, Yardstick measure) {}

    /** The question that the numbers of the first so many seeds are asked; empty where some side has no seed that is whole. */
    Optional<Question> question(int firstSeeds) {
        return tasks.isEmpty()
                ? Optional.empty()
                : Contrast.of(numbers(firstSeeds))
                        .map(contrast -> new Question(what, key, contrast, about, demands, variation));
    }

    /** Whether the first so many planned seeds have all they are to have. */
    boolean isComplete(int firstSeeds) {
        return numbers(firstSeeds).stream()
                .map(Contrast.Term::table)
                .allMatch(table ->
                        table.seeds().size() == firstSeeds && table.whole().size() == firstSeeds);
    }

    /** Of the seeds that count, so that a look at the first of them looks at the same ones of each side. */
    private List<Contrast.Term> numbers(int firstSeeds) {
        List<List<Integer>> seeds = seeds(groups(), firstSeeds);
        List<Contrast.Term> numbers = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            Contrast.Term all = term.measure().term(term.weight(), term.group(), tasks);
            numbers.add(new Contrast.Term(all.weight(), all.table().of(seeds.get(i)), all.low(), all.high()));
        }
        return numbers;
    }

    /** The first so many seeds of each group: of those that all have where these are paired, of its own otherwise. */
    static List<List<Integer>> seeds(List<Group> groups, int first) {
        return Contrast.agree(groups.stream().map(Group::plannedSeeds).toList()).stream()
                .map(seeds -> seeds.stream().limit(first).toList())
                .toList();
    }

    private List<Group> groups() {
        return terms.stream().map(Term::group).toList();
    }

    /** Fewest seeds that are planned for any side and count. */
    int plannedSeeds() {
        return seeds(groups(), Integer.MAX_VALUE).stream()
                .mapToInt(List::size)
                .min()
                .orElse(0);
    }

    /** Whether what it sums up has the same seeds. */
    boolean isPaired() {
        return Contrast.arePaired(groups().stream().map(Group::plannedSeeds).toList());
    }
}
