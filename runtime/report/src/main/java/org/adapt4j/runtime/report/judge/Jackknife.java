package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Student's interval of a number that is no mean, from what it is without each of the seeds. Source: Efron and Stein 1981, "The
 * jackknife estimate of variance" (RECALLED); for a mean it is Student's interval itself. Descriptive: no claim is decided by it.
 *
 * @param value of all seeds
 * @param deviation its standard error
 * @param freedom degrees of freedom; NaN where there is no spread
 * @param without what it is without each seed, side after side
 */
public record Jackknife(double value, double deviation, double freedom, List<double[]> without) {
    /** A number as close to 0 or 1 is that. */
    private static final double ROUNDING = 1e-12;

    /** Leaves the same seed out of all tables. */
    public static Jackknife paired(ToDoubleFunction<List<Grid>> statistic, List<Grid> tables) {
        int seeds = tables.get(0).seedCount();
        if (seeds < 2) {
            return alone(statistic, tables);
        }
        double[] without = new double[seeds];
        for (int s = 0; s < seeds; s++) {
            int left = s;
            without[s] = statistic.applyAsDouble(
                    tables.stream().map(table -> table.without(left)).toList());
        }
        return new Jackknife(
                statistic.applyAsDouble(tables), Math.sqrt(square(without)), seeds - 1.0, List.of(without));
    }

    /** Leaves seeds out of each table by itself. */
    public static Jackknife unpaired(ToDoubleFunction<List<Grid>> statistic, List<Grid> tables) {
        if (tables.stream().anyMatch(table -> table.seedCount() < 2)) {
            return alone(statistic, tables);
        }
        List<double[]> without = new ArrayList<>();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < tables.size(); i++) {
            Grid table = tables.get(i);
            double[] own = new double[table.seedCount()];
            for (int s = 0; s < own.length; s++) {
                List<Grid> less = new ArrayList<>(tables);
                less.set(i, table.without(s));
                own[s] = statistic.applyAsDouble(less);
            }
            double square = square(own);
            sum += square;
            squares += square * square / (own.length - 1);
            without.add(own);
        }
        return new Jackknife(statistic.applyAsDouble(tables), Math.sqrt(sum), sum * sum / squares, without);
    }

    /** Of one seed nothing can be left out. */
    private static Jackknife alone(ToDoubleFunction<List<Grid>> statistic, List<Grid> tables) {
        return new Jackknife(statistic.applyAsDouble(tables), Double.NaN, Double.NaN, List.of());
    }

    private static double square(double[] without) {
        double n = without.length;
        return (n - 1) * (n - 1) / n * Contrast.variance(without);
    }

    /** The interval that leaves a share on each side; empty without spread. */
    public Optional<Interval> interval(double tail) {
        if (hasNoSpread()) {
            return Optional.empty();
        }
        double half = Student.quantile(1 - tail, freedom) * deviation;
        return Optional.of(new Interval(value - half, value + half));
    }

    private boolean hasNoSpread() {
        return deviation <= ROUNDING * Math.max(1, Math.abs(value)) || Double.isNaN(freedom);
    }

    /** The interval of a probability, made on the scale of log odds; of 0 and 1 by {@link Estimate.Constant}'s argument. */
    public Optional<Interval> intervalOfProbability(double tail) {
        if (value < ROUNDING || value > 1 - ROUNDING) {
            int fewest = without.stream().mapToInt(own -> own.length).min().orElse(1);
            double end = Math.pow(tail, 1.0 / fewest);
            return Optional.of(value < ROUNDING ? new Interval(0, 1 - end) : new Interval(end, 1));
        }
        if (hasNoSpread()) {
            return Optional.empty();
        }
        double odds = Math.log(value / (1 - value));
        double half = Student.quantile(1 - tail, freedom) * deviation / (value * (1 - value));
        return Optional.of(new Interval(1 / (1 + Math.exp(half - odds)), 1 / (1 + Math.exp(-half - odds))));
    }

    /**
     * Probability that a seed of the first scores higher on a task drawn at random than a seed of the second, ties counting half: the
     * mean over tasks of Mann-Whitney's U divided by the number of pairs. Source: Agarwal et al. 2021, section 4.3.
     */
    public static double improvement(Grid first, Grid second) {
        first.requireTasks(second);
        double wins = 0;
        for (int t = 0; t < first.taskCount(); t++) {
            for (int i = 0; i < first.seedCount(); i++) {
                for (int j = 0; j < second.seedCount(); j++) {
                    double x = first.at(i, t);
                    double y = second.at(j, t);
                    wins += x > y ? 1 : x == y ? 0.5 : 0;
                }
            }
        }
        return wins / first.taskCount() / first.seedCount() / second.seedCount();
    }

    /** The same with what it is without each seed. */
    public static Jackknife ofImprovement(Grid first, Grid second, boolean paired) {
        ToDoubleFunction<List<Grid>> statistic = tables -> improvement(tables.get(0), tables.get(1));
        return paired ? paired(statistic, List.of(first, second)) : unpaired(statistic, List.of(first, second));
    }

    /** All values of a table, ascending. */
    static double[] sorted(Grid grid) {
        double[] values = grid.values();
        Arrays.sort(values);
        return values;
    }
}
