package org.adapt4j.testkit.toy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.run.Stateful;

/** The weights of a linear function from a vector of floats to one number per action, and a number that an optimiser remembers. */
final class ToyWeights implements Parameters, Stateful {

    private final String group;
    private final int inputs;
    private final int actions;
    private final double[] weights;
    private double memory;
    private boolean trained = true;

    /**
     * Small random weights.
     *
     * @param group their name
     */
    ToyWeights(String group, int inputs, int actions, RandomStream random) {
        this.group = group;
        this.inputs = inputs;
        this.actions = actions;
        weights = new double[inputs * actions];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.01 * random.nextGaussian();
        }
    }

    /** The function's values. @param row which observation of the buffer */
    double[] outputs(ByteBuffer observation, int row) {
        double[] values = new double[actions];
        for (int a = 0; a < actions; a++) {
            for (int i = 0; i < inputs; i++) {
                values[a] += weights[a * inputs + i] * observation.getFloat((row * inputs + i) * Float.BYTES);
            }
        }
        return values;
    }

    /** Adds to {@code gradient}, as long as the weights, what moves the value of an action by {@code push}. */
    void note(double[] gradient, ByteBuffer observation, int row, int action, double push) {
        for (int i = 0; i < inputs; i++) {
            gradient[action * inputs + i] += push * observation.getFloat((row * inputs + i) * Float.BYTES);
        }
    }

    /** Moves all weights, if they are trained. */
    void ascend(double[] gradient, double rate) {
        for (int i = 0; i < weights.length && trained; i++) {
            weights[i] += rate * gradient[i];
        }
    }

    /** The number of the largest value, the first one of equals. */
    static int best(double[] values) {
        int best = 0;
        for (int a = 1; a < values.length; a++) {
            best = values[a] > values[best] ? a : best;
        }
        return best;
    }

    /** What the optimiser remembers. */
    double memory() {
        return memory;
    }

    void remember(double number) {
        memory = number;
    }

    @Override
    public void train(Set<String> groups) {
        if (!groups().containsAll(groups)) {
            throw new IllegalArgumentException("no such group in " + groups + ", only " + groups());
        }
        trained = !groups.isEmpty();
    }

    @Override
    public Set<String> groups() {
        return Set.of(group);
    }

    @Override
    public long count() {
        return weights.length;
    }

    private String name() {
        return group + "/weights";
    }

    @Override
    public Snapshot snapshot() {
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put(name(), Tensor.of(weights));
        tensors.put(OPTIMIZER + "/memory", Tensor.of(memory));
        return Snapshot.of(tensors);
    }

    @Override
    public void restore(Snapshot snapshot, Set<String> groups) {
        for (String wanted : groups) {
            if (!wanted.equals(group) && !wanted.equals(OPTIMIZER)) {
                throw new IllegalArgumentException(
                        "no group '" + wanted + "', only [" + OPTIMIZER + ", " + group + "]");
            }
        }
        Tensor learned = snapshot.tensors().get(name());
        if (groups.contains(group)) {
            if (learned == null || !learned.shape().equals(List.of((long) weights.length))) {
                throw new IllegalArgumentException(name() + ": needs " + weights.length
                        + " numbers, but the snapshot has " + (learned == null ? "none" : learned.shape()));
            }
            if (snapshot.only(Set.of(group)).tensors().size() > 1) {
                throw new IllegalArgumentException("the snapshot has more than " + name() + " in the group " + group);
            }
            System.arraycopy(learned.doubles(), 0, weights, 0, weights.length);
        }
        Tensor remembered = snapshot.tensors().get(OPTIMIZER + "/memory");
        if (groups.contains(OPTIMIZER) && remembered != null) {
            memory = remembered.doubles()[0];
        }
    }

    @Override
    public void moveTowards(Snapshot target, double fraction) {
        Tensor tensor = target.tensors().get(name());
        if (tensor == null) {
            throw new IllegalArgumentException(name() + ": missing in the target");
        }
        double[] goal = tensor.doubles();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += fraction * (goal[i] - weights[i]);
        }
    }

    @Override
    public void resetOptimizer() {
        memory = 0;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (double weight : weights) {
            out.writeDouble(weight);
        }
        out.writeDouble(memory);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = in.readDouble();
        }
        memory = in.readDouble();
    }
}
