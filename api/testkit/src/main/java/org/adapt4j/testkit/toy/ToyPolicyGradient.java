package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;

/**
 * A real, tiny base algorithm in plain Java: a linear softmax policy that follows the policy gradient with a running-mean
 * baseline (Williams 1992). It lets whole experiments run in tests without a native library.
 */
public final class ToyPolicyGradient implements AlgorithmFactory<Batch.Rollout> {

    private final Settings settings;

    @Inject
    ToyPolicyGradient(Settings settings) {
        this.settings = settings;
    }

    /**
     * How to learn.
     *
     * @param steps of a rollout per slot
     * @param learningRate step size of plain gradient ascent
     * @param discount of later rewards
     */
    public record Settings(int steps, double learningRate, double discount) {
        /** Checks the numbers. */
        public Settings {
            Check.positive("steps", steps);
            Check.positive("learning-rate", learningRate);
            Check.between("discount", discount, 0, 1);
        }
    }

    @Override
    public Diet<Batch.Rollout> diet() {
        return new Diet.OnPolicy(settings.steps());
    }

    @Override
    public Optional<String> objection(AlgorithmRequest request) {
        if (!(request.conditioning() instanceof Conditioning.None)) {
            return Optional.of("the toy policy gradient has neither memory nor context; use ppo");
        }
        if (!(request.spec().action() instanceof Discrete)
                || request.spec().observation().size() != 1
                || request.spec().observation().get(0).space().element() != Element.FLOAT32) {
            return Optional.of("the toy policy gradient needs one vector of floats and discrete actions; use ppo");
        }
        return Optional.empty();
    }

    @Override
    public BaseAlgorithm<Batch.Rollout> create(AlgorithmRequest request) {
        return new Learned(settings, request);
    }

    private static final class Learned implements BaseAlgorithm<Batch.Rollout> {

        private final Settings settings;
        private final RandomStream random;
        private final int actions;
        private final ToyWeights weights;

        Learned(Settings settings, AlgorithmRequest request) {
            this.settings = settings;
            random = request.random();
            int inputs = request.spec().observation().get(0).space().width();
            actions = ((Discrete) request.spec().action()).size();
            weights = new ToyWeights("policy", inputs, actions, random.child("weights"));
        }

        private double[] probabilities(ByteBuffer observation, int row) {
            double[] chances = weights.outputs(observation, row);
            double largest = chances[ToyWeights.best(chances)];
            double sum = 0;
            for (int a = 0; a < actions; a++) {
                chances[a] = Math.exp(chances[a] - largest);
                sum += chances[a];
            }
            for (int a = 0; a < actions; a++) {
                chances[a] /= sum;
            }
            return chances;
        }

        @Override
        public Policy policy(Mode mode) {
            RandomStream draws = random.child(mode.name());
            return new Policy() {
                @Override
                public PolicyState newState(int slots) {
                    return PolicyState.none(slots);
                }

                @Override
                public void act(StepBuffers seen, PolicyState state, ActionBuffers out) {
                    for (int slot = 0; slot < seen.slots(); slot++) {
                        double[] chances = probabilities(seen.observation(0), slot);
                        int action = mode == Mode.EXPLOIT ? ToyWeights.best(chances) : draw(chances, draws);
                        out.discrete().put(slot, action);
                    }
                }
            };
        }

        private static int draw(double[] chances, RandomStream draws) {
            double left = draws.nextDouble();
            int action = 0;
            while (action < chances.length - 1 && left >= chances[action]) {
                left -= chances[action++];
            }
            return action;
        }

        @Override
        public Map<String, Double> update(Batch.Rollout batch, double progress) {
            double[] gradient = new double[(int) weights.count()];
            double mean = 0;
            int count = batch.steps() * batch.slots();
            for (int slot = 0; slot < batch.slots(); slot++) {
                double discounted = 0;
                for (int t = batch.steps() - 1; t >= 0; t--) {
                    StepBuffers next = batch.seen().step(t + 1);
                    discounted = next.rewards().get(slot)
                            + (next.is(Flag.FIRST, slot) ? 0 : settings.discount() * discounted);
                    mean += discounted / count;
                    double advantage = discounted - weights.memory();
                    ByteBuffer observation = batch.seen().step(t).observation(0);
                    double[] chances = probabilities(observation, slot);
                    int chosen = batch.acted().step(t).discrete().get(slot);
                    for (int a = 0; a < actions; a++) {
                        double push = advantage * ((a == chosen ? 1 : 0) - chances[a]) / count;
                        weights.note(gradient, observation, slot, a, push);
                    }
                }
            }
            weights.ascend(gradient, settings.learningRate());
            weights.remember(weights.memory() + 0.1 * (mean - weights.memory()));
            return Map.of("discounted-return", mean);
        }

        @Override
        public Parameters parameters() {
            return weights;
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            weights.save(out);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            weights.load(in);
        }

        @Override
        public void close() {}
    }
}
