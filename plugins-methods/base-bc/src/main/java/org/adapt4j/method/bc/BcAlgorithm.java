package org.adapt4j.method.bc;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.BaseAlgorithm;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.FisherInformation;
import org.adapt4j.api.algorithm.GradientDescent;
import org.adapt4j.api.algorithm.LastLayer;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.method.bc.BcSettings.Loss;
import org.adapt4j.toolkit.distribution.Categorical;
import org.adapt4j.toolkit.distribution.DiagonalGaussian;
import org.adapt4j.toolkit.distribution.TanhGaussian;
import org.adapt4j.toolkit.network.Devices;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.policy.SquashedGaussian;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.GradientScope.Found;
import org.adapt4j.toolkit.training.TrainedParameters;
import org.jspecify.annotations.Nullable;

/** One learner of cloning: policy, loss, update, and what methods can ask of its gradients and its last layer. */
final class BcAlgorithm implements BaseAlgorithm<Batch.Imitation>, GradientDescent, LastLayer, FisherInformation {

    private final BcSettings settings;
    private final BcNetwork network;
    private final NDManager life;
    private final WeightVector weights;
    private final Adam adam;
    private final TrainedParameters parameters;
    private final NDArray decay;
    private final Policy explore;
    private final Policy exploit;
    private double plainRate = Double.NaN;
    private @Nullable Snapshot slope;

    BcAlgorithm(BcSettings settings, AlgorithmRequest request, BcNetwork network) {
        this.settings = settings;
        this.network = network;
        RandomStream random = request.random();
        life = Devices.manager(request.device());
        weights = new WeightVector(life, network.layout(), random.child("policy-weights"));
        adam = new Adam(weights, 0.9, 0.999, settings.adamEpsilon());
        parameters = new TrainedParameters(weights, adam);
        decay = HostArrays.tensor(life, decayOfEach(), weights.count());
        explore = new BcPolicy(network, weights, life, Mode.EXPLORE, random.child("explore"));
        exploit = new BcPolicy(network, weights, life, Mode.EXPLOIT, random.child("exploit"));
    }

    /** PyTorch's Adam decays weights that have a gradient only: deviations have none in a squared distance. */
    private float[] decayOfEach() {
        String deviations = "policy/" + SquashedGaussian.LOG_STD;
        float[] each = weights.mask(name -> settings.loss() == Loss.GAUSSIAN || !name.startsWith(deviations));
        for (int i = 0; i < each.length; i++) {
            each[i] *= (float) settings.weightDecay();
        }
        return each;
    }

    @Override
    public Policy policy(Mode mode) {
        return mode == Mode.EXPLORE ? explore : exploit;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Map<String, Double> update(Batch.Imitation batch, double progress) {
        Map<String, Double> report = new TreeMap<>();
        try (GradientScope scope = new GradientScope(life)) {
            double mean = scope.addFinding((inputs, tracked) -> {
                NDArray loss = losses(tracked.of(weights), inputs, batch::column, batch.size())
                        .mean();
                return new Found<>(loss, (double) loss.getFloat());
            });
            report.put("loss", mean);
            NDArray gradient = scope.gradient(weights);
            if (Double.isNaN(plainRate)) {
                double rate = settings.learningRate(progress);
                try (NDArray pull = weights.flat().mul(decay)) {
                    gradient.addi(pull);
                }
                report.put("gradient-norm", adam.step(gradient, rate, Double.POSITIVE_INFINITY));
                report.put("learning-rate", rate);
            } else {
                adam.descend(gradient, plainRate);
                slope = Snapshot.of(weights.named(gradient.toFloatArray()));
            }
        }
        return report;
    }

    /**
     * The loss of each pair.
     *
     * @param columns components of the observation, and {@code action}
     * @return {@code [rows]}
     */
    NDArray losses(Weights now, NDManager inputs, Function<String, ByteBuffer> columns, int rows) {
        NDArray features = network.features(now, inputs, columns, rows);
        if (network.isDiscrete()) {
            NDArray chosen = HostArrays.tensor(inputs, choices(columns.apply("action"), rows), rows, 1);
            NDArray logProbabilities = network.answer(now, features).logSoftmax(1);
            return Categorical.logProbability(logProbabilities, chosen).neg();
        }
        int width = network.outputs();
        float[] wanted = actions(columns.apply("action"), rows * width);
        if (settings.loss() == Loss.L2) {
            NDArray answer = network.answer(now, features);
            NDArray predicted = network.scale().isPresent() ? answer.tanh() : answer;
            return predicted
                    .sub(HostArrays.tensor(inputs, wanted, rows, width))
                    .square()
                    .mean(new int[] {1});
        }
        SquashedGaussian.Output said = network.gaussian(now, features);
        NDArray logDensity = network.scale().isPresent()
                ? TanhGaussian.logDensityOf(wanted, said.mean(), said.logStd())
                : DiagonalGaussian.logProbability(
                        said.mean(), said.logStd(), HostArrays.tensor(inputs, wanted, rows, width));
        return logDensity.neg();
    }

    private static long[] choices(ByteBuffer column, int rows) {
        IntBuffer numbers = column.asIntBuffer();
        long[] choices = new long[rows];
        for (int i = 0; i < rows; i++) {
            choices[i] = numbers.get(i);
        }
        return choices;
    }

    /** Scaled to (−1, 1) where there are bounds. */
    private float[] actions(ByteBuffer column, int count) {
        FloatBuffer numbers = column.asFloatBuffer();
        if (network.scale().isPresent()) {
            return network.scale().get().squashed(numbers, count);
        }
        float[] actions = new float[count];
        numbers.get(0, actions);
        return actions;
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public void descendBy(double rate) {
        plainRate = rate;
    }

    @Override
    public Snapshot gradient() {
        if (slope == null) {
            throw new IllegalStateException("no plain update was made yet; say descendBy() and update first");
        }
        return slope;
    }

    @Override
    public int features() {
        return network.features();
    }

    @Override
    public int outputs() {
        return network.outputs();
    }

    @Override
    public void forward(Map<String, ByteBuffer> observations, int rows, FloatBuffer features, FloatBuffer outputs) {
        try (NDManager step = life.newSubManager()) {
            NDArray read = network.features(weights.constants(), step, name -> column(observations, name), rows);
            features.put(0, read.toFloatArray());
            float[] answers = network.answer(weights.constants(), read).toFloatArray();
            if (network.isDiscrete()) {
                outputs.put(0, answers);
                return;
            }
            float[] squashed = network.squashed(answers);
            network.scale().ifPresentOrElse(scale -> scale.write(squashed, outputs), () -> outputs.put(0, squashed));
        }
    }

    /** The likelihood that belongs to squared distances is that of a normal distribution of deviation 1 around the best action. */
    @Override
    public Snapshot fisherDiagonal(Map<String, ByteBuffer> columns, int rows) {
        double factor = !network.isDiscrete() && settings.loss() == Loss.L2 ? network.outputs() / 2.0 : 1;
        double[] sums = new double[Math.toIntExact(weights.count())];
        for (int row = 0; row < rows; row++) {
            int at = row;
            try (GradientScope scope = new GradientScope(life)) {
                scope.add((inputs, tracked) -> losses(
                                tracked.of(weights), inputs, name -> row(column(columns, name), name, at), 1)
                        .sum());
                float[] gradient = scope.gradient(weights).toFloatArray();
                for (int i = 0; i < sums.length; i++) {
                    double own = factor * gradient[i];
                    sums[i] += own * own / rows;
                }
            }
        }
        float[] means = new float[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) sums[i];
        }
        return Snapshot.of(weights.named(means));
    }

    private ByteBuffer row(ByteBuffer column, String name, int row) {
        int bytes = network.reader().components().stream()
                .filter(component -> component.name().equals(name))
                .map(Component::space)
                .findFirst()
                .orElseGet(network::action)
                .bytes();
        return column.slice(row * bytes, bytes).order(column.order());
    }

    private static ByteBuffer column(Map<String, ByteBuffer> columns, String name) {
        ByteBuffer column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column '" + name + "', only " + columns.keySet());
        }
        return column;
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        parameters.save(out);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        parameters.load(in);
    }

    @Override
    public void close() {
        life.close();
    }
}
