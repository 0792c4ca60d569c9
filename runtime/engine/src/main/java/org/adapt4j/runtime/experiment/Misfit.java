package org.adapt4j.runtime.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.method.Adapter;

/** What of a learner's network does not fit into the one that an adapter goes on with. */
final class Misfit {

    private Misfit() {}

    /**
     * Compares two networks by the names and shapes of their tensors.
     *
     * @param learned tensors that a learner leaves; empty if they are not known beforehand
     * @param own tensors of the agent that adapts; empty if they are not known beforehand
     * @return what does not fit, in a sentence that says what to change; empty if all fits, or nothing is known
     */
    static Optional<String> between(Map<String, List<Long>> learned, Map<String, List<Long>> own, Adapter adapter) {
        if (learned.isEmpty() || own.isEmpty()) {
            return Optional.empty();
        }
        Set<String> groups = groups(own.keySet());
        Set<String> taken = adapter.takesOver(groups);
        for (String group : taken) {
            if (own.keySet().stream().noneMatch(name -> Snapshot.covers(Set.of(group), name))) {
                return Optional.of("the adapter takes over the parameters '" + group + "', and the algorithm has only "
                        + String.join(", ", groups));
            }
        }
        for (Map.Entry<String, List<Long>> tensor : new TreeMap<>(own).entrySet()) {
            if (!Snapshot.covers(taken, tensor.getKey())) {
                continue;
            }
            List<Long> before = learned.get(tensor.getKey());
            if (before == null) {
                return Optional.of(
                        "the adapter takes over " + tensor.getKey() + ", and pre-training has no such parameters;"
                                + " give both phases the same network, or let the adapter take over fewer groups");
            }
            if (!before.equals(tensor.getValue())) {
                return Optional.of("the adapter takes over " + tensor.getKey() + ", which is " + sizes(before)
                        + " in pre-training and " + sizes(tensor.getValue())
                        + " here; give both phases the same network, or let the adapter take over fewer groups");
            }
        }
        return Optional.empty();
    }

    /**
     * Finds a group, or part of one, that a method names and no tensor belongs to.
     *
     * @param tensors of the algorithm; empty if they are not known beforehand
     * @return a sentence that names it and what there is; empty if all are known, or nothing is
     */
    static Optional<String> unknown(Set<String> named, Set<String> tensors, String algorithm) {
        return tensors.isEmpty()
                ? Optional.empty()
                : named.stream()
                        .sorted()
                        .filter(group -> tensors.stream().noneMatch(tensor -> Snapshot.covers(Set.of(group), tensor)))
                        .findFirst()
                        .map(group -> "the method names the parameters '" + group + "', and " + algorithm + " has only "
                                + String.join(", ", groups(tensors)));
    }

    /** The groups of some tensors. */
    private static Set<String> groups(Set<String> tensors) {
        Set<String> groups = new TreeSet<>();
        tensors.forEach(name -> groups.add(name.substring(0, name.indexOf('/'))));
        return groups;
    }

    private static String sizes(List<Long> shape) {
        return shape.isEmpty()
                ? "a number"
                : shape.stream().map(String::valueOf).collect(Collectors.joining(" × "));
    }
}
