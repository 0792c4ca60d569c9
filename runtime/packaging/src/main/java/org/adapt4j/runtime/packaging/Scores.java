package org.adapt4j.runtime.packaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.adapt4j.runtime.report.figure.Csv;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.folder.RunFolder;
import org.adapt4j.runtime.report.judge.About;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.judge.Estimate;
import org.adapt4j.runtime.report.judge.Grid;
import org.adapt4j.runtime.report.judge.Holm;
import org.adapt4j.runtime.report.judge.Interval;
import org.adapt4j.runtime.report.judge.Judge;
import org.adapt4j.runtime.report.judge.Power;

/**
 * Compares the scores of two runs by what a package declares, see {@link Terms}: each method at each place of the grid, over all tasks and
 * task by task.
 *
 * <p>Seeds are the unit, never cells, and both sides are taken for independent, since on another machine chance is another: Welch's interval
 * (ADR 0008 tells why no bootstrap over cells). Holm's correction is over the tasks of a place.
 */
final class Scores {
    private static final double BOTH_TAILS = 2 * Judge.ALPHA;
    private static final String ALL = "all tasks";

    /**
     * A difference of two runs.
     *
     * @param place method and coordinates
     * @param task name, or {@value #ALL}
     * @param seedsBefore and {@code seedsNow}: how many there are on each side
     * @param before mean normalised score
     * @param now the same of the new run
     * @param interval of the difference, 95 %
     * @param p that there is none, of single tasks after Holm's correction
     * @param outcome in short
     * @param words the verdict for people
     */
    record Row(
            String place,
            String task,
            int seedsBefore,
            int seedsNow,
            double before,
            double now,
            Optional<Interval> interval,
            double p,
            Level.Outcome outcome,
            String words) {}

    private final RunFolder old;
    private final RunFolder again;
    private final Terms terms;
    private final List<Row> rows = new ArrayList<>();

    Scores(RunFolder old, RunFolder again, Terms terms) {
        this.old = old;
        this.again = again;
        this.terms = terms;
        Map<String, Place> then = places(old);
        places(again).forEach((name, now) -> {
            Place before = then.get(name);
            if (before != null) {
                judge(name, before, now);
            }
        });
    }

    /** All differences: of each place over all tasks first, then of each of its tasks. */
    List<Row> rows() {
        return rows;
    }

    /** Of all places in short; the worst of them. */
    Level.Outcome outcome() {
        if (rows.isEmpty()) {
            return Level.Outcome.NOT_APPLICABLE;
        }
        if (rows.stream().anyMatch(row -> row.outcome() == Level.Outcome.DIFFERENT)) {
            return Level.Outcome.DIFFERENT;
        }
        // Single tasks are less certain than all together, and may stay open.
        return rows.stream().filter(row -> row.task().equals(ALL)).anyMatch(row -> row.outcome() == Level.Outcome.OPEN)
                ? Level.Outcome.OPEN
                : Level.Outcome.GOOD;
    }

    /** A line for each place. */
    String words() {
        if (rows.isEmpty()) {
            return "no method was measured on the same tasks in both runs";
        }
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            if (row.task().equals(ALL)) {
                lines.add(row.place() + ": " + row.words());
            } else if (row.outcome() == Level.Outcome.DIFFERENT) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + "; " + row.task() + ": " + row.words());
            }
        }
        return String.join("\n  ", lines);
    }

    /** As RFC 4180 has it, a row for each difference. */
    String csv() {
        Csv csv = new Csv(
                "place",
                "task",
                "seeds_before",
                "seeds_now",
                "before",
                "now",
                "difference",
                "low",
                "high",
                "p",
                "verdict");
        for (Row row : rows) {
            csv.row(List.of(
                    row.place(),
                    row.task(),
                    Integer.toString(row.seedsBefore()),
                    Integer.toString(row.seedsNow()),
                    Csv.number(row.before()),
                    Csv.number(row.now()),
                    Csv.number(row.now() - row.before()),
                    row.interval().map(found -> Csv.number(found.low())).orElse(""),
                    row.interval().map(found -> Csv.number(found.high())).orElse(""),
                    Csv.number(row.p()),
                    row.words()));
        }
        return csv.toString();
    }

    /** Scores of one method at one place: of each seed, by task. */
    private record Place(SortedMap<Integer, SortedMap<String, Double>> scores) {
        /** Tasks that every seed has; where seeds have none in common, those of the first. */
        List<String> tasks() {
            SortedMap<String, Double> first = scores.values().iterator().next();
            List<String> common = first.keySet().stream()
                    .filter(task -> scores.values().stream().allMatch(tasks -> tasks.containsKey(task)))
                    .toList();
            return common.isEmpty() ? List.copyOf(first.keySet()) : common;
        }

        /** Of the seeds that have all of some tasks; empty if none has. */
        Optional<Grid> grid(List<String> tasks) {
            List<Integer> seeds = new ArrayList<>();
            List<double[]> rows = new ArrayList<>();
            scores.forEach((seed, own) -> {
                if (own.keySet().containsAll(tasks)) {
                    seeds.add(seed);
                    rows.add(tasks.stream()
                            .mapToDouble(task -> own.getOrDefault(task, Double.NaN))
                            .toArray());
                }
            });
            return seeds.isEmpty() ? Optional.empty() : Optional.of(Grid.of(seeds, rows.toArray(double[][]::new)));
        }
    }

    private void judge(String name, Place before, Place now) {
        List<String> tasks = now.tasks();
        Optional<Grid> then = before.grid(tasks);
        Optional<Grid> today = now.grid(tasks);
        if (then.isEmpty() || today.isEmpty()) {
            return;
        }
        List<Row> single = new ArrayList<>();
        double[] values = new double[tasks.size()];
        List<Estimate> estimates = new ArrayList<>();
        for (int t = 0; t < values.length; t++) {
            Estimate estimate = independent(then.get().task(t), today.get().task(t));
            estimates.add(estimate);
            values[t] = twoSided(estimate);
        }
        double[] adjusted = Holm.adjust(values);
        for (int t = 0; t < values.length; t++) {
            single.add(row(name, tasks.get(t), then.get().task(t), today.get().task(t), estimates.get(t), adjusted[t]));
        }
        Estimate overall = independent(then.get(), today.get());
        rows.add(row(name, ALL, then.get(), today.get(), overall, twoSided(overall)));
        if (tasks.size() > 1) {
            rows.addAll(single);
        }
    }

    private static double twoSided(Estimate estimate) {
        return Math.min(1, 2 * Math.min(estimate.notAbove(0), estimate.notBelow(0)));
    }

    private Row row(String place, String task, Grid then, Grid today, Estimate estimate, double p) {
        Optional<Interval> interval = estimate.interval();
        int seeds = Math.min(then.seedCount(), today.seedCount());
        String range = String.format(
                Locale.ROOT,
                "%.3f after %.3f%s",
                today.mean(),
                then.mean(),
                interval.map(found ->
                                String.format(Locale.ROOT, ", difference [%.3f, %.3f]", found.low(), found.high()))
                        .orElse(""));
        boolean within = interval.isPresent() && interval.get().within(terms.margin());
        Level.Outcome outcome;
        String words;
        if (seeds >= Judge.FEWEST && within) {
            outcome = Level.Outcome.GOOD;
            words = "equivalent, " + range;
        } else if (seeds >= Judge.FEWEST && p <= BOTH_TAILS) {
            outcome = Level.Outcome.DIFFERENT;
            words = "different, " + range;
        } else {
            outcome = Level.Outcome.OPEN;
            words = "consistent, not enough runs, " + range + needed(then, today);
        }
        return new Row(
                place,
                task,
                then.seedCount(),
                today.seedCount(),
                then.mean(),
                today.mean(),
                interval,
                p,
                outcome,
                words);
    }

    /** How many seeds on each side would show two equal runs to be equivalent, by the spread that was seen. */
    private String needed(Grid then, Grid today) {
        double one = variance(then);
        double other = variance(today);
        if (Double.isNaN(one) && Double.isNaN(other)) {
            return "; one seed does not tell how many would decide, " + Judge.FEWEST + " at least";
        }
        double sum = (Double.isNaN(one) ? other : one) + (Double.isNaN(other) ? one : other);
        OptionalInt seeds = Power.seedsForEquivalence(Math.sqrt(sum), terms.margin(), Power.TARGET, Judge.ALPHA);
        return seeds.isPresent()
                ? "; " + Math.max(seeds.getAsInt(), Judge.FEWEST) + " seeds would decide"
                : "; no 1000 seeds would decide";
    }

    /** Of the seeds' means; NaN of one seed. */
    private static double variance(Grid grid) {
        double[] means = grid.seedMeans();
        double mean = grid.mean();
        double squares = 0;
        for (double value : means) {
            squares += (value - mean) * (value - mean);
        }
        return means.length < 2 ? Double.NaN : squares / (means.length - 1);
    }

    /** Seeds of the two sides carry the same numbers, but chance is not common to them on machines that differ. */
    private static Estimate independent(Grid then, Grid today) {
        List<Integer> others = today.seeds().stream().map(seed -> -1 - seed).toList();
        double[][] values = new double[today.seedCount()][today.taskCount()];
        for (int s = 0; s < values.length; s++) {
            for (int t = 0; t < values[s].length; t++) {
                values[s][t] = today.at(s, t);
            }
        }
        return Contrast.difference(Grid.of(others, values), then).estimate(About.THESE);
    }

    /** What each adaptation measured last; where nothing adapts, what each pre-training did. */
    private Map<String, Place> places(RunFolder run) {
        boolean adapts = again.adaptations().stream().anyMatch(Cell::isDone);
        Map<String, Place> places = new LinkedHashMap<>();
        for (Cell cell : adapts ? run.adaptations() : run.pretrainings()) {
            if (!cell.isDone()) {
                continue;
            }
            String name =
                    cell.method() + " (" + cell.preset() + ")" + (cell.labels().isEmpty() ? "" : " " + cell.labels());
            SortedMap<String, Double> tasks = places.computeIfAbsent(name, unused -> new Place(new TreeMap<>()))
                    .scores()
                    .computeIfAbsent(cell.seed(), unused -> new TreeMap<>());
            boolean held = cell.evaluations().stream()
                    .anyMatch(evaluation -> evaluation.split().equals("test"));
            cell.evaluations().stream()
                    .filter(evaluation -> !held || evaluation.split().equals("test"))
                    .forEach(evaluation -> tasks.put(evaluation.task(), evaluation.normalised()));
        }
        places.values().removeIf(place -> place.scores().values().stream().anyMatch(SortedMap::isEmpty));
        return places;
    }
}
