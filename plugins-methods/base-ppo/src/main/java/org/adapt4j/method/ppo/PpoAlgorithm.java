package org.adapt4j.method.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.api.space.Box;
import org.adapt4j.method.ppo.PpoNetwork.Output;
import org.adapt4j.method.ppo.PpoSettings.Deviation;
import org.adapt4j.method.ppo.PpoSettings.Exploit;
import org.adapt4j.method.ppo.PpoSettings.Schedule;
import org.adapt4j.toolkit.distribution.Categorical;
import org.adapt4j.toolkit.distribution.DiagonalGaussian;
import org.adapt4j.toolkit.network.Devices;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ObservationReader;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.returns.Gae;
import org.adapt4j.toolkit.returns.ReturnNormaliser;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.TrainedParameters;

/** One PPO learner: policy, update, weights. */
final class PpoAlgorithm implements BaseAlgorithm<Batch.Rollout> {

    static final String VALUE = "value";
    static final String LOG_PROBABILITY = "log-probability";
    static final String RAW_ACTION = "raw-action";

    private final PpoSettings settings;
    private final PpoNetwork network;
    private final NDManager life;
    private final WeightVector weights;
    private final Adam adam;
    private final TrainedParameters parameters;
    private final ReturnNormaliser normaliser;
    private final RandomGenerator shuffling;
    private final Policy explore;
    private final Policy exploit;

    PpoAlgorithm(PpoSettings settings, AlgorithmRequest request, PpoNetwork network) {
        this.settings = settings;
        this.network = network;
        RandomStream random = request.random();
        life = Devices.manager(request.device());
        weights = new WeightVector(life, network.layout(), random.child("weights"));
        adam = new Adam(weights, settings.adamBeta1(), 0.999, settings.adamEpsilon());
        parameters = new TrainedParameters(weights, adam);
        normaliser = new ReturnNormaliser(request.slots(), settings.rewardDiscount(), settings.rewardClip());
        shuffling = random.child("minibatches");
        explore = new PpoPolicy(network, weights, life, random.child("explore"), false);
        exploit = new PpoPolicy(network, weights, life, random.child("exploit"), settings.exploit() == Exploit.ARG_MAX);
    }

    @Override
    public List<Component> extras() {
        List<Component> extras = new ArrayList<>();
        extras.add(new Component(VALUE, Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE)));
        extras.add(new Component(LOG_PROBABILITY, Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE)));
        if (!network.isDiscrete()) {
            extras.add(new Component(RAW_ACTION, Box.vector(network.actionWidth(), -Float.MAX_VALUE, Float.MAX_VALUE)));
        }
        return extras;
    }

    @Override
    public Policy policy(Mode mode) {
        return mode == Mode.EXPLORE ? explore : exploit;
    }

    WeightVector weights() {
        return weights;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Map<String, Double> update(Batch.Rollout rollout, double progress) {
        Experience experience = new Experience(network, rollout);
        if (settings.normaliseRewards()) {
            for (int t = 0; t < experience.steps; t++) {
                normaliser.normalise(experience.rewards, experience.ends, t * experience.slots);
            }
        }
        if (settings.bootstrapTimeLimits()) {
            bootstrap(experience, rollout.truncations());
        }
        float[] advantages = new float[experience.rewards.length];
        Gae.advantages(
                experience.slots,
                experience.rewards,
                experience.values,
                lastValues(experience),
                experience.ends,
                settings.discount(),
                settings.gaeLambda(),
                advantages);
        double rate = settings.learningRateSchedule() == Schedule.LINEAR
                ? settings.learningRate() * (1 - progress)
                : settings.learningRate();
        Statistics statistics = learn(experience, advantages, rate);
        Map<String, Double> report = new TreeMap<>(statistics.means());
        report.put("learning-rate", rate);
        report.put("explained-variance", Statistics.explainedVariance(advantages, experience.values));
        if (settings.normaliseRewards()) {
            report.put("return-deviation", Math.sqrt(normaliser.variance()));
        }
        return report;
    }

    private Statistics learn(Experience experience, float[] advantages, double rate) {
        Statistics statistics = new Statistics(settings);
        // What is shuffled: samples, or with memory whole sequences.
        int sequence = network.isRecurrent() ? experience.steps : 1;
        int units = experience.steps * experience.slots / sequence;
        int perMinibatch = Math.max(1, settings.minibatchSize() / sequence);
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            int[] order = permutation(units);
            for (int from = 0; from < units; from += perMinibatch) {
                int[] minibatch = Arrays.copyOfRange(order, from, Math.min(units, from + perMinibatch));
                if (!step(experience, advantages, minibatch, sequence, rate, statistics)) {
                    return statistics;
                }
            }
        }
        return statistics;
    }

    private int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = shuffling.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** One gradient step, or none and false if the policy has moved too far. */
    private boolean step(
            Experience experience,
            float[] advantages,
            int[] minibatch,
            int sequence,
            double rate,
            Statistics statistics) {
        int[] all = samples(experience, minibatch, sequence);
        float[] scaled = Experience.pick(advantages, all);
        if (settings.normaliseAdvantages() && all.length > 1) {
            Gae.normalise(
                    advantages, all, 0, all.length, settings.advantageDeviation() == Deviation.POPULATION, scaled);
        }
        float[] scaledBySample = new float[advantages.length];
        for (int k = 0; k < all.length; k++) {
            scaledBySample[all[k]] = scaled[k];
        }
        statistics.startMinibatch();
        int perChunk = Math.max(1, settings.chunk() / sequence);
        try (GradientScope scope = new GradientScope(life)) {
            for (int from = 0; from < minibatch.length; from += perChunk) {
                int[] chunk = Arrays.copyOfRange(minibatch, from, Math.min(minibatch.length, from + perChunk));
                scope.add((inputs, tracked) -> loss(
                        experience,
                        advantages,
                        scaledBySample,
                        chunk,
                        sequence,
                        all.length,
                        inputs,
                        tracked.of(weights),
                        statistics));
            }
            if (statistics.isTooFar()) {
                return false;
            }
            statistics.step(adam.step(scope.gradient(weights), rate, settings.maxGradientNorm()));
        }
        return true;
    }

    private static int[] samples(Experience experience, int[] units, int sequence) {
        if (sequence == 1) {
            return units;
        }
        int[] samples = new int[units.length * sequence];
        for (int t = 0; t < sequence; t++) {
            for (int k = 0; k < units.length; k++) {
                samples[t * units.length + k] = t * experience.slots + units[k];
            }
        }
        return samples;
    }

    /** The part of a minibatch's mean loss that a chunk of it brings. */
    private NDArray loss(
            Experience experience,
            float[] advantages,
            float[] scaled,
            int[] chunk,
            int sequence,
            int minibatchSize,
            NDManager inputs,
            Weights tracked,
            Statistics statistics) {
        int[] samples = samples(experience, chunk, sequence);
        int count = samples.length;
        float[] start = network.isRecurrent() ? experience.start(chunk, 0, chunk.length) : new float[0];
        Output output = run(experience, samples, start, sequence, inputs, tracked);
        float[] old = Experience.pick(experience.logProbabilities, samples);
        float[] oldValues = Experience.pick(experience.values, samples);
        float[] advantage = Experience.pick(scaled, samples);
        float[] targets = Experience.pick(advantages, samples);
        for (int k = 0; k < count; k++) {
            targets[k] += oldValues[k];
        }
        NDArray logProbability;
        NDArray entropy;
        if (network.isDiscrete()) {
            NDArray all = output.policy().logSoftmax(1);
            logProbability =
                    Categorical.logProbability(all, HostArrays.tensor(inputs, experience.choices(samples), count, 1));
            entropy = Categorical.entropy(all).sum();
        } else {
            NDArray deviations = tracked.get(network.logDeviation());
            NDArray raw = HostArrays.tensor(inputs, experience.rawActions(samples), count, network.actionWidth());
            logProbability = DiagonalGaussian.logProbability(output.policy(), deviations, raw);
            entropy = HostArrays.times(DiagonalGaussian.entropy(deviations), count);
        }
        NDArray policyLoss = PpoLoss.policy(
                logProbability,
                HostArrays.tensor(inputs, old, count),
                HostArrays.tensor(inputs, advantage, count),
                settings.clip());
        NDArray valueLoss = PpoLoss.value(
                output.value(),
                HostArrays.tensor(inputs, oldValues, count),
                HostArrays.tensor(inputs, targets, count),
                settings.clip(),
                settings.valueLoss());
        NDArray whole = policyLoss
                .sum()
                .add(HostArrays.times(valueLoss.sum(), settings.valueCoefficient()))
                .sub(HostArrays.times(entropy, settings.entropyCoefficient()));
        NDArray loss = HostArrays.times(whole, 1.0 / minibatchSize);
        float[] now = logProbability.toFloatArray();
        float[] values = output.value().toFloatArray();
        for (int k = 0; k < count; k++) {
            statistics.add((double) now[k] - old[k], advantage[k], values[k], oldValues[k], targets[k]);
        }
        statistics.addEntropy(entropy.getFloat());
        return loss;
    }

    /** What the network says to some samples of a rollout. */
    Output run(Experience experience, int[] samples, float[] start, int sequence, NDManager inputs, Weights tracked) {
        ByteBuffer bytes = experience.images(samples);
        NDArray images = bytes == null ? null : network.inputs().images(inputs, bytes, samples.length);
        int width = network.vectorWidth();
        NDArray vector =
                width == 0 ? null : HostArrays.tensor(inputs, experience.vector(samples), samples.length, width);
        return network.run(tracked, images, vector, start, experience.cleared(samples), sequence);
    }

    /** What is expected after the last action. With memory the whole stretch is run again to know what is remembered. */
    private float[] lastValues(Experience experience) {
        int slots = experience.slots;
        float[] last = new float[slots];
        int sequence = network.isRecurrent() ? experience.steps + 1 : 1;
        int perChunk = Math.max(1, settings.chunk() / sequence);
        for (int from = 0; from < slots; from += perChunk) {
            int to = Math.min(slots, from + perChunk);
            int[] chosen = new int[to - from];
            for (int k = from; k < to; k++) {
                chosen[k - from] = k + (network.isRecurrent() ? 0 : experience.steps * slots);
            }
            float[] start = network.isRecurrent() ? experience.start(chosen, 0, chosen.length) : new float[0];
            try (NDManager inputs = life.newSubManager()) {
                int[] samples = samples(experience, chosen, sequence);
                float[] values = run(experience, samples, start, sequence, inputs, weights.constants())
                        .value()
                        .toFloatArray();
                System.arraycopy(values, values.length - chosen.length, last, from, chosen.length);
            }
        }
        return last;
    }

    /** Adds what the last state of a cut-off episode promised to the reward of its last action. */
    private void bootstrap(Experience experience, Batch.Truncations cut) {
        ObservationReader inputs = network.inputs();
        int count = cut.count();
        ByteBuffer[] observations = new ByteBuffer[inputs.components().size()];
        for (int c = 0; c < observations.length; c++) {
            observations[c] = count == 0
                    ? ByteBuffer.allocate(0)
                    : cut.observations(c).duplicate().order(ByteOrder.nativeOrder());
        }
        for (int from = 0; from < count; from += settings.chunk()) {
            int size = Math.min(settings.chunk(), count - from);
            try (NDManager step = life.newSubManager()) {
                NDArray images = inputs.imageIndex() < 0
                        ? null
                        : inputs.images(
                                step,
                                observations[inputs.imageIndex()].slice(
                                        from * inputs.imageBytes(), size * inputs.imageBytes()),
                                size);
                int width = network.vectorWidth();
                float[] vector = new float[size * width];
                for (int k = 0; k < size; k++) {
                    inputs.write(observations, from + k, vector, k * width);
                }
                float[] values = network.run(
                                weights.constants(),
                                images,
                                width == 0 ? null : HostArrays.tensor(step, vector, size, width),
                                new float[0],
                                new boolean[size],
                                1)
                        .value()
                        .toFloatArray();
                for (int k = 0; k < size; k++) {
                    int action = (cut.step(from + k) - 1) * experience.slots + cut.slot(from + k);
                    experience.rewards[action] += (float) (settings.discount() * values[k]);
                }
            }
        }
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        parameters.save(out);
        normaliser.save(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        parameters.load(in);
        normaliser.load(in);
    }

    @Override
    public void close() {
        life.close();
    }
}
