package org.adapt4j.method.ppo;

import java.util.List;
import org.adapt4j.api.settings.Check;
import org.adapt4j.toolkit.network.Initialisation;

/**
 * All numbers of PPO; defaults and their sources stand in {@code reference.conf}.
 *
 * @param rolloutSteps steps per slot between two updates
 * @param minibatchSize samples of a gradient step; with memory, whole sequences of about as many samples
 * @param epochs passes over a rollout
 * @param learningRate of Adam
 * @param learningRateSchedule how the rate goes over the budget
 * @param adamBeta1 decay of the mean gradient
 * @param adamEpsilon added to the root of the mean square
 * @param discount γ
 * @param gaeLambda λ of generalised advantage estimation
 * @param clip how far the probability ratio counts, c
 * @param valueLoss which loss of the value function
 * @param valueCoefficient its weight
 * @param entropyCoefficient weight of the entropy bonus
 * @param maxGradientNorm largest Euclidean norm of a gradient
 * @param targetKl an update ends before the step whose KL divergence exceeds 1.5 times this; 0 for never
 * @param normaliseAdvantages to mean 0 and deviation 1 within each minibatch
 * @param advantageDeviation which deviation
 * @param normaliseRewards by the running deviation of the discounted return
 * @param rewardDiscount of that return
 * @param rewardClip largest magnitude of a normalised reward
 * @param normaliseObservations all of an observation but an image, by its running mean and standard deviation
 * @param observationClip largest magnitude of a normalised observation
 * @param bootstrapTimeLimits whether an episode that a time limit cut off is worth what its last state promised
 * @param exploit how to act where it is measured
 * @param startLogStd logarithm of the first standard deviation of continuous actions
 * @param chunk samples that pass through the network at once; bounds memory, changes nothing but rounding
 * @param network the shape of the network
 */
public record PpoSettings(
        int rolloutSteps,
        int minibatchSize,
        int epochs,
        double learningRate,
        Schedule learningRateSchedule,
        double adamBeta1,
        double adamEpsilon,
        double discount,
        double gaeLambda,
        double clip,
        ValueLoss valueLoss,
        double valueCoefficient,
        double entropyCoefficient,
        double maxGradientNorm,
        double targetKl,
        boolean normaliseAdvantages,
        Deviation advantageDeviation,
        boolean normaliseRewards,
        double rewardDiscount,
        double rewardClip,
        boolean normaliseObservations,
        double observationClip,
        boolean bootstrapTimeLimits,
        Exploit exploit,
        double startLogStd,
        int chunk,
        Network network) {

    /** Checks the ranges. */
    public PpoSettings {
        Check.positive("rollout-steps", rolloutSteps);
        Check.positive("minibatch-size", minibatchSize);
        Check.positive("epochs", epochs);
        Check.positive("learning-rate", learningRate);
        Check.that(adamBeta1 >= 0 && adamBeta1 < 1, "adam-beta1", "must lie in [0, 1) but is " + adamBeta1);
        Check.positive("adam-epsilon", adamEpsilon);
        Check.between("discount", discount, 0, 1);
        Check.between("gae-lambda", gaeLambda, 0, 1);
        Check.positive("clip", clip);
        Check.notNegative("value-coefficient", valueCoefficient);
        Check.notNegative("entropy-coefficient", entropyCoefficient);
        Check.positive("max-gradient-norm", maxGradientNorm);
        Check.notNegative("target-kl", targetKl);
        Check.between("reward-discount", rewardDiscount, 0, 1);
        Check.positive("reward-clip", rewardClip);
        Check.positive("observation-clip", observationClip);
        Check.positive("chunk", chunk);
    }

    /** How the learning rate goes over the budget. */
    public enum Schedule {
        /** It stays. */
        CONSTANT,
        /** It falls in a straight line to zero. */
        LINEAR
    }

    /** Loss of the value function. */
    public enum ValueLoss {
        /** ½·max of the squared error and that of a prediction clipped around the old one (OpenAI's baselines). */
        CLIPPED,
        /** The squared error (the study, stable-baselines3). */
        PLAIN
    }

    /** Standard deviation of a minibatch. */
    public enum Deviation {
        /** Divides by n − 1 (CleanRL, stable-baselines3). */
        SAMPLE,
        /** Divides by n (OpenAI's baselines). */
        POPULATION
    }

    /** How to act where it is measured. */
    public enum Exploit {
        /** The most probable action, or the mean. */
        ARG_MAX,
        /** A draw, as in training. */
        SAMPLE
    }

    /** What turns an observation into features. */
    public enum Encoder {
        /** Residual sequences, for images (Espeholt et al. 2018). */
        IMPALA,
        /** Three plain convolutions, for images on laptops. */
        SMALL,
        /** Fully connected layers, for anything small. */
        MLP
    }

    /** How weights start. */
    public enum Init {
        /** Orthogonal everywhere (stable-baselines3). */
        ORTHOGONAL,
        /** Orthogonal heads, the rest uniform in ±1/√fan-in (CleanRL, by PyTorch's default). */
        ORTHOGONAL_HEADS,
        /** Orthogonal heads, the rest as Glorot and Bengio 2010 (train-procgen, by TensorFlow's default). */
        GLOROT;

        /** Of all layers but the last ones. */
        Initialisation initialisation() {
            return switch (this) {
                case ORTHOGONAL -> Initialisation.orthogonal(Math.sqrt(2));
                case ORTHOGONAL_HEADS -> Initialisation.uniform();
                case GLOROT -> Initialisation.glorot();
            };
        }
    }

    /**
     * The shape of the network.
     *
     * @param encoder what turns an observation into features
     * @param channels of each of {@code impala}'s residual sequences
     * @param features width of an image's features
     * @param hidden widths of the fully connected layers of {@code mlp}
     * @param reluBeforeLinear whether {@code impala} rectifies before its linear layer
     * @param heads widths of the tanh layers before policy and value; empty for linear heads
     * @param init how weights start
     * @param lstmUnits units of an LSTM within the episode where the method asks for no memory; 0 for none
     * @param lstmLayers its layers
     * @param memoryProjection width of a linear layer that joins features and memory's inputs; 0 for none
     * @param criticStopsAtMemory whether the value loss trains its head only, not what lies below the memory
     */
    public record Network(
            Encoder encoder,
            List<Integer> channels,
            int features,
            List<Integer> hidden,
            boolean reluBeforeLinear,
            List<Integer> heads,
            Init init,
            int lstmUnits,
            int lstmLayers,
            int memoryProjection,
            boolean criticStopsAtMemory) {

        /** Checks the ranges. */
        public Network {
            channels = List.copyOf(channels);
            hidden = List.copyOf(hidden);
            heads = List.copyOf(heads);
            Check.that(
                    !channels.isEmpty() && channels.stream().allMatch(c -> c > 0),
                    "channels",
                    "needs positive widths but is " + channels);
            Check.positive("features", features);
            Check.that(hidden.stream().allMatch(w -> w > 0), "hidden", "needs positive widths but is " + hidden);
            Check.that(heads.stream().allMatch(w -> w > 0), "heads", "needs positive widths but is " + heads);
            Check.notNegative("lstm-units", lstmUnits);
            Check.positive("lstm-layers", lstmLayers);
            Check.notNegative("memory-projection", memoryProjection);
        }
    }
}
