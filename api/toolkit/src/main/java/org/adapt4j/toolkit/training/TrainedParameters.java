package org.adapt4j.toolkit.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.toolkit.network.WeightVector;

/** A weight vector and its optimiser as the contract's parameters. Snapshots are host copies: nothing to close. */
public final class TrainedParameters implements Parameters, Stateful {

    private final WeightVector weights;
    private final Adam adam;
    private final Runnable restored;
    private final Set<String> groups = new TreeSet<>();

    /** Joins the two, which stay the caller's to close. */
    public TrainedParameters(WeightVector weights, Adam adam) {
        this(weights, adam, () -> {});
    }

    /**
     * Joins the two, which stay the caller's to close.
     *
     * @param restored run after each {@link #restore} of weights, for what must begin where they do, such as a target network
     */
    public TrainedParameters(WeightVector weights, Adam adam, Runnable restored) {
        this.weights = weights;
        this.adam = adam;
        this.restored = restored;
        for (String name : weights.tensors().keySet()) {
            groups.add(groupOf(name));
        }
    }

    @Override
    public Set<String> groups() {
        return Set.copyOf(groups);
    }

    @Override
    public long count() {
        return weights.count();
    }

    @Override
    public Snapshot snapshot() {
        Map<String, Tensor> all = new TreeMap<>(weights.tensors());
        all.putAll(adam.tensors());
        return Snapshot.of(all);
    }

    @Override
    public Snapshot snapshot(Set<String> wanted) {
        return wanted.contains(OPTIMIZER)
                ? snapshot().only(wanted)
                : Snapshot.of(weights.tensors()).only(wanted);
    }

    @Override
    public void restore(Snapshot snapshot, Set<String> wanted) {
        for (String group : wanted) {
            if (!groups.contains(group) && !group.equals(OPTIMIZER)) {
                throw new IllegalArgumentException(
                        "no group '" + group + "' of parameters, only " + groups + " and " + OPTIMIZER);
            }
        }
        if (wanted.contains(OPTIMIZER)) {
            adam.check(snapshot.tensors());
        }
        weights.take(snapshot.tensors(), name -> wanted.contains(groupOf(name)));
        if (wanted.contains(OPTIMIZER)) {
            adam.take(snapshot.tensors());
        }
        if (wanted.stream().anyMatch(groups::contains)) {
            restored.run();
        }
    }

    @Override
    public void moveTowards(Snapshot target, double fraction) {
        if (fraction != 0) {
            weights.moveTowards(target.tensors(), fraction);
        }
    }

    @Override
    public void train(Set<String> wanted) {
        for (String group : wanted) {
            if (!groups.contains(group)) {
                throw new IllegalArgumentException("no group '" + group + "' of parameters, only " + groups);
            }
        }
        adam.train(weights.mask(name -> wanted.contains(groupOf(name))));
    }

    @Override
    public void resetOptimizer() {
        adam.reset();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        for (Tensor tensor : snapshot().tensors().values()) {
            byte[] numbers = new byte[tensor.data().limit()];
            tensor.data().get(0, numbers);
            out.write(numbers);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        Map<String, Tensor> all = new TreeMap<>();
        for (Map.Entry<String, Tensor> entry : snapshot().tensors().entrySet()) {
            byte[] numbers = new byte[entry.getValue().data().limit()];
            in.readFully(numbers);
            all.put(
                    entry.getKey(),
                    new Tensor(
                            entry.getValue().type(),
                            entry.getValue().shape(),
                            ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN)));
        }
        weights.take(all, name -> true);
        adam.take(all);
    }

    private static String groupOf(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
