package org.adapt4j.runtime.cell;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.Budget;
import org.adapt4j.api.run.Metrics;
import org.adapt4j.api.run.Stateful;

/**
 * Means of what is logged too often to write all of it down: a line for each thousandth of the budget. Numbers named {@code
 * episodes} are counted instead, and weigh the means of what happened in episodes.
 */
final class Averages implements Stateful {

    private static final int LINES = 1000;
    private static final String EPISODES = "episodes";

    private final Metrics metrics;
    private final Budget budget;
    private final Map<String, double[]> sums = new TreeMap<>();
    private int written;

    Averages(Metrics metrics, Budget budget) {
        this.metrics = metrics;
        this.budget = budget;
    }

    /** Adds what belongs to one update. */
    void add(Map<String, Double> values) {
        double episodes = values.getOrDefault(EPISODES, 1.0);
        values.forEach((name, value) -> {
            double weight = name.startsWith("episode-") ? episodes : 1;
            double[] sum = sums.computeIfAbsent(name, unused -> new double[2]);
            sum[0] += weight * value;
            sum[1] += weight;
        });
        int due = (int) (LINES * budget.progress());
        if (due > written && !sums.isEmpty()) {
            written = due;
            Map<String, Double> means = new TreeMap<>();
            sums.forEach((name, sum) -> means.put(name, name.equals(EPISODES) ? sum[0] : sum[0] / sum[1]));
            sums.clear();
            metrics.record(means);
        }
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(written);
        out.writeInt(sums.size());
        for (Map.Entry<String, double[]> entry : sums.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeDouble(entry.getValue()[0]);
            out.writeDouble(entry.getValue()[1]);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        written = in.readInt();
        sums.clear();
        for (int left = in.readInt(); left > 0; left--) {
            sums.put(in.readUTF(), new double[] {in.readDouble(), in.readDouble()});
        }
    }
}
