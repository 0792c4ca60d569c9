package org.adapt4j.runtime.report.statistics;

/**
 * Performance profile: the share of scores strictly above each threshold.
 *
 * <p>Source: Agarwal et al. 2021, section 4.2.
 */
public final class Profile {
    private Profile() {}

    /** Share of all runs times tasks whose score is above each threshold. */
    public static double[] ofRuns(Scores scores, double[] thresholds) {
        double[] shares = new double[thresholds.length];
        for (int t = 0; t < thresholds.length; t++) {
            int above = 0;
            for (int i = 0; i < scores.size(); i++) {
                above += scores.entry(i) > thresholds[t] ? 1 : 0;
            }
            shares[t] = above / (double) scores.size();
        }
        return shares;
    }

    /** Share of tasks whose mean over the runs is above each threshold. */
    public static double[] ofTaskMeans(Scores scores, double[] thresholds) {
        double[][] means = new double[1][scores.tasks()];
        for (int task = 0; task < scores.tasks(); task++) {
            for (int run = 0; run < scores.runs(); run++) {
                means[0][task] += scores.at(run, task);
            }
            means[0][task] /= scores.runs();
        }
        return ofRuns(Scores.of(means), thresholds);
    }
}
