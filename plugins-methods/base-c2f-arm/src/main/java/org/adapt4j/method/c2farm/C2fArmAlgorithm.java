package org.adapt4j.method.c2farm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
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
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.run.RandomStream;
import org.adapt4j.method.c2farm.C2fArmSettings.Attention;
import org.adapt4j.method.c2farm.C2fArmSettings.NextBox;
import org.adapt4j.method.c2farm.C2fArmSettings.RestoredTarget;
import org.adapt4j.toolkit.network.Devices;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.training.Adam;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.TrainedParameters;
import org.jspecify.annotations.Nullable;

/** One learner of C2F-ARM: a network for each depth, policies, update. */
final class C2fArmAlgorithm implements BaseAlgorithm<Batch.Transitions>, ContextInference {

    private final C2fArmSettings settings;
    private final SceneReader reader;
    private final Volumes volumes;
    private final Labels labels;
    private final Optional<StoredBoxes> storedBoxes;
    private final NDManager life;
    private final List<Depth> depths = new ArrayList<>();
    private final Optional<Context> context;
    private final TrainedParameters parameters;
    private final RandomGenerator shifts;
    private final Policy explore;
    private final Policy exploit;
    private final int[] all;
    private final int[] alive;
    private int living;
    private final double[] nextMiddles;
    private final int[] nextVoxels;
    private final int[] nextTurns;

    /** An encoder of contexts with an optimiser of its own, whose gradients are not clipped. */
    private record Context(
            Conditioning.Network network, int width, WeightVector weights, Adam adam, RandomGenerator draws) {}

    C2fArmAlgorithm(C2fArmSettings settings, AlgorithmRequest request) {
        this.settings = settings;
        Attention attention = settings.attention();
        RandomStream random = request.random();
        reader = new SceneReader(request.spec(), settings.scene());
        volumes = new Volumes(reader, attention);
        int most = settings.replay().batch();
        labels = new Labels(attention, reader.camera(), most);
        storedBoxes = attention.nextBox() == NextBox.STORED
                ? Optional.of(new StoredBoxes(new Labels(attention, reader.camera(), most), most))
                : Optional.empty();
        life = Devices.manager(request.device());
        List<TrainedParameters.Part> parts = new ArrayList<>();
        context = request.conditioning() instanceof Conditioning.Context wanted
                ? Optional.of(context(wanted, request))
                : Optional.empty();
        context.ifPresent(c -> parts.add(new TrainedParameters.Part("context", c.weights(), c.adam())));
        for (int depth = 0; depth < attention.depths(); depth++) {
            depths.add(depth(depth, random.child(Depth.group(depth))));
            Depth made = depths.get(depth);
            parts.add(new TrainedParameters.Part(Depth.group(depth), made.online(), made.adam()));
        }
        boolean copied = settings.restoredTarget() == RestoredTarget.COPIED;
        parameters = new TrainedParameters(parts, copied ? this::copyTargets : () -> {});
        shifts = random.child("shifts");
        explore = new C2fArmPolicy(this, settings.exploration(), random.child("explore"));
        exploit = new C2fArmPolicy(this, C2fArmSettings.Exploration.NONE, random.child("exploit"));
        all = new int[most];
        for (int i = 0; i < most; i++) {
            all[i] = i;
        }
        alive = new int[most];
        nextMiddles = new double[3 * most];
        nextVoxels = new int[most];
        nextTurns = new int[4 * most];
    }

    private Context context(Conditioning.Context wanted, AlgorithmRequest request) {
        Layout layout = new Layout();
        Conditioning.Network network = wanted.encoder().join(layout, request.spec());
        WeightVector weights = new WeightVector(life, layout, request.random().child("context-weights"));
        Adam adam = new Adam(
                weights, 0.9, 0.999, 1e-8, new Adam.Restraint(Double.POSITIVE_INFINITY, settings.weightDecay()));
        return new Context(
                network,
                wanted.encoder().width(),
                weights,
                adam,
                request.random().child("context"));
    }

    private Depth depth(int depth, RandomStream random) {
        Layout layout = new Layout();
        QAttentionNetwork network = Depth.network(layout, settings, depth, reader.lowDim(), contextWidth());
        WeightVector online = new WeightVector(life, layout, random);
        Adam.Restraint restraint = new Adam.Restraint(settings.gradientClip(), settings.weightDecay());
        return new Depth(
                depth,
                new Heads(settings.attention(), depth),
                network,
                online,
                new WeightVector(life, online),
                new Adam(online, 0.9, 0.999, 1e-8, restraint));
    }

    private void copyTargets() {
        depths.forEach(depth -> depth.target().copyFrom(depth.online()));
    }

    List<Depth> depths() {
        return depths;
    }

    SceneReader reader() {
        return reader;
    }

    Volumes volumes() {
        return volumes;
    }

    NDManager life() {
        return life;
    }

    int contextWidth() {
        return context.map(Context::width).orElse(0);
    }

    @Override
    public Policy policy(Mode mode) {
        return mode == Mode.EXPLORE ? explore : exploit;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    // ---- update

    @Override
    public Map<String, Double> update(Batch.Transitions batch, double progress) {
        Map<String, Double> report = new TreeMap<>();
        int size = batch.size();
        labels.read(batch.column("action").asFloatBuffer(), size, shifts);
        lookAhead(batch);
        float[] errors = new float[size];
        for (Depth depth : depths) {
            float[] deltas = new float[size];
            descend(depth, batch, deltas, report);
            depth.target().moveTowards(depth.online(), settings.targetFraction());
            QAttentionLoss.priorities(deltas);
            for (int i = 0; i < size; i++) {
                errors[i] += QAttentionLoss.share(depth.index(), depths.size()) * deltas[i];
            }
        }
        batch.reprioritise(FloatBuffer.wrap(errors));
        report.put("labels-outside", (double) labels.outside() / size);
        report.put("empty-volumes", (double) volumes.takeEmpty() / (depths.size() * (size + living)));
        return report;
    }

    /** Finds the rows after which something comes: the others need no look at what is next. */
    private void lookAhead(Batch.Transitions batch) {
        FloatBuffer discounts = batch.column("discount").asFloatBuffer();
        living = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (discounts.get(i) > 0) {
                alive[living++] = i;
            }
        }
        storedBoxes.ifPresent(boxes -> boxes.read(batch.column("next-action").asFloatBuffer(), alive, living, shifts));
    }

    private void descend(Depth depth, Batch.Transitions batch, float[] deltas, Map<String, Double> report) {
        try (GradientScope scope = new GradientScope(life)) {
            scope.add((inputs, tracked) -> {
                Conditioning.@Nullable Encoding encoding = null;
                if (context.isPresent() && depth.index() == 0) {
                    encoding = context.get()
                            .network()
                            .encode(
                                    inputs,
                                    tracked.of(context.get().weights()),
                                    batch.context(),
                                    context.get().draws());
                }
                NDArray loss = loss(depth, batch, inputs, tracked, encoding, deltas, report);
                if (encoding == null) {
                    return loss;
                }
                report.put(
                        "context-regulariser", (double) encoding.regulariser().getFloat());
                return loss.add(encoding.regulariser());
            });
            depth.adam().step(scope.gradient(depth.online()), settings.learningRate());
            if (context.isPresent() && depth.index() == 0) {
                Context encoder = context.get();
                encoder.adam().step(scope.gradient(encoder.weights()), settings.learningRate());
            }
        }
    }

    private NDArray loss(
            Depth depth,
            Batch.Transitions batch,
            NDManager inputs,
            GradientScope.Tracked tracked,
            Conditioning.@Nullable Encoding encoding,
            float[] deltas,
            Map<String, Double> report) {
        int size = batch.size();
        NDArray told = encoding == null ? null : perTransition(encoding.vector(), batch);
        float[] wanted = targets(depth, batch, inputs, told == null ? new float[0] : told.toFloatArray());
        ByteBuffer[] seen = columns(batch, "");
        NDArray grid = volumes.of(
                inputs,
                seen,
                all,
                size,
                depth.index(),
                labels.middles(depth.index()),
                (i, pixel) -> labels.pixel(depth.index(), i, pixel));
        QAttentionNetwork.Output output =
                depth.network().apply(tracked.of(depth.online()), grid, volumes.vectors(inputs, seen, all, size), told);
        float[] importance = new float[size];
        batch.weights().get(0, importance);
        NDArray loss = new QAttentionLoss(depth.heads(), settings.regulariser())
                .of(inputs, output, voxels(depth, size), beside(depth, size), wanted, importance, deltas);
        report.put("loss-" + Depth.group(depth.index()), (double) loss.getFloat());
        report.put("target-" + Depth.group(depth.index()), mean(wanted));
        return loss;
    }

    /**
     * r + γ(1 − d) times the target network's value of what the online network finds best (van Hasselt et al. 2016), in the box that it
     * chose one depth before or that is stored; the boxes stay for the next depth.
     *
     * @param told contexts of all rows; empty without
     */
    private float[] targets(Depth depth, Batch.Transitions batch, NDManager inputs, float[] told) {
        FloatBuffer rewards = batch.column("return").asFloatBuffer();
        FloatBuffer discounts = batch.column("discount").asFloatBuffer();
        float[] wanted = new float[batch.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = QAttentionLoss.target(settings.rewardScale() * rewards.get(i), 0, 0, settings.targets());
        }
        if (living == 0) {
            return wanted;
        }
        ByteBuffer[] next = columns(batch, "next-");
        NDArray grid = volumes.of(
                inputs,
                next,
                alive,
                living,
                depth.index(),
                nextMiddles,
                (i, pixel) -> reader.camera().pixel(nextMiddles, i, pixel));
        NDArray seen = volumes.vectors(inputs, next, alive, living);
        NDArray known = told.length == 0 ? null : livingContexts(inputs, told);
        NDArray grids = grid.duplicate();
        NDArray vectors = seen.duplicate();
        NDArray again = known == null ? null : known.duplicate();
        Depth.Values best = depth.values(inputs, depth.online().constants(), grid, seen, known);
        for (int i = 0; i < living; i++) {
            depth.heads().best(best.volumes(), best.dense(), i, nextVoxels, nextTurns);
        }
        float[] expected =
                depth.valuesOf(inputs, depth.target().constants(), grids, vectors, again, nextVoxels, nextTurns);
        for (int i = 0; i < living; i++) {
            wanted[alive[i]] = QAttentionLoss.target(
                    settings.rewardScale() * rewards.get(alive[i]),
                    discounts.get(alive[i]),
                    expected[i],
                    settings.targets());
            volumes.refine(depth.index(), nextMiddles, i, nextVoxels[i]);
        }
        if (!settings.attention().isLast(depth.index())) {
            storedBoxes.ifPresent(boxes -> boxes.put(depth.index() + 1, nextMiddles));
        }
        return wanted;
    }

    private NDArray livingContexts(NDManager inputs, float[] told) {
        int width = contextWidth();
        float[] rows = new float[living * width];
        for (int i = 0; i < living; i++) {
            System.arraycopy(told, alive[i] * width, rows, i * width, width);
        }
        return HostArrays.tensor(inputs, rows, living, width);
    }

    /** A vector per task as one per transition. */
    private static NDArray perTransition(NDArray vectors, Batch.Transitions batch) {
        int share = batch.size() / batch.tasks();
        long width = vectors.getShape().get(1);
        NDArray blocks = vectors.getManager().zeros(new Shape(batch.tasks(), share, width));
        return blocks.add(vectors.reshape(batch.tasks(), 1, width)).reshape(batch.size(), width);
    }

    private long[] voxels(Depth depth, int size) {
        long[] voxels = new long[size];
        for (int i = 0; i < size; i++) {
            voxels[i] = labels.voxel(depth.index(), i);
        }
        return voxels;
    }

    private long[] beside(Depth depth, int size) {
        int width = depth.heads().beside();
        long[] outputs = new long[size * width];
        for (int i = 0; i < outputs.length; i++) {
            int part = i % width;
            outputs[i] = (long) part * RotationBins.BINS + labels.turn(i / width, part);
        }
        return outputs;
    }

    private ByteBuffer[] columns(Batch.Transitions batch, String prefix) {
        int[] components = reader.components();
        ByteBuffer[] columns = new ByteBuffer[components.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = batch.column(prefix + reader.name(components[c]));
        }
        return columns;
    }

    private static double mean(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += number;
        }
        return sum / numbers.length;
    }

    // ---- context, state

    @Override
    public <T> Optional<T> ability(Class<T> type) {
        return context.isPresent() && type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public Belief infer(Batch.Transitions experience) {
        if (experience.size() == 0) {
            return Belief.prior(contextWidth());
        }
        Context encoder = context.orElseThrow();
        try (NDManager step = life.newSubManager()) {
            return encoder.network().infer(step, encoder.weights().constants(), experience);
        }
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        parameters.save(out);
        for (Depth depth : depths) {
            depth.target().save(out);
        }
    }

    @Override
    public void load(DataInputStream in) throws IOException {
        parameters.load(in);
        for (Depth depth : depths) {
            depth.target().load(in);
        }
    }

    @Override
    public void close() {
        life.close();
    }
}
