package org.adapt4j.api.algorithm;

import org.adapt4j.api.settings.Check;
import org.apiguardian.api.API;

/**
 * What an algorithm lives on: where its experience comes from, and how much of it there is each time. What holds for one kind
 * alone stands there alone.
 *
 * @param <B> kind of experience that an update consumes
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public sealed interface Diet<B extends Batch> {

    /**
     * Fresh rollouts of the present policy, used once.
     *
     * @param steps per slot of a rollout. The last rollout of a phase is as long as the budget allows, from one step on
     */
    record OnPolicy(int steps) implements Diet<Batch.Rollout> {

        /** Checks the length. */
        public OnPolicy {
            Check.positive("steps", steps);
        }

        @Override
        public Regime regime() {
            return Regime.ON_POLICY;
        }

        @Override
        public Class<Batch.Rollout> batch() {
            return Batch.Rollout.class;
        }

        @Override
        public <R> R serve(AlgorithmFactory<Batch.Rollout> factory, Cases<R> cases) {
            return cases.onPolicy(factory, this);
        }
    }

    /**
     * Draws from a replay of what was played.
     *
     * @param steps per slot each time the agent plays, fewer where the budget ends
     * @param replay what is asked of it
     */
    record OffPolicy(int steps, ReplayPlan replay) implements Diet<Batch.Transitions> {

        /** Checks the length. */
        public OffPolicy {
            Check.positive("steps", steps);
        }

        @Override
        public Regime regime() {
            return Regime.OFF_POLICY;
        }

        @Override
        public Class<Batch.Transitions> batch() {
            return Batch.Transitions.class;
        }

        @Override
        public <R> R serve(AlgorithmFactory<Batch.Transitions> factory, Cases<R> cases) {
            return cases.offPolicy(factory, this);
        }
    }

    /**
     * Demonstrations; nothing is played.
     *
     * @param pairs of observation and action in an update, at most
     */
    record Offline(int pairs) implements Diet<Batch.Imitation> {

        /** Checks the number. */
        public Offline {
            Check.positive("pairs", pairs);
        }

        @Override
        public int steps() {
            return 0;
        }

        @Override
        public Regime regime() {
            return Regime.OFFLINE;
        }

        @Override
        public Class<Batch.Imitation> batch() {
            return Batch.Imitation.class;
        }

        @Override
        public <R> R serve(AlgorithmFactory<Batch.Imitation> factory, Cases<R> cases) {
            return cases.offline(factory, this);
        }
    }

    /** Environment steps per slot each time the agent plays; 0 offline. */
    int steps();

    /** The kind by its name, as methods ask for it. */
    Regime regime();

    /** The kind of experience. */
    Class<B> batch();

    /** Hands a factory on as the kind that its diet makes it; called by {@link AlgorithmFactory#match}. */
    <R> R serve(AlgorithmFactory<B> factory, Cases<R> cases);

    /**
     * What to do with a factory, by its diet.
     *
     * @param <R> result
     */
    interface Cases<R> {

        /** With one that learns from fresh rollouts. */
        R onPolicy(AlgorithmFactory<Batch.Rollout> factory, OnPolicy diet);

        /** With one that learns from a replay. */
        R offPolicy(AlgorithmFactory<Batch.Transitions> factory, OffPolicy diet);

        /** With one that learns from demonstrations. */
        R offline(AlgorithmFactory<Batch.Imitation> factory, Offline diet);
    }
}
