package org.adapt4j.toolkit.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * The engine's kernel adds epsilon to the uncorrected root; it is given a scaled epsilon and rate, which makes the two
 * equal. DJL's own Adam keeps one epsilon for all and is not used.
 */
public final class Adam implements AutoCloseable {

    private static final String FIRST = Parameters.OPTIMIZER + "/first-moment";
    private static final String SECOND = Parameters.OPTIMIZER + "/second-moment";
    private static final String STEPS = Parameters.OPTIMIZER + "/steps";

    /** The kernel passes over its arrays eleven times: parts of half a megabyte stay in the processor's cache meanwhile. */
    private static final int PART = 1 << 17;

    private final WeightVector weights;
    private final NDManager life;
    private final NDArray first;
    private final NDArray second;
    private final long[] cuts;
    private final NDList weightParts;
    private final NDList firstParts;
    private final NDList secondParts;
    private final double epsilon;
    private final float beta1;
    private final float beta2;
    private long steps;
    private @Nullable NDArray trained;
    private @Nullable NDArray frozen;

    /**
     * An optimiser without memory.
     *
     * @param parent manager whose end is also this optimiser's
     * @param beta1 decay of the mean gradient
     * @param beta2 decay of the mean squared gradient
     */
    public Adam(NDManager parent, WeightVector weights, double beta1, double beta2, double epsilon) {
        this.weights = weights;
        this.epsilon = epsilon;
        this.beta1 = (float) beta1;
        this.beta2 = (float) beta2;
        life = parent.newSubManager();
        first = life.zeros(new Shape(weights.count()));
        second = life.zeros(new Shape(weights.count()));
        cuts = new long[Math.toIntExact((weights.count() - 1) / PART)];
        Arrays.setAll(cuts, i -> (i + 1L) * PART);
        weightParts = weights.flat().split(cuts, 0);
        firstParts = first.split(cuts, 0);
        secondParts = second.split(cuts, 0);
    }

    /**
     * Makes a step.
     *
     * @param gradient {@code [count]}; used up
     * @param maxNorm if the gradient's Euclidean norm is larger it is scaled down to this; infinite for no limit
     * @return the norm before scaling
     */
    public double step(NDArray gradient, double rate, double maxNorm) {
        dropFrozen(gradient);
        double norm;
        try (NDArray tensor = gradient.norm()) {
            norm = tensor.getFloat();
        }
        scaledStep(gradient, rate, Math.min(1, maxNorm / (norm + 1e-6)));
        return norm;
    }

    /** As above without a limit: the norm is not even computed. */
    public void step(NDArray gradient, double rate) {
        dropFrozen(gradient);
        scaledStep(gradient, rate, 1);
    }

    private void dropFrozen(NDArray gradient) {
        if (trained != null) {
            gradient.muli(trained);
        }
    }

    private void scaledStep(NDArray gradient, double rate, double scale) {
        NDArray mask = trained;
        NDArray kept = frozen == null ? null : weights.flat().mul(frozen);
        steps++;
        // The kernel works with rounded decays: correct the bias of what it really does.
        double correction1 = 1 - Math.pow(beta1, steps);
        double root2 = Math.sqrt(1 - Math.pow(beta2, steps));
        NDList parts = gradient.split(cuts, 0);
        for (int i = 0; i < parts.size(); i++) {
            NDArray part = parts.get(i);
            weightParts
                    .get(i)
                    .getNDArrayInternal()
                    .adamUpdate(
                            new NDList(weightParts.get(i), part, firstParts.get(i), secondParts.get(i)),
                            new NDList(part),
                            (float) rate,
                            (float) (rate * root2 / correction1),
                            0f,
                            (float) scale,
                            -1f,
                            beta1,
                            beta2,
                            (float) (epsilon * root2),
                            false,
                            false);
        }
        if (mask != null && kept != null) {
            weights.flat().muli(mask).addi(kept);
            kept.close();
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
        float[] keeping = new float[changing.length];
        boolean all = true;
        for (int i = 0; i < changing.length; i++) {
            keeping[i] = 1 - changing[i];
            all &= changing[i] == 1;
        }
        if (trained != null && frozen != null) {
            trained.close();
            frozen.close();
        }
        trained = all ? null : HostArrays.tensor(life, changing, changing.length);
        frozen = all ? null : HostArrays.tensor(life, keeping, keeping.length);
    }

    /** Forgets moments and step count. */
    public void reset() {
        float[] zeros = new float[Math.toIntExact(weights.count())];
        WeightVector.write(first, zeros);
        WeightVector.write(second, zeros);
        steps = 0;
    }

    /** Copies the memory to the host, in the group {@link Parameters#OPTIMIZER}. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new TreeMap<>();
        List<Long> shape = List.of(weights.count());
        tensors.put(FIRST, Tensor.of(shape, first.toFloatArray()));
        tensors.put(SECOND, Tensor.of(shape, second.toFloatArray()));
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
        WeightVector.write(first, require(tensors, FIRST).floats());
        WeightVector.write(second, require(tensors, SECOND).floats());
        steps = (long) require(tensors, STEPS).doubles()[0];
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

    @Override
    public void close() {
        life.close();
    }
}
