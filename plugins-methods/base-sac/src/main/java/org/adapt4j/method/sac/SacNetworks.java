package org.adapt4j.method.sac;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.space.Box;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.network.Initialiser;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.ObservationReader;
import org.adapt4j.toolkit.policy.ActionScale;
import org.adapt4j.toolkit.policy.ContextInput;
import org.adapt4j.toolkit.policy.SquashedGaussian;

/**
 * The policy, and two critics of one shape. Plain Java but for the methods that take weights.
 *
 * <p>Groups of parameters: {@code policy}; {@code critic}, both of them; {@code temperature}; {@code context} where an encoder
 * was joined, which is trained with the critics.
 */
final class SacNetworks {

    private final ObservationReader reader;
    private final int actionWidth;
    private final ActionScale scale;
    private final ContextInput context;
    private final Layout policyLayout = new Layout();
    private final Layout criticLayout = new Layout();
    private final Layout temperatureLayout = new Layout();
    private final SquashedGaussian policy;
    private final TwinCritics critics;

    SacNetworks(SacSettings.Network shape, EnvironmentSpec spec, Conditioning conditioning) {
        reader = new ObservationReader(spec, false);
        Box action = (Box) spec.action();
        actionWidth = action.width();
        scale = ActionScale.of(action);
        Initialisation init = Initialisation.uniform();
        int contextWidth = conditioning instanceof Conditioning.Context wanted
                ? wanted.encoder().width()
                : 0;
        int seen = reader.vectorWidth() + contextWidth;
        policy = new SquashedGaussian(policyLayout, "policy", seen, actionWidth, shape.hidden(), shape.limits(), init);
        critics = new TwinCritics(criticLayout, seen, actionWidth, shape.hidden(), init);
        context = ContextInput.join(conditioning, criticLayout, spec);
        temperatureLayout.add("temperature/logarithm", Initialiser.constant(0), 1);
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

    /** The context that a method feeds in beside the observation. */
    ContextInput context() {
        return context;
    }

    int actionWidth() {
        return actionWidth;
    }

    ActionScale scale() {
        return scale;
    }

    /**
     * Observations and context side by side, {@code [rows, …]}.
     *
     * @param context {@code [rows · contextWidth]}; empty without
     */
    NDArray input(NDManager manager, ByteBuffer[] observations, int rows, float[] context) {
        int width = reader.vectorWidth();
        float[] vectors = reader.vectors(observations, rows);
        if (context.length > 0) {
            int extra = context.length / rows;
            float[] both = new float[rows * (width + extra)];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(vectors, row * width, both, row * (width + extra), width);
                System.arraycopy(context, row * extra, both, row * (width + extra) + width, extra);
            }
            vectors = both;
            width += extra;
        }
        return HostArrays.tensor(manager, vectors, rows, width);
    }

    /** Runs the policy. @param seen observations and context, {@code [n, …]}; consumed */
    SquashedGaussian.Output policy(Weights weights, NDArray seen) {
        return policy.apply(weights, seen);
    }

    /** Runs the policy as far as the means. @param seen as above */
    NDArray means(Weights weights, NDArray seen) {
        return policy.means(weights, policy.features(weights, seen));
    }

    /** The critics, whose tensors are those of {@link #criticLayout}. */
    TwinCritics critics() {
        return critics;
    }
}
