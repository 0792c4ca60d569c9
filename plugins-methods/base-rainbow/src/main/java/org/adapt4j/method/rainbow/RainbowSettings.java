package org.adapt4j.method.rainbow;

import java.util.List;
import java.util.Optional;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.settings.Check;
import org.adapt4j.toolkit.value.CategoricalValues;

/**
 * All numbers of Rainbow; defaults and their sources stand in {@code reference.conf}.
 *
 * @param stepsPerUpdate steps of each slot between two turns of learning
 * @param multiStep rewards of a return, n
 * @param discount γ
 * @param targetEvery updates between two copies to the target network
 * @param learningRate of Adam
 * @param adamEpsilon added to the root of the mean square
 * @param maxGradientNorm largest Euclidean norm of a gradient
 * @param exploitEpsilon probability of an action at random where it is measured
 * @param replay what is kept, and how batches are drawn
 * @param network the shape of the network
 */
public record RainbowSettings(
        int stepsPerUpdate,
        int multiStep,
        double discount,
        int targetEvery,
        double learningRate,
        double adamEpsilon,
        double maxGradientNorm,
        double exploitEpsilon,
        Replay replay,
        Network network) {

    /** Checks the ranges. */
    public RainbowSettings {
        Check.positive("steps-per-update", stepsPerUpdate);
        Check.positive("multi-step", multiStep);
        Check.between("discount", discount, 0, 1);
        Check.positive("target-every", targetEvery);
        Check.positive("learning-rate", learningRate);
        Check.positive("adam-epsilon", adamEpsilon);
        Check.positive("max-gradient-norm", maxGradientNorm);
        Check.between("exploit-epsilon", exploitEpsilon, 0, 1);
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
     * @param prioritised whether transitions whose loss was large are preferred; else draws are uniform
     * @param priorityExponent ω
     * @param weightStart β of the importance weights at first
     * @param weightEnd β at the end of the budget
     */
    public record Replay(
            int capacity,
            int batch,
            int tasksPerBatch,
            int start,
            boolean randomStart,
            int updates,
            boolean prioritised,
            double priorityExponent,
            double weightStart,
            double weightEnd) {

        /** Checks the ranges. */
        public Replay {
            // The plan knows what is possible; its own parts are checked under the same keys.
            new ReplayPlan(capacity, batch, tasksPerBatch, start, randomStart, 1, 1, updates, Optional.empty());
            Check.between("priority-exponent", priorityExponent, 0, 1);
            Check.between("weight-start", weightStart, 0, 1);
            Check.between("weight-end", weightEnd, 0, 1);
        }
    }

    /** What turns an observation into features. */
    public enum Encoder {
        /** Two convolutions of 5×5, for stacks of frames (van Hasselt et al. 2019). */
        DATA_EFFICIENT,
        /** Three convolutions, for stacks of frames (Mnih et al. 2015). */
        CANONICAL,
        /** Fully connected layers, for anything small. */
        MLP
    }

    /**
     * The shape of the network.
     *
     * @param encoder what turns an observation into features
     * @param hidden widths of the fully connected layers of {@code mlp}; empty for none
     * @param streamUnits hidden units of each of the two streams
     * @param noiseScale σ₀
     * @param reluOnLogits whether both streams end in a ReLU, as in the study's code
     * @param atoms of a distribution of values
     * @param lowestValue of the atoms
     * @param highestValue of the atoms
     */
    public record Network(
            Encoder encoder,
            List<Integer> hidden,
            int streamUnits,
            double noiseScale,
            boolean reluOnLogits,
            int atoms,
            double lowestValue,
            double highestValue) {

        /** Checks the ranges. */
        public Network {
            hidden = List.copyOf(hidden);
            Check.that(hidden.stream().allMatch(w -> w > 0), "hidden", "needs positive widths but is " + hidden);
            Check.positive("stream-units", streamUnits);
            Check.notNegative("noise-scale", noiseScale);
            new CategoricalValues(atoms, lowestValue, highestValue);
        }

        CategoricalValues values() {
            return new CategoricalValues(atoms, lowestValue, highestValue);
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
                multiStep,
                discount,
                replay.updates(),
                replay.prioritised()
                        ? Optional.of(new ReplayPlan.Priorities(
                                replay.priorityExponent(), replay.weightStart(), replay.weightEnd()))
                        : Optional.empty());
    }
}
