package org.adapt4j.testkit.toy;

import jakarta.inject.Inject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import org.adapt4j.api.algorithm.AlgorithmFactory;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Diet;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.ReplayPlan;
import org.adapt4j.api.algorithm.ReplayPlan.Priorities;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.settings.Check;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;

/**
 * A real, tiny off-policy algorithm in plain Java: a linear Q function that follows the n-step temporal difference (Watkins
 * 1989) over prioritised replay. It lets whole experiments run in tests without a native library.
 */
public final class ToyQ implements AlgorithmFactory<Batch.Transitions> {

    private final Settings settings;

    @Inject
    ToyQ(Settings settings) {
        this.settings = settings;
    }

    /**
     * How to learn.
     *
     * @param capacity transitions of the replay over all tasks
     * @param batch transitions of an update
     * @param tasksPerBatch most tasks that a batch is drawn from; 0 for all
     * @param start transitions a task must have before anything is drawn from it
     * @param steps rewards of a return
     * @param priorityExponent ω of the priorities; 0 draws uniformly
     * @param learningRate step size of plain gradient descent on half the squared error
     * @param discount of later rewards
     * @param exploration chance of a random action while exploring
     */
    public record Settings(
            int capacity,
            int batch,
            int tasksPerBatch,
            int start,
            int steps,
            double priorityExponent,
            double learningRate,
            double discount,
            double exploration) {

        /** Checks the numbers. */
        public Settings {
            Check.positive("capacity", capacity);
            Check.positive("batch", batch);
            Check.notNegative("tasks-per-batch", tasksPerBatch);
            Check.positive("start", start);
            Check.positive("steps", steps);
            Check.between("priority-exponent", priorityExponent, 0, 1);
            Check.positive("learning-rate", learningRate);
            Check.between("discount", discount, 0, 1);
            Check.between("exploration", exploration, 0, 1);
        }
    }

    @Override
    public Diet.OffPolicy diet() {
        Optional<Priorities> priorities = settings.priorityExponent() == 0
                ? Optional.empty()
                : Optional.of(new Priorities(settings.priorityExponent(), 0.4, 1));
        return new Diet.OffPolicy(
                1,
                new ReplayPlan(
                        settings.capacity(),
                        settings.batch(),
                        settings.tasksPerBatch(),
                        settings.start(),
                        true,
                        settings.steps(),
                        settings.discount(),
                        1,
                        priorities));
    }

    @Override
    public Optional<String> objection(AlgorithmRequest request) {
        if (!(request.conditioning() instanceof Conditioning.None)) {
            return Optional.of("the toy Q function has neither memory nor context; use rainbow");
        }
        if (!(request.spec().action() instanceof Discrete)
                || request.spec().observation().size() != 1
                || request.spec().observation().get(0).space().element() != Element.FLOAT32) {
            return Optional.of("the toy Q function needs one vector of floats and discrete actions; use rainbow");
        }
        return Optional.empty();
    }

    @Override
    public BaseAlgorithm<Batch.Transitions> create(AlgorithmRequest request) {
        return new Learned(settings, request);
    }

    private static final class Learned implements BaseAlgorithm<Batch.Transitions> {

        private final Settings settings;
        private final RandomStream random;
        private final String seen;
        private final int actions;
        private final ToyWeights values;

        Learned(Settings settings, AlgorithmRequest request) {
            this.settings = settings;
            random = request.random();
            seen = request.spec().observation().get(0).name();
            int inputs = request.spec().observation().get(0).space().width();
            actions = ((Discrete) request.spec().action()).size();
            values = new ToyWeights("critic", inputs, actions, random.child("weights"));
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
                public void act(StepBuffers now, PolicyState state, ActionBuffers out) {
                    for (int slot = 0; slot < now.slots(); slot++) {
                        boolean guess = mode == Mode.EXPLORE && draws.nextDouble() < settings.exploration();
                        out.discrete()
                                .put(
                                        slot,
                                        guess
                                                ? draws.nextInt(actions)
                                                : ToyWeights.best(values.outputs(now.observation(0), slot)));
                    }
                }
            };
        }

        @Override
        public Map<String, Double> update(Batch.Transitions batch, double progress) {
            ByteBuffer now = batch.column(seen);
            ByteBuffer next = batch.column("next-" + seen);
            double[] gradient = new double[(int) values.count()];
            FloatBuffer errors = FloatBuffer.allocate(batch.size());
            double mean = 0;
            for (int i = 0; i < batch.size(); i++) {
                int action = batch.column("action").getInt(i * Integer.BYTES);
                double[] following = values.outputs(next, i);
                double target = batch.column("return").getFloat(i * Float.BYTES)
                        + batch.column("discount").getFloat(i * Float.BYTES) * following[ToyWeights.best(following)];
                double error = target - values.outputs(now, i)[action];
                values.note(gradient, now, i, action, batch.weights().get(i) * error / batch.size());
                errors.put(i, (float) Math.abs(error));
                mean += Math.abs(error) / batch.size();
            }
            values.ascend(gradient, settings.learningRate());
            values.remember(values.memory() + 1);
            batch.reprioritise(errors);
            return Map.of("error", mean, "updates", values.memory());
        }

        @Override
        public Parameters parameters() {
            return values;
        }

        @Override
        public void save(DataOutputStream out) throws IOException {
            values.save(out);
        }

        @Override
        public void load(DataInputStream in) throws IOException {
            values.load(in);
        }

        @Override
        public void close() {}
    }
}
