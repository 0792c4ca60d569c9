package org.adapt4j.method.rainbow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import org.adapt4j.toolkit.policy.ContextVectors;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
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
        int slots = seen.slots();
        ByteBuffer[] observations = new ByteBuffer[network.reader().components().size()];
        for (int c = 0; c < observations.length; c++) {
            observations[c] = seen.observation(c);
        }
        try (NDManager step = life.newSubManager()) {
            NDArray context = state instanceof ContextVectors conditioned
                    ? HostArrays.tensor(step, conditioned.vectors(), slots, network.contextWidth())
                    : null;
            return means(network.logits(step, weights.constants(), draw, observations, slots, context)
                    .softmax(2));
        }
    }

    @Override
    public Map<String, Double> update(Batch.Transitions batch, double progress) {
        Map<String, Double> report = new TreeMap<>();
        try (GradientScope scope = new GradientScope(life)) {
            scope.add((inputs, tracked) -> loss(batch, inputs, tracked.of(weights), report));
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

    private NDArray loss(Batch.Transitions batch, NDManager inputs, Weights tracked, Map<String, Double> report) {
        int size = batch.size();
        int width = network.values().atoms();
        Conditioning.@Nullable Encoding encoding = null;
        @Nullable NDArray vectors = null;
        if (network.context().isPresent()) {
            encoding = network.context().get().encode(inputs, tracked, batch.context(), contextDraws);
            vectors = perTransition(encoding.vector(), batch);
        }
        Draw draw = network.draw(inputs, tracked, noise);
        float[] expected = expected(batch, inputs, draw.constant(), vectors == null ? null : vectors.stopGradient());
        float[] importance = new float[size];
        batch.weights().get(0, importance);
        RainbowLoss loss = new RainbowLoss(network.values(), expected, importance);
        NDArray chosen = network.logits(inputs, tracked, draw, columns(batch, ""), size, vectors)
                .gather(HostArrays.tensor(inputs, indices(batch), size, 1, width), 1)
                .reshape(size, width);
        NDArray whole = loss.of(inputs, chosen);
        batch.reprioritise(FloatBuffer.wrap(loss.each()));
        report.put("loss", loss.mean());
        report.put("mean-q", loss.meanValue());
        if (encoding == null) {
            return whole;
        }
        report.put("context-regulariser", (double) encoding.regulariser().getFloat());
        return whole.add(encoding.regulariser());
    }

    /** The distributions that the chosen actions should have: the target network's, n steps later, moved by the return. */
    private float[] expected(Batch.Transitions batch, NDManager inputs, Draw online, @Nullable NDArray vectors) {
        int size = batch.size();
        int actions = network.actions();
        CategoricalValues values = network.values();
        ByteBuffer[] next = columns(batch, "next-");
        float[] means = means(network.logits(inputs, weights.constants(), online, next, size, vectors)
                .softmax(2));
        targetNoise.redraw(targetDraws);
        Draw draw = network.draw(inputs, target.constants(), targetNoise);
        float[] probabilities = network.logits(
                        inputs, target.constants(), draw, next, size, targetVectors(batch, inputs))
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

    private @Nullable NDArray targetVectors(Batch.Transitions batch, NDManager inputs) {
        if (network.context().isEmpty()) {
            return null;
        }
        return perTransition(
                network.context()
                        .get()
                        .encode(inputs, target.constants(), batch.context(), contextDraws)
                        .vector(),
                batch);
    }

    /** A vector per task as one per transition. */
    private NDArray perTransition(NDArray vectors, Batch.Transitions batch) {
        int share = batch.size() / batch.tasks();
        int width = network.contextWidth();
        NDArray blocks = vectors.getManager().zeros(new Shape(batch.tasks(), share, width));
        return blocks.add(vectors.reshape(batch.tasks(), 1, width)).reshape(batch.size(), width);
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

    private ByteBuffer[] columns(Batch.Transitions batch, String prefix) {
        List<Component> components = network.reader().components();
        ByteBuffer[] columns = new ByteBuffer[components.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = batch.column(prefix + components.get(c).name());
        }
        return columns;
    }

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return network.context().isPresent() && type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public Belief infer(Batch.Transitions context) {
        if (context.size() == 0) {
            return Belief.prior(network.contextWidth());
        }
        try (NDManager step = life.newSubManager()) {
            return network.context().orElseThrow().infer(step, weights.constants(), context);
        }
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
