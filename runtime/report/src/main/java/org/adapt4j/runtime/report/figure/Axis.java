package org.adapt4j.runtime.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A range of values with round marks.
 *
 * @param low where the axis begins
 * @param high where it ends
 * @param ticks round values inside
 */
record Axis(double low, double high, List<Double> ticks) {
    /** An axis whose ends are round and enclose all values. */
    static Axis around(double low, double high, int about) {
        if (!(high > low)) {
            double pad = low == 0 ? 1 : Math.abs(low) * 0.1;
            return around(low - pad, high + pad, about);
        }
        double step = step(high - low, about);
        return marked(Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step, step);
    }

    /** An axis that ends where the values end. */
    static Axis exactly(double low, double high, int about) {
        if (!(high > low)) {
            return around(low, high, about);
        }
        return marked(low, high, step(high - low, about));
    }

    private static Axis marked(double low, double high, double step) {
        List<Double> ticks = new ArrayList<>();
        long first = (long) Math.ceil(low / step - 1e-9);
        for (long i = first; i * step <= high + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return new Axis(low, high, ticks);
    }

    private static double step(double range, int about) {
        double raw = range / about;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double share = raw / power;
        return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 2.5 ? 2.5 : share <= 5 ? 5 : 10);
    }

    /** Position of a value between two pixels; what lies beyond an end that was fixed is drawn at that end. */
    double place(double value, double from, double to) {
        return from + (Math.max(low, Math.min(high, value)) - low) / (high - low) * (to - from);
    }

    /** Widest label in pixels. */
    double widest(DoubleFunction<String> format, double size) {
        return ticks.stream()
                .mapToDouble(tick -> Drawing.widthOf(format.apply(tick), size))
                .max()
                .orElse(0);
    }
}
