package org.adapt4j.toolkit.training;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.WeightVector;
import org.jspecify.annotations.Nullable;

/**
 * Adam (Kingma and Ba 2015) with its own epsilon, over one flat vector, however many layers there are.
 *
 * <pre>
 * m = β₁m + (1 − β₁)g    v = β₂v + (1 − β₂)g²    w −= rate · m̂ / (√v̂ + ε)
 * </pre>
 *
 * With {@link Restraint} each entry of the gradient is clipped first, from both sides, and then a multiple of the weight is added, so that it
 * runs through the moments: the L2 penalty as Adam was meant to take it, not the decoupled decay of Loshchilov and Hutter 2019.
 *
 * <p>On the processor in Java, in the engine's memory: one pass over the numbers, where the engine's own kernel makes eleven. On an
 * accelerator by {@link DeviceMoments}. DJL's Adam keeps one epsilon for all, clips entries from above only, and is not used.
 */
public final class Adam {

    /**
     * What is done to each entry of a gradient before the moments see it.
     *
     * @param largest entries are clipped to ± this; infinite for no limit
     * @param decay times the weight is added to its entry afterwards
     */
    public record Restraint(double largest, double decay) {

        /** Nothing is done. */
        public static final Restraint NONE = new Restraint(Double.POSITIVE_INFINITY, 0);
    }

    private static final String FIRST = Parameters.OPTIMIZER + "/first-moment";
    private static final String SECOND = Parameters.OPTIMIZER + "/second-moment";
    private static final String STEPS = Parameters.OPTIMIZER + "/steps";

    /** Numbers handled at a time, so that they stay in the processor's nearest cache. */
    private static final int PART = 2048;

    private final WeightVector weights;
    private final float[][] first;
    private final float[][] second;
    private final float[][] trained;
    private final float[] gradientPart = new float[PART];
    private final float[] weightPart = new float[PART];
    private final float[] finitePart = new float[PART];
    private final float epsilon;
    private final float beta1;
    private final float beta2;
    private final Restraint restraint;
    private final @Nullable DeviceMoments onDevice;
    private boolean allTrained = true;
    private long steps;

    /**
     * An optimiser without memory.
     *
     * @param beta1 decay of the mean gradient
     * @param beta2 decay of the mean squared gradient
     */
    public Adam(WeightVector weights, double beta1, double beta2, double epsilon) {
        this(weights, beta1, beta2, epsilon, Restraint.NONE);
    }

    /** The same; @param restraint what is done to a gradient first */
    public Adam(WeightVector weights, double beta1, double beta2, double epsilon, Restraint restraint) {
        this(
                weights,
                beta1,
                beta2,
                epsilon,
                restraint,
                weights.flat().getDevice().isGpu());
    }

    /** The same; @param onDevice whether the engine makes the steps, wherever the weights live */
    Adam(WeightVector weights, double beta1, double beta2, double epsilon, Restraint restraint, boolean onDevice) {
        this.weights = weights;
        this.restraint = restraint;
        this.onDevice = onDevice ? new DeviceMoments(weights) : null;
        this.epsilon = (float) epsilon;
        this.beta1 = (float) beta1;
        this.beta2 = (float) beta2;
        int count = onDevice ? 0 : Math.toIntExact(weights.count());
        first = parts(count);
        second = parts(count);
        trained = parts(count);
        fill(trained, 1);
    }

    private static float[][] parts(int count) {
        float[][] parts = new float[(count + PART - 1) / PART][];
        Arrays.setAll(parts, part -> new float[Math.min(PART, count - part * PART)]);
        return parts;
    }

    private static void fill(float[][] parts, float value) {
        for (float[] part : parts) {
            Arrays.fill(part, value);
        }
    }

    private static void copy(float[] all, float[][] parts) {
        for (int part = 0; part < parts.length; part++) {
            System.arraycopy(all, part * PART, parts[part], 0, parts[part].length);
        }
    }

    private float[] joined(float[][] parts) {
        float[] all = new float[Math.toIntExact(weights.count())];
        for (int part = 0; part < parts.length; part++) {
            System.arraycopy(parts[part], 0, all, part * PART, parts[part].length);
        }
        return all;
    }

    /**
     * Makes a step.
     *
     * @param gradient {@code [count]}; zeroed where weights are not trained, else unchanged
     * @param maxNorm if the gradient's Euclidean norm is larger it is scaled down to this; infinite for no limit
     * @return the norm before scaling
     * @throws NotFiniteException if the norm or a weight is not finite
     */
    public double step(NDArray gradient, double rate, double maxNorm) {
        dropFrozen(gradient);
        double norm;
        try (NDArray tensor = gradient.norm()) {
            norm = tensor.getFloat();
        }
        if (!Double.isFinite(norm)) {
            throw new NotFiniteException("gradient-norm", norm);
        }
        scaledStep(gradient, rate, Math.min(1, maxNorm / (norm + 1e-6)));
        return norm;
    }

    /** As above without a limit: the norm is not even computed. @throws NotFiniteException if a weight or a moment is not finite */
    public void step(NDArray gradient, double rate) {
        dropFrozen(gradient);
        scaledStep(gradient, rate, 1);
    }

    private void dropFrozen(NDArray gradient) {
        if (!allTrained && onDevice != null) {
            onDevice.dropFrozen(gradient);
        } else if (!allTrained) {
            ByteBuffer memory = HostArrays.memory(gradient);
            FloatBuffer slopes = memory.asFloatBuffer();
            for (int i = 0; i < slopes.capacity(); i++) {
                if (trained[i / PART][i % PART] == 0) {
                    slopes.put(i, 0);
                }
            }
            HostArrays.written(memory, gradient);
        }
    }

    private void scaledStep(NDArray gradient, double rate, double scale) {
        steps++;
        // The loop works with rounded decays: correct the bias of what it really does.
        float meanRate = (float) (rate / (1 - Math.pow(beta1, steps)));
        float rootFactor = (float) (1 / Math.sqrt(1 - Math.pow(beta2, steps)));
        if (onDevice != null) {
            onDevice.step(gradient, (float) scale, restraint, meanRate, rootFactor, beta1, beta2, epsilon);
            return;
        }
        FloatBuffer slopes = HostArrays.memory(gradient).asFloatBuffer();
        ByteBuffer memory = HostArrays.memory(weights.flat());
        FloatBuffer numbers = memory.asFloatBuffer();
        Arrays.fill(finitePart, 0);
        for (int part = 0; part < first.length; part++) {
            int length = first[part].length;
            slopes.get(part * PART, gradientPart, 0, length);
            numbers.get(part * PART, weightPart, 0, length);
            float rest = (float) scale;
            if (restraint != Restraint.NONE) {
                restrain(rest, trained[part]);
                rest = 1;
            }
            step(rest, meanRate, rootFactor, first[part], second[part], trained[part]);
            note(finitePart, weightPart, second[part]);
            numbers.put(part * PART, weightPart, 0, length);
        }
        HostArrays.written(memory, weights.flat());
        requireFinite();
    }

    /** Scales, clips and adds the decay, in the part of the gradient. Arrays as below. */
    private void restrain(float scale, float[] mask) {
        float[] slopes = gradientPart;
        float[] numbers = weightPart;
        float most = (float) restraint.largest();
        float decay = (float) restraint.decay();
        for (int i = 0; i < mask.length; i++) {
            slopes[i] = Math.max(-most, Math.min(most, scale * slopes[i])) + mask[i] * decay * numbers[i];
        }
    }

    /** A part of a step. All arrays begin at 0, which lets the compiler make vectors of them. */
    private void step(float scale, float meanRate, float rootFactor, float[] means, float[] squares, float[] mask) {
        float[] slopes = gradientPart;
        float[] numbers = weightPart;
        float decay1 = beta1;
        float decay2 = beta2;
        float small = epsilon;
        for (int i = 0; i < means.length; i++) {
            float slope = scale * slopes[i];
            float m = decay1 * means[i] + (1 - decay1) * slope;
            float v = decay2 * squares[i] + (1 - decay2) * slope * slope;
            means[i] = m;
            squares[i] = v;
            numbers[i] -= mask[i] * (meanRate * m / ((float) Math.sqrt(v) * rootFactor + small));
        }
    }

    /** Adds nothing to nothing, or what is no number for ever: in vectors, which costs less than to look at each. */
    private static void note(float[] finite, float[] numbers, float[] squares) {
        for (int i = 0; i < squares.length; i++) {
            finite[i] += 0 * numbers[i] + 0 * squares[i];
        }
    }

    private void requireFinite() {
        float all = 0;
        for (float one : finitePart) {
            all += one;
        }
        if (all != 0) {
            weights.requireFinite();
            throw new NotFiniteException("the optimiser's second moment", Float.POSITIVE_INFINITY);
        }
    }

    /**
     * Goes plainly down a slope instead: w −= rate · g for the weights that are trained. Moments and step count stay.
     *
     * @param gradient {@code [count]}; zeroed where weights are not trained, else unchanged
     */
    public void descend(NDArray gradient, double rate) {
        dropFrozen(gradient);
        try (NDArray step = gradient.mul(rate)) {
            weights.flat().subi(step);
        }
    }

    /**
     * Keeps some weights as they are: their gradients count nothing, not even in the norm.
     *
     * @param changing 1 for a weight that is trained, 0 for one that is not, {@code [count]}
     */
    void train(float[] changing) {
        if (onDevice != null) {
            onDevice.train(changing);
        } else {
            copy(changing, trained);
        }
        allTrained = true;
        for (float one : changing) {
            allTrained &= one == 1;
        }
    }

    /** Forgets moments and step count. */
    public void reset() {
        take(new float[Math.toIntExact(weights.count())], new float[Math.toIntExact(weights.count())]);
        steps = 0;
    }

    /** Copies the memory, in the group {@link Parameters#OPTIMIZER}. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new TreeMap<>();
        List<Long> shape = List.of(weights.count());
        tensors.put(FIRST, Tensor.of(shape, onDevice == null ? joined(first) : onDevice.first()));
        tensors.put(SECOND, Tensor.of(shape, onDevice == null ? joined(second) : onDevice.second()));
        tensors.put(STEPS, Tensor.of((double) steps));
        return tensors;
    }

    /**
     * Takes over a memory.
     *
     * @throws IllegalArgumentException if a part is missing or is of another network; nothing has changed then
     */
    public void take(Map<String, Tensor> tensors) {
        check(tensors);
        take(require(tensors, FIRST).floats(), require(tensors, SECOND).floats());
        steps = (long) require(tensors, STEPS).doubles()[0];
    }

    private void take(float[] means, float[] squares) {
        if (onDevice != null) {
            onDevice.take(means, squares);
        } else {
            copy(means, first);
            copy(squares, second);
        }
    }

    void check(Map<String, Tensor> tensors) {
        List<Long> shape = List.of(weights.count());
        if (!require(tensors, FIRST).shape().equals(shape)
                || !require(tensors, SECOND).shape().equals(shape)
                || !require(tensors, STEPS).shape().equals(List.of(1L))) {
            throw new IllegalArgumentException("the optimiser's memory is of another network");
        }
    }

    private static Tensor require(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("tensor " + name + " is missing");
        }
        return tensor;
    }
}
