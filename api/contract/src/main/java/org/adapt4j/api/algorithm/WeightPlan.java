package org.adapt4j.api.algorithm;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/** The list of tensors an algorithm is made of, while it is being drawn up. Whoever adds a tensor has it trained with the rest. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface WeightPlan {

    /**
     * Adds a tensor of 32-bit floats.
     *
     * @param name {@code group/layer/weight}, unique; what stands before the first slash is the group
     * @param start first values
     * @param shape sizes of the dimensions
     * @return its index, for {@link Weights#get}
     */
    int add(String name, Start start, long... shape);

    /** First values of a tensor. */
    @FunctionalInterface
    interface Start {

        /**
         * Fills a tensor.
         *
         * @param values all numbers, row-major
         * @param shape sizes; the first dimension is the output, the product of the others the fan-in
         */
        void fill(float[] values, long[] shape, RandomGenerator random);
    }
}
