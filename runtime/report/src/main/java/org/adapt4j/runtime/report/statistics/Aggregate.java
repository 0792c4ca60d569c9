package org.adapt4j.runtime.report.statistics;

import java.util.Arrays;

/**
 * One number for a whole table of scores.
 *
 * <p>Source: Agarwal et al. 2021, "Deep Reinforcement Learning at the Edge of the Statistical Precipice"; the
 * definitions are those of its library, checked against its values.
 */
public enum Aggregate {
    /** Interquartile mean: all scores sorted, floor(n/4) dropped at both ends, plain mean of the rest. */
    IQM("IQM") {
        @Override
        double of(Scores scores, int[] draw) {
            int[] count = new int[scores.size()];
            for (int index : draw) {
                count[scores.rank(index)]++;
            }
            int dropped = draw.length / 4;
            int from = dropped;
            int to = draw.length - dropped;
            int seen = 0;
            double sum = 0;
            for (int rank = 0; rank < count.length && seen < to; rank++) {
                int kept = Math.min(seen + count[rank], to) - Math.max(seen, from);
                if (kept > 0) {
                    sum += kept * scores.sorted(rank);
                }
                seen += count[rank];
            }
            return sum / (to - from);
        }
    },

    /** Mean of the task means. */
    MEAN("mean") {
        @Override
        double of(Scores scores, int[] draw) {
            double sum = 0;
            for (int index : draw) {
                sum += scores.entry(index);
            }
            return sum / draw.length;
        }
    },

    /** Median of the task means. */
    MEDIAN("median") {
        @Override
        double of(Scores scores, int[] draw) {
            double[] means = new double[scores.tasks()];
            for (int i = 0; i < draw.length; i++) {
                means[i % means.length] += scores.entry(draw[i]);
            }
            for (int task = 0; task < means.length; task++) {
                means[task] /= scores.runs();
            }
            Arrays.sort(means);
            int half = means.length / 2;
            return means.length % 2 == 1 ? means[half] : (means[half - 1] + means[half]) / 2;
        }
    },

    /** How far the scores stay below 1, scores above 1 counting as 1; smaller is better. */
    OPTIMALITY_GAP("optimality gap") {
        @Override
        double of(Scores scores, int[] draw) {
            return gap(scores, draw, 1);
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

    /** The aggregate of the scores as they are. */
    public double of(Scores scores) {
        return of(scores, scores.everything());
    }

    /** The aggregate of a resample; {@code draw[run * tasks + task]} names the entry that stands there. */
    abstract double of(Scores scores, int[] draw);

    /** Optimality gap against another goal than 1. */
    public static double optimalityGap(Scores scores, double goal) {
        return gap(scores, scores.everything(), goal);
    }

    private static double gap(Scores scores, int[] draw, double goal) {
        double sum = 0;
        for (int index : draw) {
            sum += Math.min(scores.entry(index), goal);
        }
        return goal - sum / draw.length;
    }
}
