package org.adapt4j.method.ppo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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
import org.adapt4j.method.ppo.Experience.Part;
import org.adapt4j.method.ppo.PpoNetwork.Output;
import org.adapt4j.method.ppo.PpoSettings.Exploit;
import org.adapt4j.method.ppo.PpoSettings.Schedule;
import org.adapt4j.method.ppo.Statistics.Said;
import org.adapt4j.toolkit.distribution.Categorical;
import org.adapt4j.toolkit.distribution.DiagonalGaussian;
import org.adapt4j.toolkit.network.Devices;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.returns.ReturnNormaliser;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.GradientScope.Found;
import org.adapt4j.toolkit.training.TrainedParameters;

/** One PPO learner: policy, update, weights. */
final class PpoAlgorithm implements BaseAlgorithm<Batch.Rollout> {

    static final String VALUE = "value";
    static final String LOG_PROBABILITY = "log-probability";
    static final String RAW_ACTION = "raw-action";
    static final String NORMALISED = "normalised-observation";

    private final PpoSettings settings;
    private final PpoNetwork network;
    private final NDManager life;
    private final WeightVector weights;
    private final Adam adam;
    private final TrainedParameters parameters;
    private final Expectations expectations;
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
        expectations = new Expectations(settings, network, weights, life);
        normaliser = new ReturnNormaliser(request.slots(), settings.rewardDiscount(), settings.rewardClip());
        shuffling = random.child("minibatches");
        explore = new PpoPolicy(network, weights, parameters::trains, life, random.child("explore"), false);
        exploit = new PpoPolicy(
                network,
                weights,
                parameters::trains,
                life,
                random.child("exploit"),
                settings.exploit() == Exploit.ARG_MAX);
    }

    @Override
    public List<Component> extras() {
        List<Component> extras = new ArrayList<>();
        extras.add(new Component(VALUE, Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE)));
        extras.add(new Component(LOG_PROBABILITY, Box.vector(1, -Float.MAX_VALUE, Float.MAX_VALUE)));
        if (!network.isDiscrete()) {
            extras.add(new Component(RAW_ACTION, Box.vector(network.actionWidth(), -Float.MAX_VALUE, Float.MAX_VALUE)));
        }
        network.normaliser()
                .ifPresent(normaliser -> extras.add(new Component(
                        NORMALISED, Box.vector(network.inputs().vectorWidth(), -Float.MAX_VALUE, Float.MAX_VALUE))));
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
        Experience experience = new Experience(network, rollout, weights, parameters::trains);
        prepare(experience, rollout);
        double rate = settings.learningRateSchedule() == Schedule.LINEAR
                ? settings.learningRate() * (1 - progress)
                : settings.learningRate();
        Statistics statistics = new Statistics(settings);
        boolean near = true;
        for (int epoch = 0; epoch < settings.epochs() && near; epoch++) {
            for (int[] minibatch : minibatches(experience)) {
                near = step(experience, minibatch, rate, statistics);
                if (!near) {
                    break;
                }
            }
        }
        return report(experience, statistics, rate);
    }

    /** One gradient step, or none and false if the policy has moved too far. */
    private boolean step(Experience experience, int[] minibatch, double rate, Statistics statistics) {
        Part whole = experience.part(minibatch);
        float[] advantages = experience.advantages(whole, settings);
        statistics.startMinibatch();
        try (GradientScope scope = new GradientScope(life)) {
            for (int[] units : cut(minibatch, settings.chunk() / experience.sequence())) {
                Part chunk = experience.part(units);
                Said said = scope.addFinding((inputs, tracked) ->
                        loss(experience, chunk, advantages, whole.size(), inputs, tracked.of(weights)));
                statistics.add(experience, chunk.samples(), advantages, said);
            }
            if (statistics.isTooFar()) {
                return false;
            }
            statistics.step(adam.step(scope.gradient(weights), rate, settings.maxGradientNorm()));
        }
        return true;
    }

    /**
     * The part of a minibatch's mean loss that a chunk of it brings:
     * {@code Σ −min(ρÂ, clip(ρ)Â) + c₁·(V − R)² − c₂·S[π]}, over the size of the minibatch.
     */
    private Found<Said> loss(
            Experience experience,
            Part chunk,
            float[] advantages,
            int minibatchSize,
            NDManager inputs,
            Weights tracked) {
        int[] samples = chunk.samples();
        Output output = network.run(tracked, inputs, experience, chunk);
        NDArray logProbability;
        NDArray entropy;
        if (network.isDiscrete()) {
            NDArray all = output.policy().logSoftmax(1);
            NDArray taken = HostArrays.tensor(inputs, experience.choices(samples), samples.length, 1);
            logProbability = Categorical.logProbability(all, taken);
            entropy = Categorical.entropy(all).sum();
        } else {
            NDArray deviations = tracked.get(network.logStd());
            NDArray taken =
                    HostArrays.tensor(inputs, experience.rawActions(samples), samples.length, network.actionWidth());
            logProbability = DiagonalGaussian.logProbability(output.policy(), deviations, taken);
            entropy = HostArrays.times(DiagonalGaussian.entropy(deviations), samples.length);
        }
        NDArray policyLoss = PpoLoss.policy(
                logProbability,
                of(experience.logProbabilities, samples, inputs),
                of(advantages, samples, inputs),
                settings.clip());
        NDArray valueLoss = PpoLoss.value(
                output.value(),
                of(experience.values, samples, inputs),
                of(experience.returns, samples, inputs),
                settings.clip(),
                settings.valueLoss());
        NDArray loss = policyLoss
                .sum()
                .add(HostArrays.times(valueLoss.sum(), settings.valueCoefficient()))
                .sub(HostArrays.times(entropy, settings.entropyCoefficient()));
        return new Found<>(
                HostArrays.times(loss, 1.0 / minibatchSize),
                new Said(logProbability.toFloatArray(), output.value().toFloatArray(), entropy.getFloat()));
    }

    private static NDArray of(float[] values, int[] samples, NDManager inputs) {
        return HostArrays.tensor(inputs, Experience.pick(values, samples), samples.length);
    }

    /** Samples, or with memory whole sequences, in random order and in parts of about equal numbers of samples. */
    private List<int[]> minibatches(Experience experience) {
        int[] order = new int[experience.units()];
        for (int i = 0; i < order.length; i++) {
            int j = shuffling.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return cut(order, settings.minibatchSize() / experience.sequence());
    }

    private static List<int[]> cut(int[] all, int size) {
        List<int[]> parts = new ArrayList<>();
        int step = Math.max(1, size);
        for (int from = 0; from < all.length; from += step) {
            parts.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + step)));
        }
        return parts;
    }

    /** Normalises rewards, adds what time limits cut off, and finds advantages and returns. */
    private void prepare(Experience experience, Batch.Rollout rollout) {
        if (settings.normaliseRewards()) {
            normaliser.begin(experience.cleared);
            for (int t = 0; t < experience.steps; t++) {
                normaliser.normalise(experience.rewards, experience.ends, t * experience.slots);
            }
        }
        if (settings.bootstrapTimeLimits()) {
            expectations.addWhatWasCutOff(experience, rollout.truncations());
        }
        experience.estimate(expectations.afterTheLastAction(experience), settings.discount(), settings.gaeLambda());
    }

    private Map<String, Double> report(Experience experience, Statistics statistics, double rate) {
        Map<String, Double> report = new TreeMap<>(statistics.means());
        report.put("learning-rate", rate);
        report.put("explained-variance", Statistics.explainedVariance(experience.advantages, experience.values));
        if (settings.normaliseRewards()) {
            report.put("return-deviation", Math.sqrt(normaliser.variance()));
        }
        return report;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        parameters.save(out);
        normaliser.save(out);
        if (network.normaliser().isPresent()) {
            network.normaliser().get().save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        parameters.load(in);
        normaliser.load(in);
        if (network.normaliser().isPresent()) {
            network.normaliser().get().load(in);
        }
    }

    @Override
    public void close() {
        life.close();
    }
}
