package org.adapt4j.runtime.report.judge;

import java.util.stream.IntStream;

/** Step-down correction of several p values that keeps the chance of any false finding. Source: Holm 1979. */
public final class Holm {
    private Holm() {}

    /** Adjusted p values in the order given; comparing each with a level keeps the family-wise error at that level. */
    public static double[] adjust(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[a], values[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[values.length];
        double running = 0;
        for (int i = 0; i < order.length; i++) {
            running = Math.max(running, Math.min(1, (values.length - i) * values[order[i]]));
            adjusted[order[i]] = running;
        }
        return adjusted;
    }
}
