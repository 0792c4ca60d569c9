package org.adapt4j.method.sac;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning.Encoding;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.method.sac.SacSettings.Temperature;
import org.adapt4j.method.sac.SacSettings.TemperatureDraw;
import org.adapt4j.method.sac.SacSettings.TemperatureLoss;
import org.adapt4j.toolkit.distribution.TanhGaussian;
import org.adapt4j.toolkit.network.Devices;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Layer;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.policy.SquashedGaussian;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.GradientScope.Found;
import org.adapt4j.toolkit.training.TrainedParameters;

/** One SAC learner: policy, critics and their targets, temperature, update. */
final class SacAlgorithm implements BaseAlgorithm<Batch.Transitions>, ContextInference {

    private final SacSettings settings;
    private final SacNetworks networks;
    private final NDManager life;
    private final WeightVector policy;
    private final WeightVector critics;
    private final WeightVector targets;
    private final WeightVector temperature;
    private final Adam policyAdam;
    private final Adam criticAdam;
    private final Adam temperatureAdam;
    private final TrainedParameters parameters;
    private final RandomGenerator draws;
    private final RandomGenerator contextDraws;
    private final Policy explore;
    private final Policy exploit;
    private long updates;

    SacAlgorithm(SacSettings settings, AlgorithmRequest request, SacNetworks networks) {
        this.settings = settings;
        this.networks = networks;
        RandomStream random = request.random();
        life = Devices.manager(request.device());
        policy = new WeightVector(life, networks.policyLayout(), random.child("policy-weights"));
        critics = new WeightVector(life, networks.criticLayout(), random.child("critic-weights"));
        targets = new WeightVector(life, critics);
        temperature = new WeightVector(life, networks.temperatureLayout(), random.child("temperature"));
        temperature.write(new float[] {(float) Math.log(settings.startTemperature())});
        policyAdam = new Adam(policy, 0.9, 0.999, settings.adamEpsilon());
        criticAdam = new Adam(critics, 0.9, 0.999, settings.adamEpsilon());
        temperatureAdam = new Adam(temperature, 0.9, 0.999, settings.adamEpsilon());
        parameters = new TrainedParameters(
                List.of(
                        new TrainedParameters.Part("policy", policy, policyAdam),
                        new TrainedParameters.Part("critic", critics, criticAdam),
                        new TrainedParameters.Part("temperature", temperature, temperatureAdam)),
                () -> targets.copyFrom(critics));
        draws = random.child("updates");
        contextDraws = random.child("context");
        explore = new SacPolicy(networks, policy, life, Mode.EXPLORE, random.child("explore"));
        exploit = new SacPolicy(networks, policy, life, Mode.EXPLOIT, random.child("exploit"));
    }

    @Override
    public Policy policy(Mode mode) {
        return mode == Mode.EXPLORE ? explore : exploit;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    double temperature() {
        return Math.exp(temperature.flat().toFloatArray()[0]);
    }

    /** Logarithms of the standard deviations at an observation without context, {@code [actionWidth]}. */
    float[] logStd(float[] seen) {
        try (NDManager step = life.newSubManager()) {
            return networks.policy(policy.constants(), HostArrays.tensor(step, seen, 1, seen.length))
                    .logStd()
                    .toFloatArray();
        }
    }

    @Override
    public Map<String, Double> update(Batch.Transitions batch, double progress) {
        updates++;
        double alpha = temperature();
        Map<String, Double> report = new TreeMap<>();
        report.put("temperature", alpha);
        CriticStep critic = updateCritics(batch, alpha);
        batch.reprioritise(FloatBuffer.wrap(critic.errors()));
        report.putAll(critic.report());
        if (updates % settings.actorEvery() == 0) {
            boolean learnt = settings.temperature() == Temperature.AUTO;
            boolean drawsAnew = learnt && settings.temperatureDraw() == TemperatureDraw.AFTER;
            for (int i = 0; i < settings.actorUpdates(); i++) {
                PolicyStep step = updatePolicy(batch, critic.context(), drawsAnew && i > 0);
                report.put("actor-loss", step.loss());
                report.put("entropy", -step.logDensity());
                if (learnt && !drawsAnew) {
                    updateTemperature(step.logDensity());
                }
            }
            if (drawsAnew) {
                updateTemperature(meanLogDensity(batch, critic.context()));
            }
        }
        targets.moveTowards(critics, settings.targetFraction());
        return report;
    }

    /**
     * What is known after a step of the critics.
     *
     * @param context of each transition, as the policy is to take it, {@code [size · width]}
     * @param errors of the first critic, {@code [size]}
     * @param report by name
     */
    private record CriticStep(float[] context, float[] errors, Map<String, Double> report) {}

    private CriticStep updateCritics(Batch.Transitions batch, double alpha) {
        try (GradientScope scope = new GradientScope(life)) {
            CriticStep step =
                    scope.addFinding((inputs, tracked) -> criticLoss(batch, alpha, inputs, tracked.of(critics)));
            criticAdam.step(scope.gradient(critics), settings.criticLearningRate());
            return step;
        }
    }

    private Found<CriticStep> criticLoss(Batch.Transitions batch, double alpha, NDManager inputs, Weights weights) {
        int size = batch.size();
        Map<String, Double> report = new TreeMap<>();
        NDArray seen = networks.input(inputs, networks.reader().columns(batch, ""), size, new float[0]);
        Optional<Encoding> encoding = networks.context().encode(inputs, weights, batch, contextDraws);
        float[] context = new float[0];
        if (encoding.isPresent()) {
            context = encoding.get().vector().toFloatArray();
            seen = seen.concat(encoding.get().vector(), 1);
            report.put(
                    "context-regulariser", (double) encoding.get().regulariser().getFloat());
        }
        float[] wanted = targets(batch, inputs, context, alpha);
        NDArray both = networks.critics().values(weights, seen, actions(batch, inputs));
        float[] values = both.toFloatArray();
        float[] errors = new float[size];
        float[] factors = new float[size];
        double mean = 0;
        for (int i = 0; i < size; i++) {
            mean += values[i] / size;
            errors[i] = Math.abs(values[i] - wanted[i]);
            factors[i] = (float) (settings.criticLossFactor() * batch.weights().get(i) / size);
        }
        NDArray loss = both.sub(HostArrays.tensor(inputs, wanted, size))
                .square()
                .mul(HostArrays.tensor(inputs, factors, size))
                .sum();
        report.put("mean-q", mean);
        report.put("critic-loss", (double) loss.getFloat());
        NDArray whole = encoding.isPresent() ? loss.add(encoding.get().regulariser()) : loss;
        return new Found<>(whole, new CriticStep(context, errors, report));
    }

    /** The actions that were taken, within (−1, 1), {@code [size, actionWidth]}. */
    private NDArray actions(Batch.Transitions batch, NDManager inputs) {
        int width = networks.actionWidth();
        FloatBuffer taken = batch.column("action").asFloatBuffer();
        return HostArrays.tensor(inputs, networks.scale().squashed(taken, batch.size() * width), batch.size(), width);
    }

    /** r + γ(min Q̄(s′, a′) − α log π(a′|s′)), with a′ drawn now. */
    private float[] targets(Batch.Transitions batch, NDManager inputs, float[] context, double alpha) {
        int size = batch.size();
        NDArray next = networks.input(inputs, networks.reader().columns(batch, "next-"), size, context);
        SquashedGaussian.Output gaussian = networks.policy(policy.constants(), Layer.shared(next));
        float[] actions = new float[size * networks.actionWidth()];
        float[] logDensities = new float[size];
        TanhGaussian.sample(
                gaussian.mean().toFloatArray(), gaussian.logStd().toFloatArray(), draws, actions, logDensities);
        NDArray chosen = HostArrays.tensor(inputs, actions, size, networks.actionWidth());
        float[] values =
                networks.critics().values(targets.constants(), next, chosen).toFloatArray();
        FloatBuffer returns = batch.column("return").asFloatBuffer();
        FloatBuffer discounts = batch.column("discount").asFloatBuffer();
        float[] wanted = new float[size];
        for (int i = 0; i < size; i++) {
            wanted[i] = (float)
                    target(returns.get(i), discounts.get(i), values[i], values[size + i], alpha, logDensities[i]);
        }
        return wanted;
    }

    /** The value that a transition says its action has. */
    static double target(double reward, double discount, double first, double second, double alpha, double logDensity) {
        return reward + discount * (Math.min(first, second) - alpha * logDensity);
    }

    /**
     * What is known after a step of the policy.
     *
     * @param loss its mean
     * @param logDensity mean of the actions that it drew
     */
    private record PolicyStep(double loss, double logDensity) {}

    /** @param drawsFirst whether the temperature first learns from what this policy draws, as it would have after the step before */
    private PolicyStep updatePolicy(Batch.Transitions batch, float[] context, boolean drawsFirst) {
        try (GradientScope scope = new GradientScope(life)) {
            PolicyStep step = scope.addFinding(
                    (inputs, tracked) -> policyLoss(batch, context, drawsFirst, inputs, tracked.of(policy)));
            policyAdam.step(scope.gradient(policy), settings.actorLearningRate());
            return step;
        }
    }

    /** α log π(a|s) − min Q(s, a), with a drawn by the policy from noise that stays fixed. */
    private Found<PolicyStep> policyLoss(
            Batch.Transitions batch, float[] context, boolean drawsFirst, NDManager inputs, Weights weights) {
        int size = batch.size();
        int width = networks.actionWidth();
        NDArray seen = networks.input(inputs, networks.reader().columns(batch, ""), size, context);
        SquashedGaussian.Output gaussian = networks.policy(weights, Layer.shared(seen));
        if (drawsFirst) {
            updateTemperature(meanLogDensity(gaussian, size));
        }
        double alpha = temperature();
        float[] noise = new float[size * width];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) draws.nextGaussian();
        }
        NDArray unsquashed =
                gaussian.mean().add(gaussian.logStd().exp().mul(HostArrays.tensor(inputs, noise, size, width)));
        NDArray densities = TanhGaussian.logDensity(unsquashed, gaussian.logStd(), noise);
        NDArray actions = unsquashed.tanh();
        TwinCritics.Least least = networks.critics().least(critics.constants(), seen, actions.stopGradient());
        double value = 0;
        for (float one : least.values()) {
            value += one / size;
        }
        // The critics are constants here: of them the gradient needs no more than their slopes.
        NDArray worth = actions.mul(HostArrays.tensor(inputs, least.slopes(), size, width));
        NDArray loss = HostArrays.times(HostArrays.times(densities, alpha).sum().sub(worth.sum()), 1.0 / size);
        double logDensity = densities.mean().getFloat();
        return new Found<>(loss, new PolicyStep(alpha * logDensity - value, logDensity));
    }

    /** Mean log-density of actions that the policy draws now. */
    private double meanLogDensity(Batch.Transitions batch, float[] context) {
        try (NDManager step = life.newSubManager()) {
            NDArray seen = networks.input(step, networks.reader().columns(batch, ""), batch.size(), context);
            return meanLogDensity(networks.policy(policy.constants(), seen), batch.size());
        }
    }

    private double meanLogDensity(SquashedGaussian.Output gaussian, int size) {
        float[] logDensities = new float[size];
        TanhGaussian.sample(
                gaussian.mean().toFloatArray(),
                gaussian.logStd().toFloatArray(),
                draws,
                new float[size * networks.actionWidth()],
                logDensities);
        double sum = 0;
        for (float logDensity : logDensities) {
            sum += logDensity;
        }
        return sum / size;
    }

    private void updateTemperature(double meanLogDensity) {
        double gradient = temperatureGradient(
                settings.temperatureLoss(),
                temperature(),
                meanLogDensity,
                settings.entropyPerAction() * networks.actionWidth());
        try (NDArray tensor = HostArrays.tensor(life, new float[] {(float) gradient}, 1)) {
            temperatureAdam.step(tensor, settings.temperatureLearningRate());
        }
    }

    /** Slope of the temperature's loss over the logarithm of the temperature. */
    static double temperatureGradient(TemperatureLoss loss, double alpha, double meanLogDensity, double targetEntropy) {
        double slope = -(meanLogDensity + targetEntropy);
        return loss == TemperatureLoss.LOG ? slope : alpha * slope;
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return networks.context().isPresent() && type.isInstance(this)
                ? Optional.of(type.cast(this))
                : Optional.empty();
    }

    @Override
    public Belief infer(Batch.Transitions context) {
        return networks.context().infer(life, critics.constants(), context);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        parameters.save(out);
        targets.save(out);
        out.writeLong(updates);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        parameters.load(in);
        targets.load(in);
        updates = in.readLong();
    }

    @Override
    public void close() {
        life.close();
    }
}
