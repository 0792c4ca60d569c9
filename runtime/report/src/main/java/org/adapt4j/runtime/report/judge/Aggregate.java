package org.adapt4j.runtime.report.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One number for a whole table of scores.
 *
 * <p>Source: Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the Statistical Precipice"; the definitions are those of
 * its library, checked against its values. The intervals are not: see {@link Jackknife}.
 */
public enum Aggregate {
    /** Interquartile mean: all scores sorted, floor(n/4) dropped at both ends, plain mean of the rest. */
    IQM("IQM") {
        @Override
        public double of(Grid grid) {
            double[] sorted = Jackknife.sorted(grid);
            int dropped = sorted.length / 4;
            return Arrays.stream(sorted, dropped, sorted.length - dropped).sum() / (sorted.length - 2 * dropped);
        }
    },

    /** Mean of the task means. */
    MEAN("mean") {
        @Override
        public double of(Grid grid) {
            return grid.mean();
        }
    },

    /** Median of the task means. */
    MEDIAN("median") {
        @Override
        public double of(Grid grid) {
            double[] means = grid.taskMeans();
            Arrays.sort(means);
            int half = means.length / 2;
            return means.length % 2 == 1 ? means[half] : (means[half - 1] + means[half]) / 2;
        }
    },

    /** How far the scores stay below 1, scores above 1 counting as 1; smaller is better. */
    OPTIMALITY_GAP("optimality gap") {
        @Override
        public double of(Grid grid) {
            return 1
                    - Arrays.stream(grid.values())
                                    .map(score -> Math.min(score, 1))
                                    .sum()
                            / grid.values().length;
        }
    };

    private final String label;

    Aggregate(String label) {
        this.label = label;
    }

    /** Name for people, in lower case where it is a word. */
    public String label() {
        return label;
    }

    /** The aggregate of a table. */
    public abstract double of(Grid grid);

    /** Its 95 % interval for these tasks; empty below five seeds, or without spread. */
    public Optional<Interval> interval(Grid grid) {
        return grid.seedCount() < Judge.FEWEST
                ? Optional.empty()
                : Jackknife.paired(tables -> of(tables.get(0)), List.of(grid)).interval(Judge.ALPHA);
    }

    /** First minus second, with what it is without each seed. */
    public Jackknife difference(Grid first, Grid second, boolean paired) {
        List<Grid> both = List.of(first, second);
        return paired
                ? Jackknife.paired(tables -> of(tables.get(0)) - of(tables.get(1)), both)
                : Jackknife.unpaired(tables -> of(tables.get(0)) - of(tables.get(1)), both);
    }
}
