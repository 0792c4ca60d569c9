package org.adapt4j.toolkit.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.run.Stateful;
import org.adapt4j.toolkit.network.WeightVector;

/** Weight vectors and their optimisers as the contract's parameters. Snapshots are host copies: nothing to close. */
public final class TrainedParameters implements Parameters, Stateful {

    private final List<Part> parts;
    private final Runnable restored;
    private final Set<String> groups = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();
    private Set<String> trained;

    /**
     * A vector that an optimiser of its own trains; both stay the caller's to close.
     *
     * @param name tells optimisers apart; empty if there is only one
     * @param weights the vector
     * @param adam its optimiser
     */
    public record Part(String name, WeightVector weights, Adam adam) {

        private Map<String, Tensor> memory() {
            Map<String, Tensor> memory = new TreeMap<>();
            adam.tensors().forEach((tensor, values) -> memory.put(renamed(tensor), values));
            return memory;
        }

        /** What of a snapshot is this optimiser's, under the names it knows. */
        private Map<String, Tensor> memoryIn(Map<String, Tensor> tensors) {
            Map<String, Tensor> memory = new TreeMap<>();
            adam.tensors().keySet().forEach(tensor -> {
                Tensor values = tensors.get(renamed(tensor));
                if (values != null) {
                    memory.put(tensor, values);
                }
            });
            return memory;
        }

        private String renamed(String tensor) {
            return name.isEmpty() ? tensor : OPTIMIZER + "/" + name + tensor.substring(OPTIMIZER.length());
        }
    }

    /** Joins a single vector and its optimiser. */
    public TrainedParameters(WeightVector weights, Adam adam) {
        this(weights, adam, () -> {});
    }

    /** Joins a single vector and its optimiser. @param restored as below */
    public TrainedParameters(WeightVector weights, Adam adam, Runnable restored) {
        this(List.of(new Part("", weights, adam)), restored);
    }

    /**
     * Joins several.
     *
     * @param parts with different names, and no group in two of them
     * @param restored run after each {@link #restore} of weights, for what must begin where they do, such as a target network
     */
    public TrainedParameters(List<Part> parts, Runnable restored) {
        this.parts = List.copyOf(parts);
        this.restored = restored;
        for (Part part : parts) {
            names.addAll(part.weights().tensors().keySet());
        }
        names.forEach(name -> groups.add(name.substring(0, name.indexOf('/'))));
        trained = groups;
    }

    @Override
    public Set<String> groups() {
        return Set.copyOf(groups);
    }

    @Override
    public long count() {
        return parts.stream().mapToLong(part -> part.weights().count()).sum();
    }

    @Override
    public Snapshot snapshot() {
        Map<String, Tensor> all = new TreeMap<>();
        for (Part part : parts) {
            all.putAll(part.weights().tensors());
            all.putAll(part.memory());
        }
        return Snapshot.of(all);
    }

    @Override
    public Snapshot snapshot(Set<String> wanted) {
        if (wanted.contains(OPTIMIZER)) {
            return snapshot().only(wanted);
        }
        Map<String, Tensor> all = new TreeMap<>();
        parts.forEach(part -> all.putAll(part.weights().tensors()));
        return Snapshot.of(all).only(wanted);
    }

    @Override
    public void restore(Snapshot snapshot, Set<String> wanted) {
        requireKnown(wanted);
        Map<String, Tensor> tensors = snapshot.tensors();
        for (String name : tensors.keySet()) {
            if (Snapshot.covers(wanted, name) && !names.contains(name) && !Snapshot.covers(Set.of(OPTIMIZER), name)) {
                throw new IllegalArgumentException("tensor " + name + " is not one of this network's");
            }
        }
        boolean memory = wanted.contains(OPTIMIZER);
        for (Part part : parts) {
            part.weights().check(tensors, name -> Snapshot.covers(wanted, name));
            if (memory) {
                part.adam().check(part.memoryIn(tensors));
            }
        }
        for (Part part : parts) {
            part.weights().take(tensors, name -> Snapshot.covers(wanted, name));
            if (memory) {
                part.adam().take(part.memoryIn(tensors));
            }
        }
        if (names.stream().anyMatch(name -> Snapshot.covers(wanted, name))) {
            restored.run();
        }
    }

    private void requireKnown(Set<String> wanted) {
        for (String group : wanted) {
            if (!group.equals(OPTIMIZER) && names.stream().noneMatch(name -> Snapshot.covers(Set.of(group), name))) {
                throw new IllegalArgumentException(
                        "no group '" + group + "' of parameters, only " + groups + " and " + OPTIMIZER);
            }
        }
    }

    @Override
    public void moveTowards(Snapshot target, double fraction) {
        if (fraction != 0) {
            parts.forEach(part -> part.weights().moveTowards(target.tensors(), fraction));
        }
    }

    @Override
    public void train(Set<String> wanted) {
        requireKnown(wanted);
        for (Part part : parts) {
            part.adam().train(part.weights().mask(name -> Snapshot.covers(wanted, name)));
        }
        trained = Set.copyOf(wanted);
    }

    /** Whether a tensor is among those that change, also by other ways than a gradient. */
    public boolean trains(String tensor) {
        return Snapshot.covers(trained, tensor);
    }

    @Override
    public void resetOptimizer() {
        parts.forEach(part -> part.adam().reset());
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
        for (Part part : parts) {
            part.weights().take(all, name -> true);
            part.adam().take(part.memoryIn(all));
        }
    }
}
