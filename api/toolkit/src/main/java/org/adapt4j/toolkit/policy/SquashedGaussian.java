package org.adapt4j.toolkit.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.settings.Check;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;

/**
 * A network that says a normal distribution over actions before squashing: hidden layers with ReLU, then means and logarithms of
 * deviations. Algorithms that build their policy from it in the same group can take over each other's, as cloning does SAC's.
 *
 * <p>Tensors: {@code name/linear-1} and so on, {@code name/mean}, {@code name/log-std}, each with {@code weight} and {@code
 * bias}.
 */
public final class SquashedGaussian {

    /** The layer that says means, within the name of the network: what is trained where only the head is. */
    public static final String MEAN = "mean";

    /** The layer that says the logarithms of deviations, within the name of the network. */
    public static final String LOG_STD = "log-std";

    private final Limits limits;
    private final Layer body;
    private final Layer mean;
    private final Layer logStd;

    /**
     * Adds the tensors to a plan.
     *
     * @param inputs width of what it sees
     * @param actions number of coordinates
     * @param hidden widths of the hidden layers; empty for a linear policy
     */
    public SquashedGaussian(
            WeightPlan plan,
            String name,
            int inputs,
            int actions,
            List<Integer> hidden,
            Limits limits,
            Initialisation init) {
        this.limits = limits;
        int last = hidden.isEmpty() ? inputs : hidden.get(hidden.size() - 1);
        body = Layers.hidden(plan, name, inputs, hidden, Layers.relu(), init);
        mean = Layers.linear(plan, name + "/" + MEAN, last, actions, init);
        logStd = Layers.linear(plan, name + "/" + LOG_STD, last, actions, init);
    }

    /** How the logarithm of the deviation is kept within its limits. */
    public enum LogStd {
        /** Cut off. */
        CLAMP,
        /** Squashed by tanh. */
        SQUASH
    }

    /**
     * Limits of the logarithm of the deviation.
     *
     * @param how how it is kept within them
     * @param lowest lower limit
     * @param highest upper limit
     */
    public record Limits(LogStd how, double lowest, double highest) {

        /** Checks the order. */
        public Limits {
            Check.that(lowest < highest, "lowest-log-std", "must be below highest-log-std");
        }

        private NDArray apply(NDArray raw) {
            return how == LogStd.CLAMP
                    ? raw.clip((float) lowest, (float) highest)
                    : HostArrays.times(raw.tanh().add(1f), (highest - lowest) / 2)
                            .add((float) lowest);
        }
    }

    /**
     * What the network says.
     *
     * @param mean before squashing, {@code [n, actions]}
     * @param logStd within its limits, {@code [n, actions]}
     */
    public record Output(NDArray mean, NDArray logStd) {}

    /** Runs it. @param seen {@code [n, inputs]}; consumed */
    public Output apply(Weights weights, NDArray seen) {
        return output(weights, features(weights, seen));
    }

    /** Runs it as far as the last hidden layer. @param seen as above @return {@code [n, last hidden width]} */
    public NDArray features(Weights weights, NDArray seen) {
        return body.apply(weights, seen);
    }

    /** Goes on from there to the means, {@code [n, actions]}. @param features consumed */
    public NDArray means(Weights weights, NDArray features) {
        return mean.apply(weights, features);
    }

    /** Goes on from there to means and deviations. @param features consumed */
    public Output output(Weights weights, NDArray features) {
        NDArray means = mean.apply(weights, Layer.shared(features));
        return new Output(means, limits.apply(logStd.apply(weights, features)));
    }
}
