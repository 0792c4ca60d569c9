package org.adapt4j.runtime.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.adapt4j.runtime.run.CellFolder;
import org.adapt4j.runtime.run.Fingerprint;
import org.adapt4j.runtime.run.Sha256;
import org.adapt4j.runtime.run.StorageException;

/**
 * Compares cells that were run twice: bit by bit where the two machines are alike in all that decides bits, and otherwise by their scores.
 *
 * <p>By scores: for each method at each place of the grid, the difference of the normalised final scores, new minus old, with seeds as the
 * unit and both sides taken for independent. An interval of 95 % within the margin says equivalent; one that leaves zero out, or a task that
 * does after Holm's correction over the tasks, says different; anything else says how many seeds would decide.
 */
public final class Comparison {
    /** Normalised score within which two runs count as equivalent. */
    public static final double MARGIN = 0.05;

    private static final double BOTH_TAILS = 2 * Judge.ALPHA;
    private static final String BITWISE = "bitwise";
    private static final String STATISTICAL = "statistical";
    private static final List<String> SAME_FILES = List.of("metrics.jsonl", "evaluations.jsonl", "learned/SHA256SUMS");

    private final RunFolder old;
    private final RunFolder again;

    private Comparison(RunFolder old, RunFolder again) {
        this.old = old;
        this.again = again;
    }

    /** Compares the cells that have ended in both runs. @return a line for {@code bitwise} and one for {@code statistical} */
    public static List<Level> of(Path old, Path again) {
        Comparison comparison = new Comparison(RunFolder.read(old), RunFolder.read(again));
        Level bits = comparison.bitwise();
        return List.of(bits, comparison.statistical(bits.outcome() == Level.Outcome.GOOD));
    }

    /** Compares two runs of one cell bit by bit. @param before and now its folders */
    public static Level ofCells(Path before, Path now) {
        Optional<String> reason = incomparable(before, now);
        if (reason.isPresent()) {
            return new Level(BITWISE, Level.Outcome.NOT_APPLICABLE, "because of " + reason.get());
        }
        return difference(before, now)
                .map(where -> new Level(BITWISE, Level.Outcome.DIFFERENT, where))
                .orElseGet(() -> new Level(BITWISE, Level.Outcome.GOOD, "equal"));
    }

    private List<Cell> both() {
        return again.cells().stream()
                .filter(Cell::isDone)
                .filter(cell -> old.cell(cell.id()).filter(Cell::isDone).isPresent())
                .toList();
    }

    private Level bitwise() {
        int equal = 0;
        TreeSet<String> reasons = new TreeSet<>();
        List<String> differences = new ArrayList<>();
        for (Cell cell : both()) {
            Path before = old.cell(cell.id()).orElseThrow().folder();
            Optional<String> reason = incomparable(before, cell.folder());
            if (reason.isPresent()) {
                reasons.add(reason.get());
                continue;
            }
            Optional<String> difference = difference(before, cell.folder());
            difference.ifPresent(where -> differences.add("cell " + cell.id() + ": " + where));
            equal += difference.isPresent() ? 0 : 1;
        }
        if (!differences.isEmpty()) {
            return new Level(
                    BITWISE,
                    Level.Outcome.DIFFERENT,
                    differences.get(0) + ", on machines that are alike in all that should decide");
        }
        if (!reasons.isEmpty()) {
            return new Level(
                    BITWISE,
                    Level.Outcome.NOT_APPLICABLE,
                    "because of " + String.join("; ", reasons)
                            + (equal > 0 ? "; equal in " + equal + " other cells" : ""));
        }
        return equal == 0
                ? new Level(BITWISE, Level.Outcome.NOT_APPLICABLE, "no cell has ended in both runs")
                : new Level(BITWISE, Level.Outcome.GOOD, "equal in all " + equal + " cells that were run again");
    }

    /** Why two machines need not give the same bits; empty if they must. */
    private static Optional<String> incomparable(Path before, Path now) {
        List<Fingerprint> then = CellFolder.at(before).fingerprints();
        List<Fingerprint> today = CellFolder.at(now).fingerprints();
        if (then.isEmpty() || today.isEmpty()) {
            return Optional.of("a run that does not say where it was computed");
        }
        TreeSet<String> differences = new TreeSet<>();
        for (Fingerprint one : then) {
            today.forEach(other -> differences.addAll(one.decidingDifferences(other)));
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(differences.first()
                        + (differences.size() == 1 ? "" : " (and " + (differences.size() - 1) + " more)"));
    }

    private static Optional<String> difference(Path before, Path now) {
        for (String name : SAME_FILES) {
            Path one = before.resolve(name);
            Path other = now.resolve(name);
            if (Files.isRegularFile(one) && Files.isRegularFile(other) && !sum(one).equals(sum(other))) {
                return Optional.of(name + firstLine(one, other));
            }
        }
        return Optional.empty();
    }

    private static String sum(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException e) {
            throw StorageException.of(file, e);
        }
    }

    private static String firstLine(Path one, Path other) {
        try {
            List<String> left = Files.readAllLines(one);
            List<String> right = Files.readAllLines(other);
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                if (!left.get(i).equals(right.get(i))) {
                    return " from line " + (i + 1) + " on";
                }
            }
            return " has " + left.size() + " lines against " + right.size();
        } catch (IOException e) {
            throw StorageException.of(one, e);
        }
    }

    /** Scores of one method at one place. */
    private record Place(String name, SortedMap<Integer, SortedMap<String, Double>> scores) {
        Grid grid() {
            List<Integer> seeds = new ArrayList<>(scores.keySet());
            double[][] rows = scores.values().stream()
                    .map(tasks -> tasks.values().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray())
                    .toArray(double[][]::new);
            return Grid.of(seeds, rows);
        }

        boolean isComplete() {
            return scores.values().stream().map(SortedMap::keySet).distinct().count() == 1;
        }
    }

    private Level statistical(boolean sameBits) {
        if (sameBits) {
            return new Level(STATISTICAL, Level.Outcome.GOOD, "equivalent: the bits are the same");
        }
        Map<String, Place> then = places(old);
        List<String> words = new ArrayList<>();
        boolean different = false;
        boolean open = false;
        for (Place now : places(again).values()) {
            Place before = then.get(now.name());
            if (before == null || !before.isComplete() || !now.isComplete() || !sameTasks(before, now)) {
                continue;
            }
            Judged judged = judge(before, now);
            words.add(now.name() + ": " + judged.words());
            different |= judged.outcome() == Level.Outcome.DIFFERENT;
            open |= judged.outcome() == Level.Outcome.OPEN;
        }
        if (words.isEmpty()) {
            return new Level(
                    STATISTICAL, Level.Outcome.NOT_APPLICABLE, "no method was measured on the same tasks in both runs");
        }
        return new Level(
                STATISTICAL,
                different ? Level.Outcome.DIFFERENT : open ? Level.Outcome.OPEN : Level.Outcome.GOOD,
                String.join("; ", words));
    }

    private static boolean sameTasks(Place one, Place other) {
        return one.scores()
                .values()
                .iterator()
                .next()
                .keySet()
                .equals(other.scores().values().iterator().next().keySet());
    }

    private record Judged(Level.Outcome outcome, String words) {}

    private static Judged judge(Place before, Place now) {
        int seeds = Math.min(before.scores().size(), now.scores().size());
        Grid then = before.grid();
        Grid today = now.grid();
        if (seeds < 2) {
            return new Judged(
                    Level.Outcome.OPEN,
                    String.format(
                            Locale.ROOT,
                            "consistent or not, one seed does not tell (%.3f against %.3f); it takes %d",
                            today.mean(),
                            then.mean(),
                            Judge.FEWEST));
        }
        Estimate overall = independent(then, today);
        Optional<Interval> interval = overall.interval();
        String range = interval.map(found ->
                        String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", overall.value(), found.low(), found.high()))
                .orElseGet(() -> String.format(Locale.ROOT, "%.3f, without an interval", overall.value()));
        if (seeds >= Judge.FEWEST && interval.isPresent() && interval.get().within(MARGIN)) {
            return new Judged(Level.Outcome.GOOD, "equivalent, difference " + range);
        }
        List<String> tasks = tasksThatDiffer(then, today);
        boolean apart = interval.isPresent() && !interval.get().contains(0) || !tasks.isEmpty();
        if (seeds >= Judge.FEWEST && apart) {
            return new Judged(
                    Level.Outcome.DIFFERENT,
                    "different, difference " + range + (tasks.isEmpty() ? "" : ", on " + String.join(", ", tasks)));
        }
        double deviation = Math.sqrt(overall.variance() * seeds);
        OptionalInt needed = Power.seedsForEquivalence(deviation, MARGIN, Power.TARGET);
        return new Judged(
                Level.Outcome.OPEN,
                "consistent, not enough runs, difference " + range
                        + (needed.isPresent()
                                ? "; " + Math.max(needed.getAsInt(), Judge.FEWEST) + " seeds would decide"
                                : ""));
    }

    /** Seeds of the two sides carry the same numbers, but chance is not common to them on machines that differ. */
    private static Estimate independent(Grid then, Grid today) {
        List<Integer> others = today.seeds().stream().map(seed -> -1 - seed).toList();
        double[][] rows = new double[today.seedCount()][today.taskCount()];
        for (int s = 0; s < rows.length; s++) {
            for (int t = 0; t < rows[s].length; t++) {
                rows[s][t] = today.at(s, t);
            }
        }
        return Contrast.difference(Grid.of(others, rows), then).estimate(About.THESE);
    }

    private static List<String> tasksThatDiffer(Grid then, Grid today) {
        double[] values = new double[then.taskCount()];
        for (int t = 0; t < values.length; t++) {
            Estimate estimate = independent(then.task(t), today.task(t));
            values[t] = Math.min(1, 2 * Math.min(estimate.notAbove(0), estimate.notBelow(0)));
        }
        double[] adjusted = Holm.adjust(values);
        List<String> tasks = new ArrayList<>();
        for (int t = 0; t < adjusted.length; t++) {
            if (adjusted[t] < BOTH_TAILS) {
                tasks.add("task " + (t + 1));
            }
        }
        return tasks;
    }

    /** The last measurement of each adaptation on its tasks, of the seeds that were run again. */
    private Map<String, Place> places(RunFolder run) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (Cell cell : run.adaptations()) {
            if (!cell.isDone() || again.cell(cell.id()).filter(Cell::isDone).isEmpty()) {
                continue;
            }
            String name =
                    cell.method() + " (" + cell.preset() + ")" + (cell.labels().isEmpty() ? "" : " " + cell.labels());
            Place place = places.computeIfAbsent(name, unused -> new Place(name, new TreeMap<>()));
            SortedMap<String, Double> tasks = place.scores().computeIfAbsent(cell.seed(), unused -> new TreeMap<>());
            cell.evaluations().stream()
                    .filter(evaluation -> evaluation.split().equals("test"))
                    .forEach(evaluation -> tasks.put(evaluation.task(), evaluation.normalised()));
        }
        places.values().removeIf(place -> place.scores().values().stream().anyMatch(SortedMap::isEmpty));
        return places;
    }
}
