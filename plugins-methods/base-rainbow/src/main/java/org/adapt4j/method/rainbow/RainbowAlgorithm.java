package org.adapt4j.method.rainbow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
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
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.method.rainbow.RainbowNetwork.Draw;
import org.adapt4j.toolkit.distribution.Categorical;
import org.adapt4j.toolkit.network.Devices;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Noise;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.GradientScope.Found;
import org.adapt4j.toolkit.training.TrainedParameters;
import org.adapt4j.toolkit.value.CategoricalValues;
import org.jspecify.annotations.Nullable;

/** One Rainbow learner: two networks of one shape, policy, update. */
final class RainbowAlgorithm implements BaseAlgorithm<Batch.Transitions>, ContextInference {

    private final RainbowSettings settings;
    private final RainbowNetwork network;
    private final NDManager life;
    private final WeightVector weights;
    private final WeightVector target;
    private final Noise noise;
    private final Noise targetNoise;
    private final NDArray atoms;
    private final Adam adam;
    private final TrainedParameters parameters;
    private final RandomGenerator targetDraws;
    private final RandomGenerator contextDraws;
    private final Policy explore;
    private final Policy exploit;
    private long updates;

    RainbowAlgorithm(RainbowSettings settings, AlgorithmRequest request, RainbowNetwork network) {
        this.settings = settings;
        this.network = network;
        RandomStream random = request.random();
        life = Devices.manager(request.device());
        weights = new WeightVector(life, network.layout(), random.child("weights"));
        target = new WeightVector(life, weights);
        noise = new Noise(life, network.noise());
        targetNoise = new Noise(life, network.noise());
        atoms = HostArrays.tensor(
                life, network.values().values(), network.values().atoms(), 1);
        adam = new Adam(weights, 0.9, 0.999, settings.adamEpsilon());
        parameters = new TrainedParameters(weights, adam, () -> target.copyFrom(weights));
        RandomStream exploring = random.child("explore");
        noise.redraw(exploring);
        targetDraws = random.child("target-noise");
        contextDraws = random.child("context");
        explore = new RainbowPolicy(this, exploring, true, 0);
        exploit = new RainbowPolicy(this, random.child("exploit"), false, settings.exploitEpsilon());
    }

    RainbowNetwork network() {
        return network;
    }

    WeightVector weights() {
        return weights;
    }

    WeightVector target() {
        return target;
    }

    /** The draw that acts and learns until the next step is taken. */
    Noise noise() {
        return noise;
    }

    @Override
    public Policy policy(Mode mode) {
        return mode == Mode.EXPLORE ? explore : exploit;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    /** Mean values of all actions, {@code [slots · actions]}. */
    float[] values(StepBuffers seen, PolicyState state, @Nullable Noise draw) {
        try (NDManager step = life.newSubManager()) {
            return means(network.logits(
                            step,
                            weights.constants(),
                            network.streams(weights.constants(), draw),
                            network.reader().columns(seen),
                            seen.slots(),
                            network.context().vectors(step, state))
                    .softmax(2));
        }
    }

    @Override
    public Map<String, Double> update(Batch.Transitions batch, double progress) {
        Map<String, Double> report = new TreeMap<>();
        try (GradientScope scope = new GradientScope(life)) {
            Learned learned = scope.addFinding((inputs, tracked) -> loss(batch, inputs, tracked.of(weights)));
            batch.reprioritise(FloatBuffer.wrap(learned.errors()));
            report.putAll(learned.report());
            report.put(
                    "gradient-norm",
                    adam.step(scope.gradient(weights), settings.learningRate(), settings.maxGradientNorm()));
        }
        updates++;
        if (updates % settings.targetEvery() == 0) {
            target.copyFrom(weights);
        }
        return report;
    }

    /** What is known of a batch once its loss is. @param errors of each transition  @param report by name */
    private record Learned(float[] errors, Map<String, Double> report) {}

    private Found<Learned> loss(Batch.Transitions batch, NDManager inputs, Weights tracked) {
        int size = batch.size();
        int width = network.values().atoms();
        Optional<Encoding> encoding = network.context().encode(inputs, tracked, batch, contextDraws);
        Optional<NDArray> vectors = encoding.map(Encoding::vector);
        Draw draw = network.draw(inputs, tracked, noise);
        float[] expected = expected(batch, inputs, draw.constant(), vectors.map(NDArray::stopGradient));
        float[] importance = new float[size];
        batch.weights().get(0, importance);
        NDArray chosen = network.logits(
                        inputs, tracked, draw.streams(), network.reader().columns(batch, ""), size, vectors)
                .gather(HostArrays.tensor(inputs, indices(batch), size, 1, width), 1)
                .reshape(size, width);
        RainbowLoss loss = RainbowLoss.of(inputs, network.values(), expected, importance, chosen);
        Map<String, Double> report = new TreeMap<>(Map.of("loss", loss.mean(), "mean-q", loss.meanValue()));
        Learned learned = new Learned(loss.each(), report);
        if (encoding.isEmpty()) {
            return new Found<>(loss.scalar(), learned);
        }
        NDArray regulariser = encoding.get().regulariser();
        report.put("context-regulariser", (double) regulariser.getFloat());
        return new Found<>(loss.scalar().add(regulariser), learned);
    }

    /** The distributions that the chosen actions should have: the target network's, n steps later, moved by the return. */
    private float[] expected(Batch.Transitions batch, NDManager inputs, Draw online, Optional<NDArray> vectors) {
        int size = batch.size();
        int actions = network.actions();
        CategoricalValues values = network.values();
        ByteBuffer[] next = network.reader().columns(batch, "next-");
        float[] means = means(network.logits(inputs, weights.constants(), online.streams(), next, size, vectors)
                .softmax(2));
        targetNoise.redraw(targetDraws);
        Draw draw = network.draw(inputs, target.constants(), targetNoise);
        float[] probabilities = network.logits(
                        inputs,
                        target.constants(),
                        draw.streams(),
                        next,
                        size,
                        network.context()
                                .encode(inputs, target.constants(), batch, contextDraws)
                                .map(Encoding::vector))
                .softmax(2)
                .toFloatArray();
        FloatBuffer returns = batch.column("return").asFloatBuffer();
        FloatBuffer discounts = batch.column("discount").asFloatBuffer();
        float[] expected = new float[size * values.atoms()];
        for (int i = 0; i < size; i++) {
            int best = Categorical.mode(means, i * actions, actions);
            values.project(
                    probabilities,
                    (i * actions + best) * values.atoms(),
                    returns.get(i),
                    discounts.get(i),
                    expected,
                    i * values.atoms());
        }
        return expected;
    }

    /** Mean values, {@code [rows · actions]}, of probabilities {@code [rows, actions, atoms]}. */
    float[] means(NDArray probabilities) {
        int width = network.values().atoms();
        return probabilities.reshape(-1, width).matMul(atoms).toFloatArray();
    }

    /** Positions of the chosen actions' atoms, {@code [size, 1, atoms]}. */
    private long[] indices(Batch.Transitions batch) {
        int width = network.values().atoms();
        long[] indices = new long[batch.size() * width];
        ByteBuffer actions = batch.column("action");
        for (int i = 0; i < batch.size(); i++) {
            Arrays.fill(indices, i * width, (i + 1) * width, actions.getInt(4 * i));
        }
        return indices;
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return network.context().isPresent() && type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public Belief infer(Batch.Transitions context) {
        return network.context().infer(life, weights.constants(), context);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        parameters.save(out);
        target.save(out);
        noise.save(out);
        out.writeLong(updates);
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        parameters.load(in);
        target.load(in);
        noise.load(in);
        updates = in.readLong();
    }

    @Override
    public void close() {
        life.close();
    }
}
