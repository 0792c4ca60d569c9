package org.adapt4j.toolkit.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.api.algorithm.Weights;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer whose weights carry learned, factorised Gaussian noise (Fortunato et al. 2018):
 *
 * <pre>
 * y = (μ_w + σ_w ⊙ f(ε_out) f(ε_in)ᵀ)·x + μ_b + σ_b ⊙ f(ε_out)
 * </pre>
 *
 * <p>There are two ways to compute it. For the few rows of acting, {@link #apply(Weights, Noise, NDArray)} never builds the
 * noisy weights, {@code y = μ_w·x + μ_b + f(ε_out) ⊙ (σ_w·(f(ε_in) ⊙ x) + σ_b)}, and so reads each matrix once. For learning,
 * {@link #draw} builds them once for several batches of many rows.
 *
 * <p>μ starts uniform in ±1/√inputs, σ at {@code scale/√inputs} for weights and {@code scale/√outputs} for the bias.
 *
 * <p>Inputs are consumed and results owned as in {@link Layer}.
 */
public final class NoisyLinear {

    private final int weight;
    private final int bias;
    private final int weightScale;
    private final int biasScale;
    private final int inputNoise;
    private final int outputNoise;

    /**
     * Adds the tensors of a layer to a plan.
     *
     * @param name of the means, {@code name/weight} and {@code name/bias}
     * @param noiseName of the scales of the noise, likewise
     * @param scale σ₀
     */
    public NoisyLinear(
            WeightPlan layout, NoisePlan noise, String name, String noiseName, int inputs, int outputs, double scale) {
        Initialisation init = Initialisation.uniform();
        weight = layout.add(name + "/weight", init.weight(inputs), outputs, inputs);
        bias = layout.add(name + "/bias", init.bias(inputs), outputs);
        weightScale =
                layout.add(noiseName + "/weight", Initialiser.constant(scale / Math.sqrt(inputs)), outputs, inputs);
        biasScale = layout.add(noiseName + "/bias", Initialiser.constant(scale / Math.sqrt(outputs)), outputs);
        inputNoise = noise.add(inputs);
        outputNoise = noise.add(outputs);
    }

    /**
     * Applies the layer to {@code [n, inputs]}.
     *
     * @param noise the same for all rows; null for the means alone
     * @return {@code [n, outputs]}
     */
    public NDArray apply(Weights weights, @Nullable Noise noise, NDArray x) {
        NDArray mean = linear(x, weights.get(weight), weights.get(bias));
        if (noise == null) {
            x.close();
            return mean;
        }
        NDArray shaken = x.mul(noise.part(inputNoise));
        x.close();
        NDArray deviation = linear(shaken, weights.get(weightScale), weights.get(biasScale));
        shaken.close();
        NDArray scaled = deviation.mul(noise.part(outputNoise));
        deviation.close();
        NDArray y = mean.add(scaled);
        mean.close();
        scaled.close();
        return y;
    }

    /**
     * The noisy weights themselves.
     *
     * @param weight {@code [outputs, inputs]}
     * @param bias {@code [outputs]}
     */
    public record Drawn(NDArray weight, NDArray bias) {

        /** The same numbers without their gradient. */
        public Drawn constant() {
            return new Drawn(weight.stopGradient(), bias.stopGradient());
        }
    }

    /**
     * Builds the weights of a draw.
     *
     * @param manager owns them
     */
    public Drawn draw(NDManager manager, Weights weights, Noise noise) {
        NDArray out = handle(noise.part(outputNoise), manager);
        NDArray in = handle(noise.part(inputNoise), manager);
        NDArray column = out.reshape(-1, 1);
        NDArray product = column.mul(in);
        NDArray weightNoise = product.mul(weights.get(weightScale));
        NDArray biasNoise = out.mul(weights.get(biasScale));
        Drawn drawn = new Drawn(weightNoise.add(weights.get(weight)), biasNoise.add(weights.get(bias)));
        for (NDArray used : List.of(out, in, column, product, weightNoise, biasNoise)) {
            used.close();
        }
        return drawn;
    }

    /** A second handle, since results belong to the manager of the first operand. */
    private static NDArray handle(NDArray array, NDManager manager) {
        NDArray handle = array.stopGradient();
        handle.attach(manager);
        return handle;
    }

    /** Applies drawn weights to {@code [n, inputs]}. */
    public static NDArray apply(Drawn drawn, NDArray x) {
        NDArray y = linear(x, drawn.weight(), drawn.bias());
        x.close();
        return y;
    }

    private static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
        return x.getNDArrayInternal().linear(x, weight, bias).get(0);
    }
}
