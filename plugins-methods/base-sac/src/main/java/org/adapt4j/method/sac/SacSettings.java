package org.adapt4j.method.sac;

import java.util.List;
import java.util.Optional;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.settings.Check;
import org.adapt4j.toolkit.policy.SquashedGaussian.Limits;
import org.adapt4j.toolkit.policy.SquashedGaussian.LogStd;

/**
 * All numbers of SAC; defaults and their sources stand in {@code reference.conf}.
 *
 * @param stepsPerUpdate steps of each slot between two turns of learning
 * @param actorLearningRate of the policy's Adam
 * @param criticLearningRate of the critics' Adam
 * @param temperatureLearningRate of the temperature's Adam
 * @param adamEpsilon added to the root of the mean square
 * @param discount γ
 * @param targetFraction how far the target critics move towards the critics after each update, τ
 * @param temperature whether the temperature is learned
 * @param startTemperature α at first, or for ever
 * @param entropyPerAction target entropy per coordinate of the action
 * @param temperatureLoss what the temperature's gradient is taken of
 * @param criticLossFactor what the sum of the critics' mean squared errors is multiplied by
 * @param actorEvery updates of the critics between two turns of the policy
 * @param actorUpdates of the policy in each turn
 * @param replay what is kept, and how batches are drawn
 * @param network the shape of the networks
 */
public record SacSettings(
        int stepsPerUpdate,
        double actorLearningRate,
        double criticLearningRate,
        double temperatureLearningRate,
        double adamEpsilon,
        double discount,
        double targetFraction,
        Temperature temperature,
        double startTemperature,
        double entropyPerAction,
        TemperatureLoss temperatureLoss,
        double criticLossFactor,
        int actorEvery,
        int actorUpdates,
        Replay replay,
        Network network) {

    /** Checks the ranges. */
    public SacSettings {
        Check.positive("steps-per-update", stepsPerUpdate);
        Check.positive("actor-learning-rate", actorLearningRate);
        Check.positive("critic-learning-rate", criticLearningRate);
        Check.positive("temperature-learning-rate", temperatureLearningRate);
        Check.positive("adam-epsilon", adamEpsilon);
        Check.between("discount", discount, 0, 1);
        Check.between("target-fraction", targetFraction, 0, 1);
        Check.positive("start-temperature", startTemperature);
        Check.positive("critic-loss-factor", criticLossFactor);
        Check.positive("actor-every", actorEvery);
        Check.positive("actor-updates", actorUpdates);
    }

    /** Whether the temperature is learned. */
    public enum Temperature {
        /** So that the policy's entropy comes to the target (Haarnoja et al. 2018b). */
        AUTO,
        /** It stays as it is. */
        FIXED
    }

    /** What the temperature's gradient is taken of. */
    public enum TemperatureLoss {
        /** {@code −log α · (log π + H)}, as in Stable-Baselines3. */
        LOG,
        /** {@code −α · (log π + H)}, as in CleanRL. */
        LINEAR
    }

    /**
     * What is kept, and how batches are drawn; see {@link ReplayPlan}.
     *
     * @param capacity transitions over all tasks
     * @param batch transitions of an update
     * @param tasksPerBatch most tasks of a batch; 0 for all
     * @param start transitions a task must have before anything is drawn from it
     * @param randomStart whether actions are drawn uniformly until the first update
     * @param updates made in each turn of learning
     */
    public record Replay(int capacity, int batch, int tasksPerBatch, int start, boolean randomStart, int updates) {

        /** Checks the ranges. */
        public Replay {
            new ReplayPlan(capacity, batch, tasksPerBatch, start, randomStart, 1, 1, updates, Optional.empty());
        }
    }

    /**
     * The shape of the networks.
     *
     * @param hidden widths of the hidden layers of policy and critics
     * @param logStd how the logarithm of the standard deviation is kept within its limits
     * @param lowestLogStd lower limit
     * @param highestLogStd upper limit
     */
    public record Network(List<Integer> hidden, LogStd logStd, double lowestLogStd, double highestLogStd) {

        /** Checks the ranges. */
        public Network {
            hidden = List.copyOf(hidden);
            Check.that(
                    !hidden.isEmpty() && hidden.stream().allMatch(w -> w > 0),
                    "hidden",
                    "needs positive widths but is " + hidden);
            new Limits(logStd, lowestLogStd, highestLogStd);
        }

        Limits limits() {
            return new Limits(logStd, lowestLogStd, highestLogStd);
        }
    }

    /** What the runtime's replay must do. */
    ReplayPlan plan() {
        return new ReplayPlan(
                replay.capacity(),
                replay.batch(),
                replay.tasksPerBatch(),
                replay.start(),
                replay.randomStart(),
                1,
                discount,
                replay.updates(),
                Optional.empty());
    }
}
