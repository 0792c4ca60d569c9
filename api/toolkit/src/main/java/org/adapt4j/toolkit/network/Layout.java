package org.adapt4j.toolkit.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.adapt4j.api.algorithm.WeightPlan;

/** The plan of a {@link WeightVector}: which tensors it holds, in order. Plain Java. */
public final class Layout implements WeightPlan {

    private final List<Slot> slots = new ArrayList<>();
    private long numbers;

    /**
     * A tensor of the plan.
     *
     * @param name {@code group/layer/weight}
     * @param shape sizes
     * @param initialiser first values
     * @param offset of its first number in the vector
     */
    record Slot(String name, long[] shape, Start initialiser, long offset) {

        int size() {
            return Math.toIntExact(product(shape));
        }
    }

    @Override
    public int add(String name, Start initialiser, long... shape) {
        if (slots.stream().anyMatch(slot -> slot.name.equals(name))) {
            throw new IllegalArgumentException("two tensors are named " + name);
        }
        slots.add(new Slot(name, shape.clone(), initialiser, numbers));
        numbers += product(shape);
        return slots.size() - 1;
    }

    /** Number of trainable numbers. */
    public long count() {
        return numbers;
    }

    /** Shapes by name of the tensors of some plans, for {@link org.adapt4j.api.algorithm.AlgorithmFactory#tensors}. */
    public static Map<String, List<Long>> shapes(Layout... layouts) {
        Map<String, List<Long>> shapes = new TreeMap<>();
        for (Layout layout : layouts) {
            layout.slots.forEach(slot ->
                    shapes.put(slot.name, LongStream.of(slot.shape).boxed().toList()));
        }
        return shapes;
    }

    List<Slot> slots() {
        return slots;
    }

    float[] initial(RandomGenerator random) {
        float[] all = new float[Math.toIntExact(numbers)];
        for (Slot slot : slots) {
            float[] values = new float[slot.size()];
            slot.initialiser.fill(values, slot.shape, random);
            System.arraycopy(values, 0, all, Math.toIntExact(slot.offset), values.length);
        }
        return all;
    }

    private static long product(long[] shape) {
        long product = 1;
        for (long size : shape) {
            product *= size;
        }
        return product;
    }
}
