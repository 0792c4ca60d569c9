package org.adapt4j.method.bc;

import java.util.List;
import org.adapt4j.api.settings.Check;
import org.adapt4j.toolkit.network.Initialisation;
import org.adapt4j.toolkit.policy.SquashedGaussian.Limits;
import org.adapt4j.toolkit.policy.SquashedGaussian.LogStd;

/**
 * All numbers of behavioural cloning; defaults and their sources stand in {@code reference.conf}.
 *
 * @param loss of continuous actions; of discrete ones it is always the cross-entropy
 * @param batch pairs of an update; fewer at the end of an epoch
 * @param learningRate of Adam
 * @param schedule what the learning rate is multiplied by, from which part of the budget on
 * @param adamEpsilon added to the root of the mean square
 * @param weightDecay how much of each weight that the loss reads is added to its gradient
 * @param network its shape
 */
public record BcSettings(
        Loss loss,
        int batch,
        double learningRate,
        List<Step> schedule,
        double adamEpsilon,
        double weightDecay,
        Network network) {

    /** Checks the ranges, and that the steps are in order. */
    public BcSettings {
        schedule = List.copyOf(schedule);
        Check.positive("batch", batch);
        Check.positive("learning-rate", learningRate);
        Check.positive("adam-epsilon", adamEpsilon);
        Check.that(weightDecay >= 0, "weight-decay", "must not be negative but is " + weightDecay);
        for (int i = 1; i < schedule.size(); i++) {
            Check.that(
                    schedule.get(i - 1).at() < schedule.get(i).at(),
                    "schedule",
                    "must be in ascending order but has " + schedule.get(i).at() + " after "
                            + schedule.get(i - 1).at());
        }
    }

    /** How far a prediction is from the expert's action. */
    public enum Loss {
        /** Mean over pairs and coordinates of the squared distance of the best action; deviations are not trained. */
        L2,
        /** Mean over pairs of the negative log-likelihood. */
        GAUSSIAN
    }

    /**
     * A step of the schedule.
     *
     * @param at spent part of the budget; of a budget of epochs, whole ones count
     * @param factor from there on, of the learning rate as it is set
     */
    public record Step(double at, double factor) {

        /** Checks the ranges. */
        public Step {
            Check.between("at", at, 0, 1);
            Check.that(factor >= 0, "factor", "must not be negative but is " + factor);
        }
    }

    /** What turns an observation into what the hidden layers read. */
    public enum Encoder {
        /** Nothing: all is one vector. */
        MLP,
        /** A few convolutions, for laptops. */
        SMALL,
        /** The residual network of Espeholt et al. 2018. */
        IMPALA
    }

    /** How weights start. */
    public enum Init {
        /** Uniform in ±√(6 / (fan-in + fan-out)), no bias (Glorot and Bengio 2010). */
        GLOROT,
        /** Uniform in ±1/√fan-in, PyTorch's default. */
        UNIFORM;

        Initialisation initialisation() {
            return this == GLOROT ? Initialisation.glorot() : Initialisation.uniform();
        }
    }

    /**
     * The shape of the network.
     *
     * @param encoder what reads an image
     * @param channels of each of {@code impala}'s residual sequences
     * @param features width of an image's features
     * @param hidden widths of the hidden layers; empty for a linear policy
     * @param logStd how the logarithm of the standard deviation is kept within its limits
     * @param lowestLogStd lower limit
     * @param highestLogStd upper limit
     * @param init how weights start
     */
    public record Network(
            Encoder encoder,
            List<Integer> channels,
            int features,
            List<Integer> hidden,
            LogStd logStd,
            double lowestLogStd,
            double highestLogStd,
            Init init) {

        /** Checks the ranges. */
        public Network {
            channels = List.copyOf(channels);
            hidden = List.copyOf(hidden);
            Check.positive("features", features);
            requirePositive("channels", channels);
            Check.that(encoder != Encoder.IMPALA || !channels.isEmpty(), "channels", "needs one or more with impala");
            requirePositive("hidden", hidden);
            new Limits(logStd, lowestLogStd, highestLogStd);
        }

        private static void requirePositive(String key, List<Integer> widths) {
            Check.that(widths.stream().allMatch(width -> width > 0), key, "needs positive widths but is " + widths);
        }

        Limits limits() {
            return new Limits(logStd, lowestLogStd, highestLogStd);
        }
    }

    /** The learning rate once a part of the budget is spent. */
    double learningRate(double progress) {
        double factor = 1;
        for (Step step : schedule) {
            if (progress >= step.at()) {
                factor = step.factor();
            }
        }
        return learningRate * factor;
    }
}
