package org.adapt4j.runtime.report.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.FDistribution;

/**
 * Whether a lead differs from task to task: the F test of tasks with seeds as blocks, its degrees of freedom shrunk by Huynh and Feldt's
 * factor for spreads that differ from task to task. Source: Huynh and Feldt 1976, "Estimation of the Box correction" (RECALLED).
 *
 * @param f mean square of tasks over that of the residual
 * @param greenhouseGeisser the cautious factor, from 1/(T &minus; 1) to 1
 * @param huynhFeldt the factor used
 * @param p upper tail of F; NaN where seeds agree on how tasks differ, so that nothing tells what may be chance
 * @param size deviation of the tasks' true leads, estimated
 * @param departures of each task from the mean over the tasks
 */
public record Heterogeneity(
        double f, double greenhouseGeisser, double huynhFeldt, double p, double size, List<Estimate> departures) {
    private static final double ROUNDING = 1e-12;

    /** Copies the list. */
    public Heterogeneity {
        departures = List.copyOf(departures);
    }

    /** Of paired leads on two tasks or more. */
    public static Heterogeneity of(Grid leads) {
        MeanSquares squares = MeanSquares.of(leads);
        int s = leads.seedCount();
        int t = leads.taskCount();
        double[][] covariance = centred(covariance(leads));
        double trace = 0;
        double sum = 0;
        for (int i = 0; i < t; i++) {
            trace += covariance[i][i];
            for (int j = 0; j < t; j++) {
                sum += covariance[i][j] * covariance[i][j];
            }
        }
        double cautious = trace * trace / ((t - 1) * sum);
        double divisor = (t - 1) * (s - 1 - (t - 1) * cautious);
        double factor = divisor <= ROUNDING ? 1 : Math.min(1, (s * (t - 1) * cautious - 2) / divisor);
        factor = Math.max(factor, 1.0 / (t - 1));
        double f = squares.tasks() / squares.residual();
        double scale = Arrays.stream(leads.values()).map(Math::abs).max().orElse(0);
        double p = Math.sqrt(squares.residual()) <= ROUNDING * Math.max(1, scale)
                ? Double.NaN
                : FDistribution.of(factor * (t - 1), factor * (t - 1) * (s - 1)).survivalProbability(f);
        List<Estimate> departures = new ArrayList<>();
        double[] means = leads.seedMeans();
        for (int j = 0; j < t; j++) {
            double[] own = new double[s];
            for (int i = 0; i < s; i++) {
                own[i] = leads.at(i, j) - means[i];
            }
            departures.add(Contrast.of(Grid.ofSeedMeans(leads.seeds(), own)).estimate(About.THESE));
        }
        return new Heterogeneity(
                f, cautious, factor, p, Math.sqrt(Math.max(0, (squares.tasks() - squares.residual()) / s)), departures);
    }

    private static double[][] covariance(Grid grid) {
        int t = grid.taskCount();
        double[] means = grid.taskMeans();
        double[][] covariance = new double[t][t];
        for (int i = 0; i < t; i++) {
            for (int j = 0; j < t; j++) {
                for (int s = 0; s < grid.seedCount(); s++) {
                    covariance[i][j] += (grid.at(s, i) - means[i]) * (grid.at(s, j) - means[j]);
                }
                covariance[i][j] /= grid.seedCount() - 1;
            }
        }
        return covariance;
    }

    private static double[][] centred(double[][] symmetric) {
        int t = symmetric.length;
        double[] means = new double[t];
        double all = 0;
        for (int i = 0; i < t; i++) {
            for (int j = 0; j < t; j++) {
                means[i] += symmetric[i][j] / t;
            }
            all += means[i] / t;
        }
        double[][] centred = new double[t][t];
        for (int i = 0; i < t; i++) {
            for (int j = 0; j < t; j++) {
                centred[i][j] = symmetric[i][j] - means[i] - means[j] + all;
            }
        }
        return centred;
    }

    /** What it says of "the lead varies by a margin or more". */
    public Outcome outcome(double margin, double alpha) {
        if (p <= alpha && size >= margin) {
            return Outcome.HOLDS;
        }
        return refuting(margin) <= alpha ? Outcome.DOES_NOT_HOLD : Outcome.UNDECIDED;
    }

    /** The p value by which every task departs from the mean by less than a margin. */
    double refuting(double margin) {
        return departures.stream()
                .mapToDouble(task -> Math.max(task.notAbove(-margin), task.notBelow(margin)))
                .max()
                .orElse(1);
    }
}
