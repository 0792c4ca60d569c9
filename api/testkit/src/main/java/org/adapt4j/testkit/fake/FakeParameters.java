package org.adapt4j.testkit.fake;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Weights as plain arrays, one vector of 64-bit floats per group, and an optimiser that remembers nothing but how many steps
 * it made.
 */
public final class FakeParameters implements Parameters {

    private static final String STEPS = OPTIMIZER + "/steps";

    private final SortedMap<String, double[]> weights = new TreeMap<>();
    private double optimizerSteps;
    private @Nullable Set<String> trained;

    /** Weights. @param start by group; copied */
    public FakeParameters(Map<String, double[]> start) {
        start.forEach((group, values) -> weights.put(group, values.clone()));
    }

    /** The live weights of a group. */
    public double[] of(String group) {
        double[] values = weights.get(group);
        if (values == null) {
            throw new IllegalArgumentException("no group '" + group + "', only " + weights.keySet());
        }
        return values;
    }

    /** How many steps the optimiser remembers. */
    public double optimizerSteps() {
        return optimizerSteps;
    }

    /** Counts a step of the optimiser. */
    public void countOptimizerStep() {
        optimizerSteps++;
    }

    void rememberOptimizerSteps(double steps) {
        optimizerSteps = steps;
    }

    @Override
    public Set<String> groups() {
        return new TreeSet<>(weights.keySet());
    }

    @Override
    public long count() {
        return weights.values().stream().mapToLong(values -> values.length).sum();
    }

    @Override
    public Snapshot snapshot() {
        Map<String, Tensor> tensors = new TreeMap<>();
        weights.forEach((group, values) -> tensors.put(group + "/weights", Tensor.of(values)));
        tensors.put(STEPS, Tensor.of(optimizerSteps));
        return Snapshot.of(tensors);
    }

    @Override
    public void restore(Snapshot snapshot, Set<String> groups) {
        SortedMap<String, double[]> taken = new TreeMap<>();
        for (String group : groups) {
            if (group.equals(OPTIMIZER)) {
                taken.put(group, values(snapshot, STEPS, 1));
            } else {
                taken.put(group, values(snapshot, group + "/weights", of(group).length));
            }
        }
        taken.forEach((group, values) -> {
            if (group.equals(OPTIMIZER)) {
                optimizerSteps = values[0];
            } else {
                weights.put(group, values);
            }
        });
    }

    @Override
    public void moveTowards(Snapshot target, double fraction) {
        for (Map.Entry<String, double[]> group : weights.entrySet()) {
            double[] present = group.getValue();
            double[] wanted = values(target, group.getKey() + "/weights", present.length);
            for (int i = 0; i < present.length; i++) {
                present[i] += fraction * (wanted[i] - present[i]);
            }
        }
    }

    @Override
    public void train(Set<String> groups) {
        groups.forEach(this::of);
        trained = Set.copyOf(groups);
    }

    /** Whether updates may change a group. */
    public boolean isTrained(String group) {
        return trained == null || trained.contains(group);
    }

    @Override
    public void resetOptimizer() {
        optimizerSteps = 0;
    }

    private static double[] values(Snapshot snapshot, String name, int length) {
        Tensor tensor = snapshot.tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(
                    "no tensor '" + name + "', only " + snapshot.tensors().keySet());
        }
        double[] values = tensor.doubles();
        if (values.length != length) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' has " + values.length + " numbers where " + length + " are needed");
        }
        return values;
    }
}
