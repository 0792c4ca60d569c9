package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A weighted sum of tables: a lead, a gain, a difference of gains. What has the same seeds is paired, so that it makes one side; a
 * contrast of one side is paired throughout. A seed that lacks a task is left out of its side, a task never.
 *
 * @param sides weighted sums over the same seeds, of which the contrast is the sum
 * @param low least that the contrast of one seed can be, NaN where that is not known
 * @param high most that it can be, NaN where that is not known
 * @param planned seeds that each side was to have
 * @param ranges least and most of each side
 */
public record Contrast(List<Grid> sides, double low, double high, List<Integer> planned, List<Interval> ranges) {
    static final String TOO_LARGE = "values too large for their spread to be told";
    /** Numbers differ by rounding only. */
    private static final double ROUNDING = 1e-12;
    /** Numbers outside their range by no more than this are in it. */
    private static final double EDGE = 1e-9;
    /** Of the seeds of the smaller side so many must be common for both to be paired on these. */
    private static final double COMMON = 0.8;

    /**
     * One table with its weight.
     *
     * @param weight of each number
     * @param table the numbers
     * @param low least that a number can be, NaN where that is not known
     * @param high most that a number can be, NaN where that is not known
     */
    public record Term(double weight, Table table, double low, double high) {
        /** Numbers that can be anything. */
        public Term(double weight, Table table) {
            this(weight, table, Double.NaN, Double.NaN);
        }

        private boolean isInRange() {
            return Arrays.stream(table.rows())
                    .flatMapToDouble(Arrays::stream)
                    .filter(Double::isFinite)
                    .allMatch(value -> low - EDGE <= value && value <= high + EDGE);
        }

        private double least() {
            return isInRange() ? Math.min(weight * low, weight * high) : Double.NaN;
        }

        private double most() {
            return isInRange() ? Math.max(weight * low, weight * high) : Double.NaN;
        }
    }

    /** Copies the lists. */
    public Contrast {
        sides = List.copyOf(sides);
        planned = List.copyOf(planned);
        ranges = List.copyOf(ranges);
    }

    /** Sums up; empty where a side has no seed that is whole. */
    public static Optional<Contrast> of(List<Term> terms) {
        List<List<Integer>> seeds =
                agree(terms.stream().map(term -> term.table().seeds()).toList());
        Map<List<Integer>, List<Integer>> whole = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            List<Integer> own = new ArrayList<>(terms.get(i).table().whole());
            own.retainAll(seeds.get(i));
            whole.merge(seeds.get(i), own, (a, b) -> {
                a.retainAll(b);
                return a;
            });
        }
        Map<List<Integer>, Grid> sums = new LinkedHashMap<>();
        Map<List<Integer>, Interval> ranges = new LinkedHashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            Optional<Grid> grid = term.table().grid(whole.getOrDefault(seeds.get(i), List.of()));
            if (grid.isEmpty()) {
                return Optional.empty();
            }
            sums.merge(seeds.get(i), grid.get().times(term.weight()), Grid::plus);
            ranges.merge(
                    seeds.get(i),
                    new Interval(term.least(), term.most()),
                    (a, b) -> new Interval(a.low() + b.low(), a.high() + b.high()));
        }
        return Optional.of(new Contrast(
                List.copyOf(sums.values()),
                ranges.values().stream().mapToDouble(Interval::low).sum(),
                ranges.values().stream().mapToDouble(Interval::high).sum(),
                sums.keySet().stream().map(List::size).toList(),
                List.copyOf(ranges.values())));
    }

    /** Of numbers that can be anything, without holes. */
    public static Contrast of(Grid grid) {
        return of(List.of(new Term(1, Table.of(grid)))).orElseThrow();
    }

    /** Two methods' difference without holes. */
    public static Contrast difference(Grid first, Grid second) {
        return of(List.of(new Term(1, Table.of(first)), new Term(-1, Table.of(second))))
                .orElseThrow();
    }

    /** Which seeds of each side count, ascending: the common ones of all where these are almost all, its own otherwise. */
    public static List<List<Integer>> agree(List<List<Integer>> seeds) {
        List<Integer> common = common(seeds);
        boolean paired = arePaired(seeds);
        return seeds.stream()
                .map(own -> paired ? common : own.stream().sorted().toList())
                .toList();
    }

    private static List<Integer> common(List<List<Integer>> seeds) {
        return seeds.get(0).stream()
                .filter(seed -> seeds.stream().allMatch(own -> own.contains(seed)))
                .sorted()
                .toList();
    }

    /** Whether what has these seeds is paired, on those that all have: five or more, and almost all of the fewest. */
    public static boolean arePaired(List<List<Integer>> seeds) {
        int smallest = seeds.stream().mapToInt(List::size).min().orElse(0);
        int common = common(seeds).size();
        return common >= Judge.FEWEST && common >= COMMON * smallest;
    }

    /** Whether all that it sums up has the same seeds. */
    public boolean isPaired() {
        return sides.size() == 1;
    }

    /** Fewest seeds of any side. */
    public int seedCount() {
        return sides.stream().mapToInt(Grid::seedCount).min().orElse(0);
    }

    /** How many tasks it is over. */
    public int taskCount() {
        return sides.get(0).taskCount();
    }

    /** The mean over seeds and tasks. */
    public double value() {
        return sides.stream().mapToDouble(Grid::mean).sum();
    }

    /** The number of each seed, mean over the tasks; empty unless paired. */
    public double[] seedValues() {
        return isPaired() ? sides.get(0).seedMeans() : new double[0];
    }

    /** The same of one task. */
    public Contrast task(int column) {
        return new Contrast(sides.stream().map(side -> side.task(column)).toList(), low, high, planned, ranges);
    }

    /** The same without a seed; empty where no side has it, or too little would be left for a spread. */
    public Optional<Contrast> without(int seed) {
        List<Grid> less = new ArrayList<>();
        for (Grid side : sides) {
            int index = side.seeds().indexOf(seed);
            if (index >= 0 && side.seedCount() < 3) {
                return Optional.empty();
            }
            less.add(index < 0 ? side : side.without(index));
        }
        return less.equals(sides) ? Optional.empty() : Optional.of(new Contrast(less, low, high, planned, ranges));
    }

    /** Why no verdict can rest on it, in words; empty if one can. */
    public Optional<String> lacks() {
        return IntStream.range(0, sides.size())
                .mapToObj(side -> lacks(sides.get(side).seedCount(), planned.get(side)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> lacks(int whole, int planned) {
        if (whole < Judge.FEWEST) {
            return Optional.of(
                    whole < planned
                            ? whole + " whole of " + planned + " planned seeds, " + Judge.FEWEST + " needed"
                            : whole + " of " + Judge.FEWEST + " seeds");
        }
        return whole < Judge.ENOUGH * planned
                ? Optional.of(whole + " of " + planned + " planned seeds are whole, fewer than four fifths")
                : Optional.empty();
    }

    /** How many seeds a side must have that has too few for a verdict. */
    int fewest() {
        return IntStream.range(0, sides.size())
                .filter(side ->
                        lacks(sides.get(side).seedCount(), planned.get(side)).isPresent())
                .map(side -> (int) Math.ceil(Judge.ENOUGH * planned.get(side)))
                .reduce(Judge.FEWEST, Math::max);
    }

    /** The number with its uncertainty; two seeds give one too, on which nothing may be concluded. */
    public Estimate estimate(About about) {
        if (seedCount() < 2) {
            return new Estimate.Bare(value(), "one seed");
        }
        return about == About.THESE ? these() : such();
    }

    private Estimate these() {
        List<Integer> spread = IntStream.range(0, sides.size())
                .filter(i -> !isConstant(sides.get(i).seedMeans()))
                .boxed()
                .toList();
        if (spread.size() == sides.size()) {
            Estimate.Spread welch = welch(Grid::seedCount);
            return spread(welch.variance(), welch.freedom());
        }
        if (Double.isNaN(low) || Double.isNaN(high)) {
            return new Estimate.Bare(value(), "no spread between seeds, and no known range of values");
        }
        if (sides.size() > 2) {
            return new Estimate.Bare(value(), "no spread between seeds of a side, of more than two sides");
        }
        if (sides.size() == 1) {
            return constant(0);
        }
        Estimate first = side(0, spread);
        Estimate second = side(1, spread);
        return first.isKnown() && second.isKnown()
                ? new Estimate.Sum(first, second)
                : new Estimate.Bare(value(), TOO_LARGE);
    }

    /** One of two sides by itself: Student's where its seeds vary. */
    private Estimate side(int side, List<Integer> spread) {
        if (!spread.contains(side)) {
            return constant(side);
        }
        Grid own = sides.get(side);
        double variance = variance(own.seedMeans()) / own.seedCount();
        return Double.isFinite(variance)
                ? new Estimate.Spread(own.mean(), variance, own.seedCount() - 1.0)
                : new Estimate.Bare(own.mean(), TOO_LARGE);
    }

    /** Welch's, if each side has so many seeds that vary as those at hand do; of one side Student's. */
    Estimate.Spread welch(ToIntFunction<Grid> seeds) {
        double variance = 0;
        double squares = 0;
        for (Grid side : sides) {
            double own = variance(side.seedMeans()) / seeds.applyAsInt(side);
            variance += own;
            squares += own * own / (seeds.applyAsInt(side) - 1);
        }
        return new Estimate.Spread(value(), variance, variance * variance / squares);
    }

    /** Of numbers whose squares are numbers too. */
    private Estimate spread(double variance, double freedom) {
        return Double.isFinite(variance) && freedom > 0
                ? new Estimate.Spread(value(), variance, freedom)
                : new Estimate.Bare(value(), TOO_LARGE);
    }

    private Estimate.Constant constant(int side) {
        return new Estimate.Constant(
                sides.get(side).mean(),
                sides.get(side).seedCount(),
                ranges.get(side).low(),
                ranges.get(side).high());
    }

    private Estimate such() {
        if (taskCount() < 2) {
            return new Estimate.Bare(value(), "one task says nothing of others");
        }
        double a = 0;
        double e = 0;
        double squareOfA = 0;
        double squareOfE = 0;
        int t = taskCount();
        for (Grid side : sides) {
            MeanSquares own = MeanSquares.of(side);
            int s = side.seedCount();
            double ownA = own.seeds() / (s * t);
            double ownE = own.residual() / (s * t);
            a += ownA;
            e += ownE;
            squareOfA += ownA * ownA / (s - 1);
            squareOfE += ownE * ownE / ((s - 1.0) * (t - 1));
        }
        double b = variance(taskMeans()) / t;
        double[] everything = sides.stream()
                .flatMapToDouble(side -> Arrays.stream(side.values()))
                .toArray();
        double scale =
                Math.max(1, Arrays.stream(everything).map(Math::abs).max().orElse(1));
        double rounding = ROUNDING * scale;
        if (a + b <= rounding * rounding) {
            return new Estimate.Bare(value(), "no spread between seeds or tasks");
        }
        if (a > e && b > e) {
            double variance = a + b - e;
            return spread(variance, variance * variance / (squareOfA + b * b / (t - 1) + squareOfE));
        }
        return b <= e && a >= b ? spread(a, a * a / squareOfA) : spread(b, t - 1.0);
    }

    /** The interval for a study that was looked at before without having said so; only of one side and of these tasks. */
    public Optional<Estimate> alwaysValid() {
        return isPaired() && seedCount() >= 2 && !isConstant(seedValues())
                ? Optional.of(new Estimate.AlwaysValid(value(), Math.sqrt(variance(seedValues())), seedCount()))
                : Optional.empty();
    }

    /** Mean squares of seeds and tasks; empty unless paired with two tasks and two seeds or more. */
    public Optional<MeanSquares> meanSquares() {
        return isPaired() && taskCount() > 1 && seedCount() > 1
                ? Optional.of(MeanSquares.of(sides.get(0)))
                : Optional.empty();
    }

    /** Its variances, for plans; of a single task all of it is the seeds', and that of tasks is not known (NaN). */
    public Optional<MeanSquares.Components> components() {
        return isPaired() && taskCount() == 1 && seedCount() > 1
                ? Optional.of(new MeanSquares.Components(variance(seedValues()), Double.NaN, 0))
                : meanSquares().map(MeanSquares::components);
    }

    /** What varies on each side with the seed, and the rest; the variance of tasks is common to the sides, {@link #taskComponent}. */
    List<MeanSquares.Components> sideComponents() {
        return sides.stream().map(side -> MeanSquares.of(side).components()).toList();
    }

    /** What varies with the task. */
    double taskComponent() {
        double residual = sides.stream()
                .mapToDouble(side -> MeanSquares.of(side).residual() / side.seedCount())
                .sum();
        return Math.max(0, variance(taskMeans()) - residual);
    }

    /** The number of each task, mean over the seeds of each side. */
    private double[] taskMeans() {
        double[] means = new double[taskCount()];
        for (Grid side : sides) {
            double[] own = side.taskMeans();
            Arrays.setAll(means, task -> means[task] + own[task]);
        }
        return means;
    }

    static double variance(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return squares / (values.length - 1);
    }

    /** Whether numbers differ by rounding at most. */
    static boolean isConstant(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        return values.length < 2 || Math.sqrt(variance(values)) <= ROUNDING * Math.max(1, Math.abs(mean));
    }
}
