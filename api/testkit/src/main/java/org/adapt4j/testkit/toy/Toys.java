package org.adapt4j.testkit.toy;

import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.benchmark.TaskDistribution;

/** Ready-made toys for tests that need no configuration. */
public final class Toys {

    private Toys() {}

    /** A corridor of 5 states with a goal at one of its ends; episodes of at most 20 steps. */
    public static TaskDistribution twoGoal() {
        return new TwoGoalBenchmark(new TwoGoalBenchmark.Settings(5, 2, 20));
    }

    /** A policy gradient in plain Java with rollouts of 20 steps. */
    public static AlgorithmFactory<Batch.Rollout> policyGradient() {
        return new ToyPolicyGradient(new ToyPolicyGradient.Settings(20, 2, 0.9));
    }

    /** Q-learning in plain Java with prioritised replay and returns of 2 steps; learns after 50 transitions of a task. */
    public static AlgorithmFactory<Batch.Transitions> q() {
        return new ToyQ(new ToyQ.Settings(2_000, 16, 0, 50, 2, 0.5, 1, 0.9, 0.3));
    }
}
