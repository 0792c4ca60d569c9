package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.run.Stateful;

/**
 * All weights that one optimiser trains, as one flat vector: a gradient norm, an optimiser's step and a soft update are
 * then one native call each, however many layers there are.
 *
 * <p>The vector never requires a gradient itself; a gradient scope differentiates a second handle on the same memory, so
 * nothing has to be zeroed between updates.
 */
public final class WeightVector implements Stateful, AutoCloseable {

    private final Layout layout;
    private final NDManager manager;
    private final NDArray flat;
    private final Weights constants;

    /**
     * Allocates and initialises.
     *
     * @param parent manager whose end is also this vector's
     */
    public WeightVector(NDManager parent, Layout layout, RandomGenerator random) {
        this.layout = layout;
        manager = parent.newSubManager();
        // The engine's own memory is aligned, Java's is not.
        flat = manager.zeros(new Shape(layout.count()));
        write(layout.initial(random));
        constants = new WeightViews(layout, flat);
    }

    /** Allocates another vector of a plan, with the same values as the first: a target network. */
    public WeightVector(NDManager parent, WeightVector first) {
        layout = first.layout;
        manager = parent.newSubManager();
        flat = manager.zeros(new Shape(layout.count()));
        copyFrom(first);
        constants = new WeightViews(layout, flat);
    }

    /** Number of trainable numbers. */
    public long count() {
        return layout.count();
    }

    /** The plan. */
    public Layout layout() {
        return layout;
    }

    /** Present values without gradients, for acting. Live: they follow every step of the optimiser. */
    public Weights constants() {
        return constants;
    }

    /** The vector itself, {@code [count]}. Change it in place only. */
    public NDArray flat() {
        return flat;
    }

    /** A second handle on the same memory that collects gradients, owned by the given manager. */
    public NDArray leaf(NDManager owner) {
        NDArray leaf = flat.stopGradient();
        leaf.attach(owner);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** Views on a leaf, tensor by tensor. Call within a gradient collector. */
    public Weights split(NDArray leaf) {
        return new WeightViews(layout, leaf);
    }

    /** Copies all tensors to the host. */
    public Map<String, Tensor> tensors() {
        return named(flat.toFloatArray());
    }

    /** As many numbers as this vector has, such as its gradient, under the names and in the shapes of its tensors. */
    public Map<String, Tensor> named(float[] all) {
        Map<String, Tensor> tensors = new TreeMap<>();
        for (Layout.Slot slot : layout.slots()) {
            float[] values = new float[slot.size()];
            System.arraycopy(all, Math.toIntExact(slot.offset()), values, 0, values.length);
            tensors.put(slot.name(), Tensor.of(shape(slot), values));
        }
        return tensors;
    }

    /** Whether {@link #take} would find all it needs. @throws IllegalArgumentException as it does */
    public void check(Map<String, Tensor> tensors, Predicate<String> wanted) {
        for (Layout.Slot slot : layout.slots()) {
            if (wanted.test(slot.name())) {
                require(tensors, slot);
            }
        }
    }

    /** Moves every number of this vector to {@code w + fraction · (other − w)}: Polyak averaging, on the device. */
    public void moveTowards(WeightVector other, double fraction) {
        try (NDArray step = other.flat.sub(flat)) {
            flat.addi(step.muli((float) fraction));
        }
    }

    /**
     * Takes over the tensors whose names are wanted.
     *
     * @throws IllegalArgumentException if one is missing or has another shape; nothing has changed then
     */
    public void take(Map<String, Tensor> tensors, Predicate<String> wanted) {
        float[] all = flat.toFloatArray();
        for (Layout.Slot slot : layout.slots()) {
            if (wanted.test(slot.name())) {
                System.arraycopy(require(tensors, slot).floats(), 0, all, Math.toIntExact(slot.offset()), slot.size());
            }
        }
        write(all);
    }

    /** Moves every weight w to {@code w + fraction · (target − w)}; exactly onto the target where the fraction is 1. */
    public void moveTowards(Map<String, Tensor> target, double fraction) {
        float[] all = flat.toFloatArray();
        for (Layout.Slot slot : layout.slots()) {
            float[] goal = require(target, slot).floats();
            int offset = Math.toIntExact(slot.offset());
            for (int i = 0; i < goal.length; i++) {
                double here = all[offset + i];
                all[offset + i] = fraction == 1 ? goal[i] : (float) (here + fraction * (goal[i] - here));
            }
        }
        write(all);
    }

    /** Looks at every number. @throws NotFiniteException naming the first tensor that has one that is not finite */
    public void requireFinite() {
        float[] all = flat.toFloatArray();
        for (Layout.Slot slot : layout.slots()) {
            int offset = Math.toIntExact(slot.offset());
            for (int i = offset; i < offset + slot.size(); i++) {
                if (!Float.isFinite(all[i])) {
                    throw new NotFiniteException(slot.name(), all[i]);
                }
            }
        }
    }

    /** Ones for the tensors whose names are wanted, zeros for all others, {@code [count]}. */
    public float[] mask(Predicate<String> wanted) {
        float[] mask = new float[Math.toIntExact(count())];
        for (Layout.Slot slot : layout.slots()) {
            if (wanted.test(slot.name())) {
                int offset = Math.toIntExact(slot.offset());
                Arrays.fill(mask, offset, offset + slot.size(), 1);
            }
        }
        return mask;
    }

    /** Overwrites everything. */
    public void write(float[] all) {
        HostArrays.write(flat, all);
    }

    /** Takes over all values of a vector of the same plan. */
    public void copyFrom(WeightVector other) {
        // The engine's copyTo would exchange the memory and leave the views with the old one.
        flat.set(new NDIndex(":"), other.flat);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(Math.toIntExact(4 * count())).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asFloatBuffer().put(flat.toFloatArray());
        out.write(numbers.array());
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        byte[] numbers = new byte[Math.toIntExact(4 * count())];
        in.readFully(numbers);
        float[] all = new float[Math.toIntExact(count())];
        ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(all);
        write(all);
    }

    private static Tensor require(Map<String, Tensor> tensors, Layout.Slot slot) {
        Tensor tensor = tensors.get(slot.name());
        if (tensor == null) {
            throw new IllegalArgumentException("tensor " + slot.name() + " is missing");
        }
        if (!tensor.shape().equals(shape(slot))) {
            throw new IllegalArgumentException(
                    "tensor " + slot.name() + " has shape " + tensor.shape() + " instead of " + shape(slot));
        }
        return tensor;
    }

    private static List<Long> shape(Layout.Slot slot) {
        return Arrays.stream(slot.shape()).boxed().toList();
    }

    @Override
    public void close() {
        manager.close();
    }
}
