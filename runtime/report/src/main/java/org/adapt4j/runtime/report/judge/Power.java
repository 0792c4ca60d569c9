package org.adapt4j.runtime.report.judge;

import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * What a number of seeds can decide, before and after a run.
 *
 * <p>A lead is found if t(1 &minus; tail) + t(power) standard errors of it are no more than the lead; within 1.2 % of the exact value of
 * the noncentral distribution at five seeds, 0.1 % from ten on.
 */
public final class Power {
    /** The power that plans aim at. */
    public static final double TARGET = 0.8;

    private static final int HALVINGS = 40;
    private static final int STRATA = 100;
    /** No more seeds are thought of. */
    private static final int MOST = 1000;

    private Power() {}

    /**
     * Smallest lead that is found, of seed means with a deviation.
     *
     * @param alpha one-sided level of the test
     */
    public static double detectable(double deviation, int seeds, double power, double alpha) {
        double freedom = seeds - 1.0;
        return (Student.quantile(1 - alpha, freedom) + Student.quantile(power, freedom)) * deviation / Math.sqrt(seeds);
    }

    /** The same after a look that was not declared, by the interval that is valid however often one looks; infinite below five seeds. */
    public static double detectableAgain(double deviation, int seeds, double power) {
        double critical = Sequence.critical(seeds, 2 * Judge.ALPHA).orElse(Double.POSITIVE_INFINITY);
        return (critical + Student.quantile(power, seeds - 1.0)) * deviation / Math.sqrt(seeds);
    }

    /** The same for a number as it stands, with its variance and degrees of freedom. */
    public static double detectable(Estimate estimate, double power, double alpha) {
        return (Student.quantile(1 - alpha, estimate.freedom()) + Student.quantile(power, estimate.freedom()))
                * Math.sqrt(estimate.variance());
    }

    /** The power at each end with which a difference of 0 is shown to lie within a margin: half of what can miss misses at each. */
    public static double atEachEnd(double power) {
        return (1 + power) / 2;
    }

    /** Fewest seeds, five at least, that find a lead; empty beyond a thousand. */
    public static OptionalInt seedsFor(double deviation, double lead, double power, double alpha) {
        if (detectable(deviation, MOST, power, alpha) > lead) {
            return OptionalInt.empty();
        }
        int seeds = Judge.FEWEST;
        while (detectable(deviation, seeds, power, alpha) > lead) {
            seeds++;
        }
        return OptionalInt.of(seeds);
    }

    /** Fewest seeds, five at least, that show a difference of 0 to lie within a margin; empty beyond a thousand. */
    public static OptionalInt seedsForEquivalence(double deviation, double margin, double power, double alpha) {
        return seedsFor(deviation, margin, atEachEnd(power), alpha);
    }

    /** The power for each of some parts with which all of them succeed in {@link #TARGET}, by Bonferroni's inequality. */
    public static double each(int parts) {
        return 1 - (1 - TARGET) / parts;
    }

    /** Deviation of a seed's mean over tasks. */
    public static double deviation(MeanSquares.Components components, int tasks) {
        return Math.sqrt(components.seed() + components.residual() / tasks);
    }

    /** A number about other tasks too, as it will be. */
    public static Estimate.Spread crossed(MeanSquares.Components components, int seeds, int tasks) {
        return crossed(List.of(components), components.task(), seeds, tasks);
    }

    /**
     * The same of sides with seeds of their own.
     *
     * @param sides what varies with the seed on each, and the rest
     * @param task what varies with the task between them
     * @param seeds of each side
     */
    public static Estimate.Spread crossed(List<MeanSquares.Components> sides, double task, int seeds, int tasks) {
        double a = 0;
        double e = 0;
        double squares = 0;
        for (MeanSquares.Components side : sides) {
            double ownE = side.residual() / seeds / tasks;
            double ownA = side.seed() / seeds + ownE;
            a += ownA;
            e += ownE;
            squares += ownA * ownA / (seeds - 1) + ownE * ownE / ((seeds - 1.0) * (tasks - 1));
        }
        double b = task / tasks + e;
        double variance = a + b - e;
        return new Estimate.Spread(0, variance, variance * variance / (squares + b * b / (tasks - 1)));
    }

    /** Where a deviation of so many seeds may lie in truth: from its 80 % to its 20 % bound. */
    public static Interval range(double deviation, int seeds) {
        return range(deviation, seeds - 1.0);
    }

    /** The same of a deviation with so many degrees of freedom. */
    static Interval range(double deviation, double freedom) {
        ChiSquaredDistribution chi = ChiSquaredDistribution.of(freedom);
        return new Interval(
                deviation * Math.sqrt(freedom / chi.inverseCumulativeProbability(TARGET)),
                deviation * Math.sqrt(freedom / chi.inverseCumulativeProbability(1 - TARGET)));
    }

    /**
     * Smallest deviation between tasks that is found, for tasks drawn from a normal distribution: the F test of tasks against the residual
     * must tell it from none, and the estimate must reach a margin.
     *
     * @param residual variance of what is common to neither a seed nor a task, above 0
     * @param alpha level of the test
     */
    public static double detectableSpread(
            double residual, double margin, int seeds, int tasks, double power, double alpha) {
        double low = 0;
        double high = Math.sqrt(residual) + margin;
        while (found(high, residual, margin, seeds, tasks, alpha) < power) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (found(middle, residual, margin, seeds, tasks, alpha) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** How often a deviation between tasks is found, over the residual's mean square as it may turn out. */
    private static double found(double deviation, double residual, double margin, int seeds, int tasks, double alpha) {
        double free = tasks - 1.0;
        double critical = FDistribution.of(free, free * (seeds - 1)).inverseSurvivalProbability(alpha);
        ChiSquaredDistribution ofTasks = ChiSquaredDistribution.of(free);
        ChiSquaredDistribution ofRest = ChiSquaredDistribution.of(free * (seeds - 1));
        double square = residual + seeds * deviation * deviation;
        double sum = 0;
        for (int i = 0; i < STRATA; i++) {
            double rest = residual * ofRest.inverseCumulativeProbability((i + 0.5) / STRATA) / (free * (seeds - 1));
            double needed = Math.max(critical * rest, rest + seeds * margin * margin);
            sum += ofTasks.survivalProbability(needed / square * free);
        }
        return sum / STRATA;
    }

    /** How large a share of failing seeds can have gone unseen with 95 % confidence when none of so many failed. */
    public static double unseenFailures(int seeds) {
        return 1 - Math.pow(2 * Judge.ALPHA, 1.0 / seeds);
    }
}
