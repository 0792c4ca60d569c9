package org.adapt4j.method.sac;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.space.Box;
import org.adapt4j.method.sac.SacSettings.LogDeviation;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Initialiser;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.Layers;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.ObservationReader;

/**
 * The policy, and two critics of one shape. Plain Java but for the methods that take weights.
 *
 * <p>Groups of parameters: {@code policy}; {@code critic}, both of them; {@code temperature}; {@code context} where an encoder
 * was joined, which is trained with the critics.
 */
final class SacNetworks {

    private final SacSettings.Network shape;
    private final ObservationReader reader;
    private final Box action;
    private final int contextWidth;
    private final Optional<Conditioning.Network> context;
    private final Layout policyLayout = new Layout();
    private final Layout criticLayout = new Layout();
    private final Layout temperatureLayout = new Layout();
    private final Layer body;
    private final Layer mean;
    private final Layer logDeviation;
    private final List<Layer> critics;

    SacNetworks(SacSettings.Network shape, EnvironmentSpec spec, Conditioning conditioning) {
        this.shape = shape;
        reader = new ObservationReader(spec, false);
        action = (Box) spec.action();
        Initialisation start = Initialisation.uniform();
        contextWidth = conditioning instanceof Conditioning.Context wanted
                ? wanted.encoder().width()
                : 0;
        int seen = reader.vectorWidth() + contextWidth;
        int last = shape.hidden().get(shape.hidden().size() - 1);
        body = Layers.hidden(policyLayout, "policy", seen, shape.hidden(), Layers.relu(), start);
        mean = Layers.linear(policyLayout, "policy/mean", last, action.width(), start);
        logDeviation = Layers.linear(policyLayout, "policy/log-deviation", last, action.width(), start);
        critics = List.of(critic("critic/first", seen, last, start), critic("critic/second", seen, last, start));
        context = conditioning instanceof Conditioning.Context wanted
                ? Optional.of(wanted.encoder().join(criticLayout, spec))
                : Optional.empty();
        temperatureLayout.add("temperature/logarithm", Initialiser.constant(0), 1);
    }

    private Layer critic(String name, int seen, int last, Initialisation start) {
        return Layers.hidden(criticLayout, name, seen + action.width(), shape.hidden(), Layers.relu(), start)
                .then(Layers.linear(criticLayout, name + "/output", last, 1, start));
    }

    ObservationReader reader() {
        return reader;
    }

    Layout policyLayout() {
        return policyLayout;
    }

    Layout criticLayout() {
        return criticLayout;
    }

    Layout temperatureLayout() {
        return temperatureLayout;
    }

    Optional<Conditioning.Network> context() {
        return context;
    }

    int contextWidth() {
        return contextWidth;
    }

    int actionWidth() {
        return action.width();
    }

    /** Half the length of the action interval. */
    float actionScale() {
        return (float) ((action.high() - action.low()) / 2);
    }

    /** The middle of the action interval. */
    float actionCentre() {
        return (float) ((action.high() + action.low()) / 2);
    }

    /**
     * What the policy says.
     *
     * @param mean before squashing, {@code [n, actionWidth]}
     * @param logDeviation within its limits, {@code [n, actionWidth]}
     */
    record Gaussian(NDArray mean, NDArray logDeviation) {}

    /** Runs the policy. @param seen observations and context, {@code [n, …]}; consumed */
    Gaussian policy(Weights weights, NDArray seen) {
        NDArray features = body.apply(weights, seen);
        NDArray means = mean.apply(weights, features.reshape(features.getShape()));
        NDArray raw = logDeviation.apply(weights, features);
        double low = shape.lowestLogDeviation();
        double high = shape.highestLogDeviation();
        NDArray limited = shape.logDeviation() == LogDeviation.CLAMP
                ? raw.clip((float) low, (float) high)
                : HostArrays.times(raw.tanh().add(1f), (high - low) / 2).add((float) low);
        return new Gaussian(means, limited);
    }

    /** Runs the policy as far as the means. @param seen as above */
    NDArray means(Weights weights, NDArray seen) {
        return mean.apply(weights, body.apply(weights, seen));
    }

    /**
     * Runs a critic.
     *
     * @param which 0 or 1
     * @param seen observations and context, {@code [n, …]}
     * @param actions within (−1, 1), {@code [n, actionWidth]}
     * @return values, {@code [n]}
     */
    NDArray value(int which, Weights weights, NDArray seen, NDArray actions) {
        return critics.get(which).apply(weights, seen.concat(actions, 1)).reshape(-1);
    }
}
