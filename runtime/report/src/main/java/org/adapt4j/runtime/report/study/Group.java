package org.adapt4j.runtime.report.study;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.judge.Contrast;
import org.adapt4j.runtime.report.judge.Grid;
import org.adapt4j.runtime.report.judge.Sample;
import org.adapt4j.runtime.report.judge.Table;
import org.adapt4j.runtime.report.statistics.Aligned;
import org.adapt4j.runtime.report.statistics.Band;
import org.adapt4j.runtime.report.statistics.Curve;

/**
 * One method at one place of the grid: all its adaptation cells that differ in seed and task only.
 *
 * <p>Numbers come from the seeds that have every task: a seed that lacks one is left out, a task never, for that would change the question.
 * Before any seed is whole, the tasks are shown that the most seeds have. {@link #missing()} names what the plan had and the numbers have not.
 * A cell whose learner diverged is not missing: it scores as {@link Failure} says from where it stopped.
 */
public final class Group {
    private static final double OVERSHOOT = 0.05;

    private final String method;
    private final String preset;
    private final Map<String, String> labels;
    private final List<Cell> cells;
    private final List<Integer> plannedSeeds;
    private final List<String> plannedTasks;
    private final List<Integer> seeds;
    private final List<String> tasks;
    private final Map<String, Cell> cellOf = new TreeMap<>();
    private final Predicate<Cell> failedToLearn;
    private final Failure failure;
    private final long end;
    private final Map<Key, Optional<Curve>> curves = new ConcurrentHashMap<>();

    /** Names a curve. */
    private record Key(int seed, String task, Quantity quantity) {}

    /** @param run all cells that adapt, of every group */
    Group(
            String method,
            String preset,
            Map<String, String> labels,
            List<Cell> cells,
            List<Cell> run,
            Predicate<Cell> failedToLearn) {
        this.method = method;
        this.preset = preset;
        this.labels = labels;
        this.cells = List.copyOf(cells);
        this.failedToLearn = failedToLearn;
        failure = Failure.of(
                cells.stream().filter(Cell::isDone).toList(),
                run.stream().filter(Cell::isDone).toList());
        end = cells.stream()
                .filter(Cell::isDone)
                .flatMap(cell -> counted(cell).stream())
                .mapToLong(Cell.Evaluation::declared)
                .max()
                .orElse(0);
        Map<String, Set<String>> measuredUnder = new LinkedHashMap<>();
        for (Cell cell : cells) {
            if (cell.isDone()) {
                measuredUnder
                        .computeIfAbsent(cell.task().orElse(""), task -> new LinkedHashSet<>())
                        .addAll(measured(cell));
            }
        }
        Set<Integer> allSeeds = new LinkedHashSet<>();
        Set<String> allTasks = new LinkedHashSet<>();
        for (Cell cell : cells) {
            if (cell.state() == Cell.State.NOT_APPLICABLE) {
                continue;
            }
            allSeeds.add(cell.seed());
            String name = cell.task().orElse("");
            Set<String> own = measuredUnder.getOrDefault(name, Set.of(name));
            allTasks.addAll(own);
            if (counts(cell)) {
                (cell.isDone() ? measured(cell) : own).forEach(task -> cellOf.put(key(cell.seed(), task), cell));
            }
        }
        plannedSeeds = allSeeds.stream().sorted().toList();
        plannedTasks = allTasks.stream().sorted(Study.taskOrder()).toList();
        List<Integer> whole = plannedSeeds.stream()
                .filter(seed -> plannedTasks.stream().allMatch(task -> has(seed, task)))
                .toList();
        long most = plannedTasks.stream().mapToLong(this::seedsOf).max().orElse(0);
        tasks = !whole.isEmpty()
                ? plannedTasks
                : plannedTasks.stream()
                        .filter(task -> most > 0 && seedsOf(task) == most)
                        .toList();
        seeds = !whole.isEmpty()
                ? whole
                : plannedSeeds.stream()
                        .filter(seed -> !tasks.isEmpty() && tasks.stream().allMatch(task -> has(seed, task)))
                        .toList();
    }

    private boolean counts(Cell cell) {
        return cell.isDone() || failedToLearn.test(cell);
    }

    private long seedsOf(String task) {
        return plannedSeeds.stream().filter(seed -> has(seed, task)).count();
    }

    private static String key(int seed, String task) {
        return seed + "/" + task;
    }

    private static List<Cell.Evaluation> counted(Cell cell) {
        List<Cell.Evaluation> unseen = cell.evaluations().stream()
                .filter(evaluation -> evaluation.split().equals("test"))
                .toList();
        return unseen.isEmpty() ? cell.evaluations() : unseen;
    }

    private static Set<String> measured(Cell cell) {
        Set<String> names = new LinkedHashSet<>();
        counted(cell).forEach(evaluation -> names.add(evaluation.task()));
        return names;
    }

    private boolean has(int seed, String task) {
        return cellOf.containsKey(key(seed, task));
    }

    /** Name of the method. */
    public String method() {
        return method;
    }

    /** Name of the preset. */
    public String preset() {
        return preset;
    }

    /** The other coordinates. */
    public Map<String, String> labels() {
        return labels;
    }

    /** All cells of the plan that belong here. */
    public List<Cell> cells() {
        return cells;
    }

    /** Seeds that numbers stand on. */
    public List<Integer> seeds() {
        return List.copyOf(seeds);
    }

    /** Tasks that numbers stand on. */
    public List<String> tasks() {
        return List.copyOf(tasks);
    }

    /** Seeds of the plan. */
    public List<Integer> plannedSeeds() {
        return plannedSeeds;
    }

    /** Tasks of the plan. */
    public List<String> plannedTasks() {
        return plannedTasks;
    }

    /** Whether nothing is finished that could be shown. */
    public boolean isEmpty() {
        return seeds.isEmpty();
    }

    /** Whether some cell is finished, though there may be no seed with every task. */
    public boolean hasFinished() {
        return cells.stream().anyMatch(Cell::isDone);
    }

    /** Whether numbers stand on less than the plan. */
    public boolean isIncomplete() {
        return !isEmpty() && (seeds.size() < plannedSeeds.size() || tasks.size() < plannedTasks.size());
    }

    /** Cells without a result that counts, those that are not applicable among them. */
    public List<Cell> missing() {
        return cells.stream().filter(cell -> !counts(cell)).toList();
    }

    /** Cells that count although they did not finish, because their learner failed. */
    public List<Cell> diverged() {
        return cells.stream()
                .filter(cell -> !cell.isDone() && failedToLearn.test(cell))
                .toList();
    }

    /** Those of some seeds that adapt to some tasks, or to all together. */
    public List<Cell> diverged(List<Integer> some, List<String> these) {
        return diverged().stream()
                .filter(cell -> some.contains(cell.seed())
                        && cell.task().filter(task -> !these.contains(task)).isEmpty())
                .toList();
    }

    /** Whether some of its cells may still finish. */
    public boolean isGoingOn() {
        return cells.stream().anyMatch(cell -> switch (cell.state()) {
            case RUNNING, INTERRUPTED, WAITING -> !failedToLearn.test(cell);
            case DONE, FAILED, DIVERGED, NOT_APPLICABLE, DAMAGED -> false;
        });
    }

    /** The last point at which anything of it was measured, as declared; 0 where nothing was. */
    public long end() {
        return end;
    }

    /** Whether another's budget is this one's, give or take what an update may spend beyond its end. */
    public boolean isAsLongAs(Group other) {
        return !hasFinished()
                || !other.hasFinished()
                || Math.abs(end - other.end) <= OVERSHOOT * Math.max(end, other.end);
    }

    /** Whether none of its cells can be. */
    public boolean isNotApplicable() {
        return cells.stream().allMatch(cell -> cell.state() == Cell.State.NOT_APPLICABLE);
    }

    /** Whether it adapts by playing alone: what is finished made no update. */
    public boolean onlyPlays() {
        return hasFinished()
                && cells.stream()
                        .filter(Cell::isDone)
                        .allMatch(cell -> cell.result()
                                .filter(result -> result.updates().orElse(1) == 0 && result.environmentSteps() > 0)
                                .isPresent());
    }

    /** The curve of one seed on one task; empty when not finished or not measured. */
    public Optional<Curve> curve(int seed, String task, Quantity quantity) {
        return curves.computeIfAbsent(new Key(seed, task, quantity), this::build);
    }

    /** The curves of all seeds that have finished a task, those that lack others too. */
    public List<Curve> finished(String task, Quantity quantity) {
        return plannedSeeds.stream()
                .flatMap(seed -> curve(seed, task, quantity).stream())
                .toList();
    }

    private Optional<Curve> build(Key key) {
        Cell cell = cellOf.get(key(key.seed(), key.task()));
        if (cell == null) {
            return Optional.empty();
        }
        SortedMap<Long, Double> points = points(cell, key);
        return Curve.of(cell.isDone() ? points : failure.complete(points, key.task(), key.quantity()));
    }

    private static SortedMap<Long, Double> points(Cell cell, Key key) {
        SortedMap<Long, Double> points = new TreeMap<>();
        for (Cell.Evaluation evaluation : counted(cell)) {
            OptionalDouble value = key.quantity().of(evaluation);
            if (evaluation.task().equals(key.task()) && value.isPresent()) {
                points.put(evaluation.declared(), value.getAsDouble());
            }
        }
        return points;
    }

    /** Seeds of which a quantity is known on every task. */
    private List<Integer> seeds(Quantity quantity) {
        return seeds.stream()
                .filter(seed -> tasks.stream()
                        .allMatch(task -> curve(seed, task, quantity).isPresent()))
                .toList();
    }

    /** Whether a quantity is known of some seed, on all tasks. */
    public boolean knows(Quantity quantity) {
        return !seeds(quantity).isEmpty();
    }

    /** One curve per seed: the mean over the tasks. */
    public List<Curve> seedCurves(Quantity quantity) {
        return seedCurves(quantity, tasks);
    }

    /** The same over some of its tasks. */
    public List<Curve> seedCurves(Quantity quantity, List<String> some) {
        return some.isEmpty()
                ? List.of()
                : seeds(quantity).stream()
                        .map(seed -> Aligned.of(some.stream()
                                        .flatMap(task -> curve(seed, task, quantity).stream())
                                        .toList())
                                .mean())
                        .toList();
    }

    /** The mean over the seeds, after the mean over the tasks. */
    public Band band(Quantity quantity) {
        List<Curve> all = seedCurves(quantity);
        return all.isEmpty() ? new Band(List.of()) : Aligned.of(all).band();
    }

    /** Tasks of this plan that another's has too. */
    public List<String> commonTasks(Group other) {
        return plannedTasks.stream().filter(other.plannedTasks::contains).toList();
    }

    /** A measure of each seed, after the mean over the tasks; empty when the quantity is not known. */
    public Optional<Sample> sample(Measure measure, Quantity quantity) {
        return knows(quantity) ? Optional.of(Sample.of(scores(measure, quantity).seedMeans())) : Optional.empty();
    }

    /** A measure of every seed and task that numbers stand on; the quantity must be known. */
    public Grid scores(Measure measure, Quantity quantity) {
        return new Table(plannedSeeds, rows(measure, quantity, tasks)).only(seeds(quantity));
    }

    /** A measure of every planned seed on some tasks, with holes, weighed. */
    public Contrast.Term term(double weight, Measure measure, Quantity quantity, List<String> some) {
        boolean isPart = measure == Measure.START || measure == Measure.FINAL || measure == Measure.AUC;
        double high = quantity.isShare() ? 1 : Double.NaN;
        return new Contrast.Term(
                weight, new Table(plannedSeeds, rows(measure, quantity, some)), isPart ? 0 * high : -high, high);
    }

    private double[][] rows(Measure measure, Quantity quantity, List<String> some) {
        double[][] rows = new double[plannedSeeds.size()][some.size()];
        for (int s = 0; s < rows.length; s++) {
            for (int t = 0; t < rows[s].length; t++) {
                rows[s][t] = curve(plannedSeeds.get(s), some.get(t), quantity)
                        .map(measure::of)
                        .orElse(Double.NaN);
            }
        }
        return rows;
    }
}
