package org.adapt4j.runtime.report.study;

import java.util.ArrayList;
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
import org.adapt4j.runtime.report.folder.Cell;
import org.adapt4j.runtime.report.statistics.Band;
import org.adapt4j.runtime.report.statistics.Curve;
import org.adapt4j.runtime.report.statistics.Sample;
import org.adapt4j.runtime.report.statistics.Scores;

/**
 * One method at one place of the grid: all its adaptation cells that differ in seed and task only.
 *
 * <p>Numbers come from the largest complete block of finished cells: while a seed lacks a task, the seed or the task
 * with the greatest share of holes is left out. {@link #missing()} names what the plan had and the block has not.
 */
public final class Group {
    private final String method;
    private final String preset;
    private final Map<String, String> labels;
    private final List<Cell> cells;
    private final List<Integer> plannedSeeds;
    private final List<String> plannedTasks;
    private final List<Integer> seeds;
    private final List<String> tasks;
    private final Map<String, Cell> cellOf = new TreeMap<>();
    private final Map<Key, Optional<Curve>> curves = new ConcurrentHashMap<>();

    /** Names a curve. */
    private record Key(int seed, String task, Quantity quantity) {}

    Group(String method, String preset, Map<String, String> labels, List<Cell> cells) {
        this.method = method;
        this.preset = preset;
        this.labels = labels;
        this.cells = List.copyOf(cells);
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
            allTasks.addAll(measuredUnder.getOrDefault(name, Set.of(name)));
            if (cell.isDone()) {
                measured(cell).forEach(task -> cellOf.put(key(cell.seed(), task), cell));
            }
        }
        plannedSeeds = allSeeds.stream().sorted().toList();
        plannedTasks = allTasks.stream().sorted(Study.taskOrder()).toList();
        seeds = new ArrayList<>(plannedSeeds);
        tasks = new ArrayList<>(plannedTasks);
        cutToCompleteBlock();
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

    private void cutToCompleteBlock() {
        while (true) {
            int worstSeed = -1;
            int worstTask = -1;
            double worst = 0;
            for (int i = 0; i < seeds.size(); i++) {
                int seed = seeds.get(i);
                double holes = tasks.stream().filter(task -> !has(seed, task)).count() / (double) tasks.size();
                if (holes > worst) {
                    worst = holes;
                    worstSeed = i;
                }
            }
            for (int i = 0; i < tasks.size(); i++) {
                String task = tasks.get(i);
                double holes = seeds.stream().filter(seed -> !has(seed, task)).count() / (double) seeds.size();
                if (holes > worst) {
                    worst = holes;
                    worstTask = i;
                }
            }
            if (worstTask >= 0) {
                tasks.remove(worstTask);
            } else if (worstSeed >= 0) {
                seeds.remove(worstSeed);
            } else {
                break;
            }
        }
        if (seeds.isEmpty() || tasks.isEmpty()) {
            seeds.clear();
            tasks.clear();
        }
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

    /** Seeds of the complete block. */
    public List<Integer> seeds() {
        return List.copyOf(seeds);
    }

    /** Tasks of the complete block. */
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

    /** Whether the block is smaller than the plan. */
    public boolean isIncomplete() {
        return !isEmpty() && (seeds.size() < plannedSeeds.size() || tasks.size() < plannedTasks.size());
    }

    /** Cells without a usable result, those that are not applicable among them. */
    public List<Cell> missing() {
        return cells.stream().filter(cell -> !cell.isDone()).toList();
    }

    /** Whether some of its cells may still finish. */
    public boolean isGoingOn() {
        return cells.stream().anyMatch(cell -> switch (cell.state()) {
            case RUNNING, INTERRUPTED, WAITING -> true;
            case DONE, FAILED, DIVERGED, NOT_APPLICABLE, DAMAGED -> false;
        });
    }

    /** Whether none of its cells can be. */
    public boolean isNotApplicable() {
        return cells.stream().allMatch(cell -> cell.state() == Cell.State.NOT_APPLICABLE);
    }

    /** The curve of one seed on one task, whether inside the block or not; empty when not finished or not measured. */
    public Optional<Curve> curve(int seed, String task, Quantity quantity) {
        return curves.computeIfAbsent(new Key(seed, task, quantity), this::build);
    }

    /** The curves of all seeds that have finished a task, whether inside the block or not. */
    public List<Curve> finished(String task, Quantity quantity) {
        return plannedSeeds.stream()
                .flatMap(seed -> curve(seed, task, quantity).stream())
                .toList();
    }

    private Optional<Curve> build(Key key) {
        int seed = key.seed();
        String task = key.task();
        Quantity quantity = key.quantity();
        Cell cell = cellOf.get(key(seed, task));
        if (cell == null) {
            return Optional.empty();
        }
        SortedMap<Long, Double> points = new TreeMap<>();
        for (Cell.Evaluation evaluation : counted(cell)) {
            OptionalDouble value = quantity.of(evaluation);
            if (evaluation.task().equals(task) && value.isPresent()) {
                points.put(evaluation.declared(), value.getAsDouble());
            }
        }
        return Curve.of(points);
    }

    /** Whether every entry of the block knows a quantity. */
    public boolean knows(Quantity quantity) {
        return !isEmpty()
                && seeds.stream()
                        .allMatch(seed -> tasks.stream()
                                .allMatch(task -> curve(seed, task, quantity).isPresent()));
    }

    /** One curve per seed of the block: the mean over its tasks at every step where all of them have a value. */
    public List<Curve> seedCurves(Quantity quantity) {
        return seedCurves(quantity, tasks);
    }

    /** The same over some of its tasks. */
    public List<Curve> seedCurves(Quantity quantity, List<String> some) {
        if (some.isEmpty() || !knows(quantity)) {
            return List.of();
        }
        List<Curve> all = new ArrayList<>();
        seeds.forEach(seed -> all.addAll(taskCurves(seed, quantity, some)));
        double[] grid = Band.gridOf(all);
        return seeds.stream()
                .flatMap(seed -> Band.meanOverTasks(taskCurves(seed, quantity, some), grid).stream())
                .toList();
    }

    private List<Curve> taskCurves(int seed, Quantity quantity, List<String> some) {
        return some.stream()
                .flatMap(task -> curve(seed, task, quantity).stream())
                .toList();
    }

    /** Mean and standard error over the seeds, after the mean over the tasks. */
    public Band band(Quantity quantity) {
        List<Curve> curves = seedCurves(quantity);
        return Band.of(curves, Band.gridOf(curves), Curve.Reading.LINEAR);
    }

    /** Tasks of this block that another's has too. */
    public List<String> commonTasks(Group other) {
        return tasks.stream().filter(other.tasks::contains).toList();
    }

    /** A measure over the seeds, after the mean over the tasks; empty when the quantity is not known. */
    public Optional<Sample> sample(Measure measure, Quantity quantity) {
        List<Curve> curves = seedCurves(quantity);
        return curves.isEmpty()
                ? Optional.empty()
                : Optional.of(Sample.of(curves.stream().mapToDouble(measure::of).toArray()));
    }

    /** A measure of every seed and task of the block. */
    public Scores scores(Measure measure, Quantity quantity) {
        return scores(measure, quantity, tasks);
    }

    /** A measure of every seed of the block on some of its tasks. */
    public Scores scores(Measure measure, Quantity quantity, List<String> some) {
        double[][] rows = new double[seeds.size()][some.size()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < some.size(); j++) {
                rows[i][j] =
                        measure.of(curve(seeds.get(i), some.get(j), quantity).orElseThrow());
            }
        }
        return Scores.of(rows);
    }
}
