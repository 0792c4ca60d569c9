package org.adapt4j.testkit.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.run.Metrics;

/** Keeps what was recorded. */
public final class FakeMetrics implements Metrics {

    private final Map<String, List<Double>> series = new TreeMap<>();

    @Override
    public void record(Map<String, Double> values) {
        values.forEach((name, value) ->
                series.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }

    /** All values of a name, in order; empty if there are none. */
    public List<Double> of(String name) {
        return List.copyOf(series.getOrDefault(name, List.of()));
    }

    /** The names that occur. */
    public List<String> names() {
        return List.copyOf(series.keySet());
    }
}
