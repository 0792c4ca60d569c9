package org.adapt4j.method.sac;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layout;

/** Two critics of one shape, hidden layers with ReLU, of which the policy believes the one that expects less (Fujimoto et al. 2018). */
final class TwinCritics {

    private final int inputs;
    private final int[][] weights;
    private final int[][] biases;

    /**
     * Adds their tensors to a plan, as {@code critic/first/linear-1/weight} and so on.
     *
     * @param inputs width of observations and context
     * @param actionWidth coordinates of an action, read after the rest
     */
    TwinCritics(Layout layout, int inputs, int actionWidth, List<Integer> hidden, Initialisation init) {
        this.inputs = inputs;
        weights = new int[2][hidden.size() + 1];
        biases = new int[2][hidden.size() + 1];
        for (int critic = 0; critic < 2; critic++) {
            String name = critic == 0 ? "critic/first" : "critic/second";
            int width = inputs + actionWidth;
            for (int layer = 0; layer <= hidden.size(); layer++) {
                boolean last = layer == hidden.size();
                String own = name + (last ? "/output" : "/linear-" + (layer + 1));
                int outputs = last ? 1 : hidden.get(layer);
                weights[critic][layer] = layout.add(own + "/weight", init.weight(width), outputs, width);
                biases[critic][layer] = layout.add(own + "/bias", init.bias(width), outputs);
                width = outputs;
            }
        }
    }

    /**
     * Runs both.
     *
     * @param seen observations and context, {@code [n, inputs]}
     * @param actions within (−1, 1), {@code [n, actionWidth]}
     * @return values, {@code [2, n]}
     */
    NDArray values(Weights numbers, NDArray seen, NDArray actions) {
        NDArray both = seen.concat(actions, 1);
        NDArray first = layers(numbers, 0, both).get(hidden());
        NDArray second = layers(numbers, 1, both).get(hidden());
        return first.concat(second, 0).reshape(2, -1);
    }

    /**
     * The lesser of both values, and how it changes with the action.
     *
     * @param values {@code [n]}
     * @param slopes {@code [n · actionWidth]}
     */
    record Least(float[] values, float[] slopes) {}

    /**
     * Finds the lesser value of each row and its gradient in the action. Only the critic that says it is followed backwards, where the
     * engine would go through both: one product of matrices a layer instead of two. The arguments are those of {@link #values}, none of them
     * tracked.
     */
    Least least(Weights numbers, NDArray seen, NDArray actions) {
        NDArray both = seen.concat(actions, 1);
        List<List<NDArray>> said = List.of(layers(numbers, 0, both), layers(numbers, 1, both));
        float[] values = said.get(0).get(hidden()).toFloatArray();
        float[] second = said.get(1).get(hidden()).toFloatArray();
        int width = Math.toIntExact(actions.getShape().get(1));
        float[] slopes = new float[values.length * width];
        long[][] rows = new long[2][values.length];
        int[] counts = new int[2];
        for (int row = 0; row < values.length; row++) {
            int critic = values[row] <= second[row] ? 0 : 1;
            rows[critic][counts[critic]++] = row;
            values[row] = Math.min(values[row], second[row]);
        }
        for (int critic = 0; critic < 2; critic++) {
            if (counts[critic] > 0) {
                long[] own = Arrays.copyOf(rows[critic], counts[critic]);
                float[] found = slopes(numbers, critic, said.get(critic), own);
                for (int k = 0; k < own.length; k++) {
                    System.arraycopy(found, k * width, slopes, Math.toIntExact(own[k]) * width, width);
                }
            }
        }
        return new Least(values, slopes);
    }

    private int hidden() {
        return weights[0].length - 1;
    }

    /** What each layer gives, the values last. */
    private List<NDArray> layers(Weights numbers, int critic, NDArray both) {
        List<NDArray> said = new ArrayList<>();
        NDArray x = both;
        for (int layer = 0; layer <= hidden(); layer++) {
            NDArray bias = numbers.get(biases[critic][layer]);
            x = x.getNDArrayInternal()
                    .linear(x, numbers.get(weights[critic][layer]), bias)
                    .get(0);
            if (layer < hidden()) {
                x = x.getNDArrayInternal().relu();
            }
            said.add(x);
        }
        return said;
    }

    /** The chain rule from the output down to the action, for some rows. */
    private float[] slopes(Weights numbers, int critic, List<NDArray> said, long[] rows) {
        NDArray chosen = HostArrays.tensor(said.get(0).getManager(), rows, rows.length);
        NDArray slope = onOff(said.get(hidden() - 1), chosen).mul(numbers.get(weights[critic][hidden()]));
        for (int layer = hidden() - 1; layer > 0; layer--) {
            slope = slope.matMul(numbers.get(weights[critic][layer])).muli(onOff(said.get(layer - 1), chosen));
        }
        try (NDArray ofActions = numbers.get(weights[critic][0]).get(":, " + inputs + ":")) {
            return slope.matMul(ofActions).toFloatArray();
        }
    }

    /** The slope of a ReLU is the sign of what it gives. */
    private static NDArray onOff(NDArray rectified, NDArray rows) {
        return rectified.get(new NDIndex("{}", rows)).sign();
    }
}
