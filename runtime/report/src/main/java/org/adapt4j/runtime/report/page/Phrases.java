package org.adapt4j.runtime.report.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Study;

/** Numbers with their spread, and what several figures and tables say in the same words. */
final class Phrases {
    /** Where there is no number. */
    static final String NONE = "\u2013";

    /** How many cells a note names. */
    private static final int NAMED = 4;

    private Phrases() {}

    /** " [0.42, 0.61]"; nothing where there is no interval. */
    static String brackets(Optional<Interval> interval) {
        return interval.map(i -> " [" + Words.decimal(i.low(), 2) + ", " + Words.decimal(i.high(), 2) + "]")
                .orElse("");
    }

    /**
     * Mean over seeds: "0.52 [0.45, 0.59]" with its 95 % interval from five seeds on; below, "0.52 (0.48, 0.55)" with each seed's own
     * number, for so few have no interval; of one seed, the number.
     */
    static String spread(Sample sample, int decimals) {
        String mean = Words.decimal(sample.mean(), decimals);
        if (sample.count() == 1) {
            return mean;
        }
        return sample.count() < Judge.FEWEST
                ? mean
                        + sample.values().stream()
                                .map(value -> Words.decimal(value, decimals))
                                .collect(Collectors.joining(", ", " (", ")"))
                : mean
                        + sample.interval()
                                .map(ends -> " [" + Words.decimal(ends.low(), decimals) + ", "
                                        + Words.decimal(ends.high(), decimals) + "]")
                                .orElse("");
    }

    /** The same with two decimals; a dash where there is no sample. */
    static String spread(Optional<Sample> sample) {
        return sample.map(s -> spread(s, 2)).orElse(NONE);
    }

    /** What stands behind a mean in a table. */
    static String spreads(Study study) {
        boolean many = study.groups().anyMatch(group -> group.seeds().size() >= Judge.FEWEST);
        boolean few = study.groups()
                .anyMatch(group -> group.seeds().size() > 1 && group.seeds().size() < Judge.FEWEST);
        return (many ? " In square brackets: 95\u00a0% interval, Student's over the seeds, for these tasks." : "")
                + (few ? " In round brackets: each seed's own number; fewer than 5 seeds have no interval." : "");
    }

    static double low(Optional<Interval> interval) {
        return interval.map(Interval::low).orElse(Double.NaN);
    }

    static double high(Optional<Interval> interval) {
        return interval.map(Interval::high).orElse(Double.NaN);
    }

    static double mean(Optional<Sample> sample) {
        return sample.map(Sample::mean).orElse(Double.NaN);
    }

    static double lowOf(Optional<Sample> sample) {
        return low(sample.flatMap(Sample::interval));
    }

    static double highOf(Optional<Sample> sample) {
        return high(sample.flatMap(Sample::interval));
    }

    /** A method's name, with a dagger where its numbers stand on less than planned. */
    static String name(Group group) {
        return group.method() + (group.isIncomplete() || !group.diverged().isEmpty() ? " \u2020" : "");
    }

    /** What the daggers mean, one note for each. */
    static List<String> daggers(Study study) {
        return study.panels().stream()
                .flatMap(panel -> panel.shown().stream()
                        .filter(group ->
                                group.isIncomplete() || !group.diverged().isEmpty())
                        .map(group -> "\u2020 " + group.method() + ", " + Look.heading(study, panel) + ": stands on "
                                + group.seeds().size() + " of "
                                + Words.plural(group.plannedSeeds().size(), "seed") + " and "
                                + group.tasks().size()
                                + " of " + Words.plural(group.plannedTasks().size(), "task")
                                + named("without result", group.missing())
                                + named(
                                        "diverged, so from there on they count as score 0, or as what was measured last where that is less, and in no loss",
                                        group.diverged())
                                + "."))
                .distinct()
                .toList();
    }

    /** The first of them; all are listed further down the page, where their reasons are. */
    private static String named(String what, List<Cell> cells) {
        if (cells.isEmpty()) {
            return "";
        }
        int shown = cells.size() <= NAMED + 1 ? cells.size() : NAMED;
        String names = cells.stream()
                .limit(shown)
                .map(cell -> cell.task().orElse("all tasks") + " seed " + cell.seed() + " ("
                        + cell.state().label() + ")")
                .collect(Collectors.joining(", "));
        int more = cells.size() - shown;
        return "; " + what + ": " + names
                + (more == 0 ? "" : " and " + more + " more, which the page lists under Cells, and adapt4j status");
    }

    /** What lines and bands of curves mean. */
    static String bands(Study study) {
        return bands(
                study.isSimultaneous(),
                study.groups()
                        .mapToInt(group -> group.seeds().size())
                        .distinct()
                        .sorted()
                        .boxed()
                        .toList(),
                study.groups()
                        .mapToInt(group -> group.tasks().size())
                        .distinct()
                        .sorted()
                        .boxed()
                        .toList());
    }

    private static String bands(boolean simultaneous, List<Integer> seeds, List<Integer> tasks) {
        if (seeds.isEmpty()) {
            return "";
        }
        String line = "Line: mean of " + numbers(tasks, "task") + " over " + numbers(seeds, "seed") + ". ";
        String many = seeds.stream()
                .filter(count -> count >= Judge.FEWEST)
                .map(String::valueOf)
                .collect(Collectors.joining(" or "));
        if (many.isEmpty()) {
            return line
                    + (seeds.equals(List.of(1))
                            ? "There is one seed, so there is no band: nothing here tells chance from merit."
                            : "Fewer than 5 seeds have no band.");
        }
        return line + "Band: 95\u00a0% " + reach(simultaneous) + ", Student over " + many + " seeds, these tasks"
                + (seeds.get(0) < Judge.FEWEST ? "; none where there are fewer than 5" : "")
                + ". Bands of two methods that overlap say nothing about their difference.";
    }

    /** What a band of 95 % holds. */
    static String reach(boolean simultaneous) {
        return simultaneous ? "for the whole curve" : "at each point";
    }

    private static String numbers(List<Integer> counts, String noun) {
        return counts.size() == 1
                ? Words.plural(counts.get(0), noun)
                : counts.stream().map(String::valueOf).collect(Collectors.joining(" or ")) + " " + noun + "s";
    }

    /** What broken lines mean, if there are any. */
    static String brokenLines(Study study) {
        return study.groups().anyMatch(Group::isIncomplete)
                ? " Broken lines stand on an incomplete set of cells; see the list of cells."
                : "";
    }
}
