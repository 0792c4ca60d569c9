package org.adapt4j.toolkit.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.adapt4j.api.algorithm.NotFiniteException;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.WeightVector;

/**
 * Adam's moments and steps in the engine's own operations, for weights that live on an accelerator: nothing is copied to the host but
 * one number that tells whether all are finite. Numbers agree with those of {@link Adam} on the processor up to rounding.
 */
final class DeviceMoments {

    private final WeightVector weights;
    private final NDArray first;
    private final NDArray second;
    private final NDArray trained;

    /** Moments of zero. They live as long as the weights. */
    DeviceMoments(WeightVector weights) {
        this.weights = weights;
        NDManager manager = weights.flat().getManager();
        Shape shape = new Shape(weights.count());
        first = manager.zeros(shape);
        second = manager.zeros(shape);
        trained = manager.ones(shape);
    }

    /**
     * One step; see {@link Adam} for the formula.
     *
     * @param gradient {@code [count]}; not changed
     * @param scale of the gradient
     * @param restraint what is done to its entries then
     * @param meanRate learning rate over the bias of the first moment
     * @param rootFactor one over the root of the bias of the second
     * @throws NotFiniteException if a weight or a moment is not finite
     */
    void step(
            NDArray gradient,
            float scale,
            Adam.Restraint restraint,
            float meanRate,
            float rootFactor,
            float beta1,
            float beta2,
            float epsilon) {
        try (NDManager step = weights.flat().getManager().newSubManager()) {
            NDArray slope = gradient.mul(scale);
            slope.attach(step);
            if (restraint != Adam.Restraint.NONE) {
                slope = restrained(slope, restraint);
            }
            NDArray fresh = slope.mul(1 - beta1);
            NDArray squares = slope.square();
            NDArray freshSquares = squares.mul(1 - beta2);
            first.muli(beta1).addi(fresh);
            second.muli(beta2).addi(freshSquares);
            NDArray root = second.sqrt();
            root.attach(step);
            root.muli(rootFactor).addi(epsilon);
            NDArray change = first.mul(meanRate);
            change.attach(step);
            change.divi(root).muli(trained);
            weights.flat().subi(change);
            if (!isFinite(weights.flat(), step)) {
                weights.requireFinite();
            }
            if (!isFinite(second, step)) {
                throw new NotFiniteException("the optimiser's second moment", Float.POSITIVE_INFINITY);
            }
        }
    }

    private NDArray restrained(NDArray slope, Adam.Restraint restraint) {
        NDArray clipped = slope;
        if (Double.isFinite(restraint.largest())) {
            clipped = slope.clip((float) -restraint.largest(), (float) restraint.largest());
        }
        NDArray pull = slope.getManager().zeros(weights.flat().getShape());
        pull.addi(weights.flat()).muli((float) restraint.decay()).muli(trained);
        return clipped.add(pull);
    }

    private static boolean isFinite(NDArray numbers, NDManager step) {
        NDArray zeros = numbers.mul(0); // or no number, where one is not finite
        zeros.attach(step);
        return zeros.sum().getFloat() == 0;
    }

    /** Zeroes the gradient of weights that are not trained. @param gradient {@code [count]}; changed */
    void dropFrozen(NDArray gradient) {
        gradient.muli(trained);
    }

    void train(float[] changing) {
        HostArrays.write(trained, changing);
    }

    float[] first() {
        return first.toFloatArray();
    }

    float[] second() {
        return second.toFloatArray();
    }

    void take(float[] means, float[] squares) {
        HostArrays.write(first, means);
        HostArrays.write(second, squares);
    }
}
