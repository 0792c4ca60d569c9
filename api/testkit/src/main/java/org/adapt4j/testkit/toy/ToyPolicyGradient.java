package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Regime;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
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
    public Regime regime() {
        return Regime.ON_POLICY;
    }

    @Override
    public Class<Batch.Rollout> consumes() {
        return Batch.Rollout.class;
    }

    @Override
    public int stepsPerUpdate() {
        return settings.steps();
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

    private static final class Learned implements BaseAlgorithm<Batch.Rollout>, Parameters {

        private final Settings settings;
        private final RandomStream random;
        private final int inputs;
        private final int actions;
        private final double[] weights;
        private double baseline;
        private boolean trained = true;

        Learned(Settings settings, AlgorithmRequest request) {
            this.settings = settings;
            random = request.random();
            inputs = request.spec().observation().get(0).space().width();
            actions = ((Discrete) request.spec().action()).size();
            weights = new double[inputs * actions];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = 0.01 * random.child("weights").nextGaussian();
            }
        }

        private double[] probabilities(ByteBuffer observation, int row) {
            double[] logits = new double[actions];
            double largest = Double.NEGATIVE_INFINITY;
            for (int a = 0; a < actions; a++) {
                for (int i = 0; i < inputs; i++) {
                    logits[a] += weights[a * inputs + i] * observation.getFloat((row * inputs + i) * Float.BYTES);
                }
                largest = Math.max(largest, logits[a]);
            }
            double sum = 0;
            for (int a = 0; a < actions; a++) {
                logits[a] = Math.exp(logits[a] - largest);
                sum += logits[a];
            }
            for (int a = 0; a < actions; a++) {
                logits[a] /= sum;
            }
            return logits;
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
                        int action = mode == Mode.EXPLOIT ? likeliest(chances) : draw(chances, draws);
                        out.discrete().put(slot, action);
                    }
                }
            };
        }

        private static int likeliest(double[] chances) {
            int best = 0;
            for (int a = 1; a < chances.length; a++) {
                best = chances[a] > chances[best] ? a : best;
            }
            return best;
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
            double[] gradient = new double[weights.length];
            double mean = 0;
            int count = batch.steps() * batch.slots();
            for (int slot = 0; slot < batch.slots(); slot++) {
                double discounted = 0;
                for (int t = batch.steps() - 1; t >= 0; t--) {
                    StepBuffers next = batch.seen().step(t + 1);
                    discounted = next.rewards().get(slot)
                            + (next.is(Flag.FIRST, slot) ? 0 : settings.discount() * discounted);
                    mean += discounted / count;
                    double advantage = discounted - baseline;
                    ByteBuffer observation = batch.seen().step(t).observation(0);
                    double[] chances = probabilities(observation, slot);
                    int chosen = batch.acted().step(t).discrete().get(slot);
                    for (int a = 0; a < actions; a++) {
                        double push = advantage * ((a == chosen ? 1 : 0) - chances[a]) / count;
                        for (int i = 0; i < inputs; i++) {
                            gradient[a * inputs + i] += push * observation.getFloat((slot * inputs + i) * Float.BYTES);
                        }
                    }
                }
            }
            for (int i = 0; i < weights.length && trained; i++) {
                weights[i] += settings.learningRate() * gradient[i];
            }
            baseline += 0.1 * (mean - baseline);
            return Map.of("discounted-return", mean);
        }

        @Override
        public Parameters parameters() {
            return this;
        }

        @Override
        public void train(Set<String> groups) {
            if (!groups().containsAll(groups)) {
                throw new IllegalArgumentException("no such group in " + groups + ", only " + groups());
            }
            trained = !groups.isEmpty();
        }

        @Override
        public Set<String> groups() {
            return Set.of("policy");
        }

        @Override
        public long count() {
            return weights.length;
        }

        @Override
        public Snapshot snapshot() {
            return Snapshot.of(
                    Map.of("policy/weights", Tensor.of(weights), OPTIMIZER + "/baseline", Tensor.of(baseline)));
        }

        @Override
        public void restore(Snapshot snapshot, Set<String> groups) {
            for (String group : groups) {
                if (!group.equals("policy") && !group.equals(OPTIMIZER)) {
                    throw new IllegalArgumentException("no group '" + group + "', only [optimizer, policy]");
                }
            }
            Tensor learned = snapshot.tensors().get("policy/weights");
            if (groups.contains("policy")) {
                if (learned == null || !learned.shape().equals(List.of((long) weights.length))) {
                    throw new IllegalArgumentException("policy/weights: needs " + weights.length
                            + " numbers, but the snapshot" + " has " + (learned == null ? "none" : learned.shape()));
                }
                System.arraycopy(learned.doubles(), 0, weights, 0, weights.length);
            }
            Tensor remembered = snapshot.tensors().get(OPTIMIZER + "/baseline");
            if (groups.contains(OPTIMIZER) && remembered != null) {
                baseline = remembered.doubles()[0];
            }
        }

        @Override
        public void moveTowards(Snapshot target, double fraction) {
            Tensor tensor = target.tensors().get("policy/weights");
            if (tensor == null) {
                throw new IllegalArgumentException("policy/weights: missing in the target");
            }
            double[] goal = tensor.doubles();
            for (int i = 0; i < weights.length; i++) {
                weights[i] += fraction * (goal[i] - weights[i]);
            }
        }

        @Override
        public void resetOptimizer() {
            baseline = 0;
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            for (double weight : weights) {
                out.writeDouble(weight);
            }
            out.writeDouble(baseline);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = in.readDouble();
            }
            baseline = in.readDouble();
        }

        @Override
        public void close() {}
    }
}
