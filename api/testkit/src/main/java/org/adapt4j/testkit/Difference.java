package org.adapt4j.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.method.Checkpoint;
import org.adapt4j.api.space.Element;

/** Tells how things differ that must be the same bit for bit: which numbers, where, and by how much. Empty where they are the same. */
final class Difference {
    /** Tensors that a message names; of the others it says how many they are. */
    private static final int NAMED = 3;

    private Difference() {}

    /** Of what is handed over: weights, what they were conditioned on, facts. */
    static Optional<String> of(Checkpoint expected, Checkpoint actual) {
        if (!actual.conditioning().equals(expected.conditioning())) {
            return Optional.of(
                    "it is conditioned on " + actual.conditioning() + " instead of on " + expected.conditioning());
        }
        if (!actual.facts().equals(expected.facts())) {
            return Optional.of("its facts are " + actual.facts() + " instead of " + expected.facts());
        }
        return of(expected.weights(), actual.weights());
    }

    /** Of weights. */
    static Optional<String> of(Snapshot expected, Snapshot actual) {
        if (actual.equals(expected)) {
            return Optional.empty();
        }
        SortedSet<String> missing = new TreeSet<>(expected.tensors().keySet());
        missing.removeAll(actual.tensors().keySet());
        SortedSet<String> added = new TreeSet<>(actual.tensors().keySet());
        added.removeAll(expected.tensors().keySet());
        if (!missing.isEmpty() || !added.isEmpty()) {
            return Optional.of("the names of its tensors differ: missing are " + missing + ", new are " + added);
        }
        List<String> different = new ArrayList<>();
        for (Map.Entry<String, Tensor> tensor : expected.tensors().entrySet()) {
            Tensor other = actual.tensors().get(tensor.getKey());
            if (other != null && !other.equals(tensor.getValue())) {
                different.add("'" + tensor.getKey() + "' in " + of(tensor.getValue(), other));
            }
        }
        int named = Math.min(NAMED, different.size());
        return Optional.of(different.size() + " of " + expected.tensors().size() + " tensors differ: "
                + String.join("; ", different.subList(0, named))
                + (different.size() > named ? "; and " + (different.size() - named) + " more" : ""));
    }

    private static String of(Tensor expected, Tensor actual) {
        if (!actual.shape().equals(expected.shape()) || actual.type() != expected.type()) {
            return "its shape: " + actual.type() + actual.shape() + " instead of " + expected.type() + expected.shape();
        }
        List<Integer> shape = expected.shape().stream().map(Math::toIntExact).toList();
        return numbers(expected.doubles(), actual.doubles(), index -> place(index, shape))
                .orElse("the bits of what is not a number, or of -0");
    }

    /** Of numbers in order. @param place how the place of an index is called */
    static Optional<String> numbers(double[] expected, double[] actual, IntFunction<String> place) {
        if (expected.length != actual.length) {
            return Optional.of("how many they are: " + actual.length + " instead of " + expected.length);
        }
        int differing = 0;
        int most = -1;
        for (int i = 0; i < expected.length; i++) {
            if (Double.compare(expected[i], actual[i]) != 0) {
                differing++;
                most = most < 0 || by(expected[i], actual[i]) > by(expected[most], actual[most]) ? i : most;
            }
        }
        if (differing == 0) {
            return Optional.empty();
        }
        return Optional.of(differing + " of " + expected.length + (expected.length == 1 ? " number" : " numbers")
                + (differing == 1 ? ", at " : ", most at ") + place.apply(most) + ": " + actual[most] + " instead of "
                + expected[most] + " (by " + String.format(Locale.ROOT, "%.3g", by(expected[most], actual[most]))
                + ")");
    }

    private static double by(double one, double other) {
        double by = Math.abs(one - other);
        return Double.isNaN(by) ? Double.POSITIVE_INFINITY : by;
    }

    /** Such as {@code [2, 0]}, counted from 0, row-major. */
    static String place(int index, List<Integer> shape) {
        int rest = index;
        int[] place = new int[shape.size()];
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            place[axis] = rest % shape.get(axis);
            rest /= shape.get(axis);
        }
        return Arrays.toString(place);
    }

    /** Numbers of a column as they lie in memory. */
    static double[] numbers(ByteBuffer column, Element element) {
        ByteBuffer bytes = column.duplicate().rewind().order(ByteOrder.nativeOrder());
        double[] numbers = new double[bytes.limit() / element.bytes()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (element) {
                case UINT8 -> bytes.get(i) & 0xFF;
                case INT32 -> bytes.getInt(4 * i);
                case FLOAT32 -> bytes.getFloat(4 * i);
            };
        }
        return numbers;
    }
}
