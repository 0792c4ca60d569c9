package org.adapt4j.toolkit.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.toolkit.file.Safetensors;
import org.adapt4j.toolkit.network.WeightVector;

/** A weight vector and its optimiser as the contract's parameters. Snapshots are host copies: nothing to close. */
public final class TrainedParameters implements Parameters, Stateful {

    private final WeightVector weights;
    private final Adam adam;
    private final Set<String> groups = new TreeSet<>();

    /** Joins the two, which stay the caller's to close. */
    public TrainedParameters(WeightVector weights, Adam adam) {
        this.weights = weights;
        this.adam = adam;
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
    }

    @Override
    public void moveTowards(Snapshot target, double fraction) {
        if (fraction != 0) {
            weights.moveTowards(target.tensors(), fraction);
        }
    }

    @Override
    public void resetOptimizer() {
        adam.reset();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        Map<String, Tensor> all = new TreeMap<>(weights.tensors());
        all.putAll(adam.tensors());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Safetensors.write(file, all, Map.of());
        out.writeInt(file.size());
        file.writeTo(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        byte[] file = new byte[in.readInt()];
        in.readFully(file);
        Map<String, Tensor> all =
                Safetensors.read(new ByteArrayInputStream(file)).tensors();
        try {
            adam.check(all);
            weights.take(all, name -> true);
            adam.take(all);
        } catch (IllegalArgumentException e) {
            throw new IOException("the saved weights do not fit: " + e.getMessage(), e);
        }
    }

    private static String groupOf(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }
}
