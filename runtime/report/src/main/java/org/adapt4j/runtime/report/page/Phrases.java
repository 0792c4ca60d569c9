package org.adapt4j.runtime.report.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.adapt4j.runtime.report.folder.Words;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.statistics.Sample;
import org.adapt4j.runtime.report.study.Group;
import org.adapt4j.runtime.report.study.Study;

/** Numbers with their spread, and what several figures and tables say in the same words. */
final class Phrases {
    /** Where there is no number. */
    static final String NONE = "\u2013";

    private Phrases() {}

    /** " [0.42, 0.61]"; nothing where there is no interval. */
    static String brackets(Optional<Interval> interval) {
        return interval.map(i -> " [" + Words.decimal(i.low(), 2) + ", " + Words.decimal(i.high(), 2) + "]")
                .orElse("");
    }

    /** "0.52 ± 0.03", without the standard error where there is none. */
    static String plusMinus(Sample sample, int decimals) {
        String mean = Words.decimal(sample.mean(), decimals);
        OptionalDouble error = sample.standardError();
        return error.isPresent() ? mean + " \u00b1 " + Words.decimal(error.getAsDouble(), decimals) : mean;
    }

    /** The same with two decimals; a dash where there is no sample. */
    static String plusMinus(Optional<Sample> sample) {
        return sample.map(s -> plusMinus(s, 2)).orElse(NONE);
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

    static double error(Optional<Sample> sample) {
        return sample.map(s -> s.standardError().orElse(Double.NaN)).orElse(Double.NaN);
    }

    /** A method's name, with a dagger where its numbers stand on less than planned. */
    static String name(Group group) {
        return group.method() + (group.isIncomplete() ? " \u2020" : "");
    }

    /** What the daggers mean, one note for each. */
    static List<String> daggers(Study study) {
        return study.panels().stream()
                .flatMap(panel -> panel.shown().stream()
                        .filter(Group::isIncomplete)
                        .map(group -> "\u2020 " + group.method() + ", " + Look.heading(study, panel) + ": stands on "
                                + group.seeds().size() + " of "
                                + Words.plural(group.plannedSeeds().size(), "seed") + " and "
                                + group.tasks().size()
                                + " of " + Words.plural(group.plannedTasks().size(), "task") + "; without result: "
                                + group.missing().stream()
                                        .map(cell -> cell.task().orElse("all tasks") + " seed " + cell.seed() + " ("
                                                + cell.state().label() + ")")
                                        .collect(Collectors.joining(", "))
                                + "."))
                .distinct()
                .toList();
    }

    /** What lines and bands of curves mean. */
    static String bands(Study study) {
        Map<Integer, Long> seeds = new TreeMap<>(study.groups()
                .collect(Collectors.groupingBy(group -> group.seeds().size(), Collectors.counting())));
        if (seeds.isEmpty()) {
            return "";
        }
        String lines = "Each seed is averaged over its tasks first; the line is the mean over seeds";
        if (seeds.size() == 1 && seeds.containsKey(1)) {
            return lines + ". There is one seed, so there is no band: nothing here tells chance from merit.";
        }
        String cover = seeds.keySet().stream()
                .filter(count -> count > 1)
                .map(count -> Words.decimal(100 * Sample.coverageOfOneStandardError(count), 1) + "\u00a0% with "
                        + Words.plural(count, "seed"))
                .collect(Collectors.joining(", "));
        return lines + ", the band is \u00b1 one standard error over seeds (n \u2212 1 in the denominator). Such a band"
                + " is no 95\u00a0% interval: were the seeds normal, it would hold the true mean in " + cover + ".";
    }

    /** What broken lines mean, if there are any. */
    static String brokenLines(Study study) {
        return study.groups().anyMatch(Group::isIncomplete)
                ? " Broken lines stand on an incomplete set of cells; see the list of cells."
                : "";
    }
}
