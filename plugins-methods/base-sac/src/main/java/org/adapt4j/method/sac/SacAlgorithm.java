package org.adapt4j.method.sac;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.method.sac.SacSettings.Temperature;
import org.adapt4j.method.sac.SacSettings.TemperatureLoss;
import org.adapt4j.toolkit.distribution.TanhGaussian;
import org.adapt4j.toolkit.network.Devices;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.policy.SquashedGaussian;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.TrainedParameters;
import org.jspecify.annotations.Nullable;

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
    float[] logDeviation(float[] seen) {
        try (NDManager step = life.newSubManager()) {
            return networks.policy(policy.constants(), HostArrays.tensor(step, seen, 1, seen.length))
                    .logDeviation()
                    .toFloatArray();
        }
    }

    /**
     * Observations and context side by side, {@code [rows, …]}.
     *
     * @param context {@code [rows · contextWidth]}; empty without
     */
    static NDArray input(
            SacNetworks networks, NDManager manager, ByteBuffer[] observations, int rows, float[] context) {
        int width = networks.reader().vectorWidth();
        float[] vectors = networks.reader().vectors(observations, rows);
        if (context.length > 0) {
            int extra = context.length / rows;
            float[] both = new float[rows * (width + extra)];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(vectors, row * width, both, row * (width + extra), width);
                System.arraycopy(context, row * extra, both, row * (width + extra) + width, extra);
            }
            vectors = both;
            width += extra;
        }
        return HostArrays.tensor(manager, vectors, rows, width);
    }

    @Override
    public Map<String, Double> update(Batch.Transitions batch, double progress) {
        updates++;
        double alpha = temperature();
        Map<String, Double> report = new TreeMap<>();
        report.put("temperature", alpha);
        float[] context = updateCritics(batch, alpha, report);
        if (updates % settings.actorEvery() == 0) {
            for (int i = 0; i < settings.actorUpdates(); i++) {
                double logDensity = updatePolicy(batch, context, alpha, report);
                if (settings.temperature() == Temperature.AUTO) {
                    updateTemperature(logDensity, alpha);
                    alpha = temperature();
                }
            }
        }
        targets.moveTowards(critics, settings.targetFraction());
        return report;
    }

    /** One step of the critics. @return the context of each transition, as the policy is to take it */
    private float[] updateCritics(Batch.Transitions batch, double alpha, Map<String, Double> report) {
        int size = batch.size();
        float[][] context = {new float[0]};
        float[] errors = new float[size];
        try (GradientScope scope = new GradientScope(life)) {
            scope.add((inputs, tracked) -> {
                Weights weights = tracked.of(critics);
                NDArray seen = input(networks, inputs, columns(batch, ""), size, new float[0]);
                @Nullable NDArray regulariser = null;
                if (networks.context().isPresent()) {
                    Conditioning.Encoding encoding =
                            networks.context().get().encode(inputs, weights, batch.context(), contextDraws);
                    NDArray vectors = perTransition(encoding.vector(), batch);
                    context[0] = vectors.toFloatArray();
                    seen = seen.concat(vectors, 1);
                    regulariser = encoding.regulariser();
                    report.put("context-regulariser", (double) regulariser.getFloat());
                }
                float[] wanted = targets(batch, inputs, context[0], alpha);
                NDArray goal = HostArrays.tensor(inputs, wanted, size);
                NDArray actions = HostArrays.tensor(
                        inputs,
                        networks.scale()
                                .squashed(batch.column("action").asFloatBuffer(), size * networks.actionWidth()),
                        size,
                        networks.actionWidth());
                NDArray both = networks.values(weights, seen, actions);
                float[] values = both.toFloatArray();
                double mean = 0;
                for (int i = 0; i < size; i++) {
                    mean += values[i] / size;
                    errors[i] = Math.abs(values[i] - wanted[i]);
                }
                report.put("mean-q", mean);
                FloatBuffer importance = batch.weights();
                float[] factors = new float[size];
                for (int i = 0; i < size; i++) {
                    factors[i] = (float) (settings.criticLossFactor() * importance.get(i) / size);
                }
                NDArray loss = both.sub(goal)
                        .square()
                        .mul(HostArrays.tensor(inputs, factors, size))
                        .sum();
                report.put("critic-loss", (double) loss.getFloat());
                return regulariser == null ? loss : loss.add(regulariser);
            });
            criticAdam.step(scope.gradient(critics), settings.criticLearningRate());
        }
        batch.reprioritise(FloatBuffer.wrap(errors));
        return context[0];
    }

    /** r + γ(min Q̄(s′, a′) − α log π(a′|s′)), with a′ drawn now. */
    private float[] targets(Batch.Transitions batch, NDManager inputs, float[] context, double alpha) {
        int size = batch.size();
        NDArray next = input(networks, inputs, columns(batch, "next-"), size, context);
        SquashedGaussian.Output gaussian = networks.policy(policy.constants(), next.reshape(next.getShape()));
        float[] actions = new float[size * networks.actionWidth()];
        float[] logDensities = new float[size];
        TanhGaussian.sample(
                gaussian.mean().toFloatArray(), gaussian.logDeviation().toFloatArray(), draws, actions, logDensities);
        NDArray chosen = HostArrays.tensor(inputs, actions, size, networks.actionWidth());
        float[] values = networks.values(targets.constants(), next, chosen).toFloatArray();
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

    /** One step of the policy. @return mean log-density of the actions it drew */
    private double updatePolicy(Batch.Transitions batch, float[] context, double alpha, Map<String, Double> report) {
        int size = batch.size();
        int width = networks.actionWidth();
        float[] noise = new float[size * width];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) draws.nextGaussian();
        }
        double[] logDensity = new double[1];
        try (GradientScope scope = new GradientScope(life)) {
            scope.add((inputs, tracked) -> {
                NDArray seen = input(networks, inputs, columns(batch, ""), size, context);
                SquashedGaussian.Output gaussian = networks.policy(tracked.of(policy), seen.reshape(seen.getShape()));
                NDArray unsquashed = gaussian.mean()
                        .add(gaussian.logDeviation().exp().mul(HostArrays.tensor(inputs, noise, size, width)));
                NDArray densities = TanhGaussian.logDensity(unsquashed, gaussian.logDeviation(), noise);
                NDArray actions = unsquashed.tanh();
                // The critics are constants here: nothing of their own gradient is computed.
                NDArray least =
                        networks.values(critics.constants(), seen, actions).min(new int[] {0});
                logDensity[0] = densities.mean().getFloat();
                NDArray loss = HostArrays.times(densities, alpha).sub(least).mean();
                report.put("actor-loss", (double) loss.getFloat());
                report.put("entropy", -logDensity[0]);
                return loss;
            });
            policyAdam.step(scope.gradient(policy), settings.actorLearningRate());
        }
        return logDensity[0];
    }

    private void updateTemperature(double meanLogDensity, double alpha) {
        double gradient = temperatureGradient(
                settings.temperatureLoss(),
                alpha,
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

    /** A vector per task as one per transition. */
    private static NDArray perTransition(NDArray vectors, Batch.Transitions batch) {
        long[] rows = new long[batch.size()];
        int share = batch.size() / batch.tasks();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i / share;
        }
        return vectors.get(HostArrays.tensor(vectors.getManager(), rows, rows.length));
    }

    private ByteBuffer[] columns(Batch.Transitions batch, String prefix) {
        List<Component> components = networks.reader().components();
        ByteBuffer[] columns = new ByteBuffer[components.size()];
        Arrays.setAll(columns, c -> batch.column(prefix + components.get(c).name()));
        return columns;
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return networks.context().isPresent() && type.isInstance(this)
                ? Optional.of(type.cast(this))
                : Optional.empty();
    }

    @Override
    public Belief infer(Batch.Transitions context) {
        if (context.size() == 0) {
            return Belief.prior(networks.contextWidth());
        }
        try (NDManager step = life.newSubManager()) {
            return networks.context().orElseThrow().infer(step, critics.constants(), context);
        }
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
