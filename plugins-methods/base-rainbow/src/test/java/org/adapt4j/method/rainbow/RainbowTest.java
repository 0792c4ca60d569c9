package org.adapt4j.method.rainbow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.ContextInference;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.Flag;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.policy.ConditionedState;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.adapt4j.testkit.fake.MeanReward;
import org.adapt4j.testkit.fake.TestStreams;
import org.adapt4j.testkit.fake.WrittenTransitions;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.policy.ContextVectors;
import org.adapt4j.toolkit.training.GradientScope;
import org.adapt4j.toolkit.training.GradientScope.Found;
import org.adapt4j.toolkit.value.CategoricalValues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
final class RainbowTest {

    private static final EnvironmentSpec SPEC =
            new EnvironmentSpec(List.of(new Component("state", Box.vector(3, -1, 1))), new Discrete(4), 10);
    private static final String QUIET = TestSettings.TINY + "network.noise-scale = 0, ";
    private static final Conditioning CONTEXT = new Conditioning.Context(new MeanReward(1), 5, 10, false);
    private static final int SIZE = 8;

    @Test
    void theLossIsTheWorkedCrossEntropy() {
        float[] expected = {0.03f, 0.15f, 0.32f, 0.32f, 0.18f};
        float[] predicted = {0.05f, 0.25f, 0.4f, 0.2f, 0.1f};
        try (NDManager manager = NDManager.newBaseManager()) {
            Layout layout = new Layout();
            int index = layout.add("a/logits/weight", (values, shape, random) -> Arrays.fill(values, 0), 1, 5);
            WeightVector logits = new WeightVector(manager, layout, new Random(1));
            float[] logarithms = new float[5];
            for (int i = 0; i < 5; i++) {
                logarithms[i] = (float) Math.log(predicted[i]);
            }
            logits.write(logarithms);
            CategoricalValues values = new CategoricalValues(5, -2, 2);

            try (GradientScope scope = new GradientScope(manager)) {
                RainbowLoss loss = scope.addFinding((inputs, tracked) -> {
                    NDArray chosen = tracked.of(logits).get(index);
                    RainbowLoss found = RainbowLoss.of(inputs, values, expected, new float[] {1}, chosen);
                    return new Found<>(found.scalar(), found);
                });

                assertThat(loss.mean()).isCloseTo(1.5205146053, within(1e-6));
                assertThat(loss.each()[0]).isCloseTo(1.5205146f, within(1e-6f));
                assertThat(loss.meanValue()).isCloseTo(0.05, within(1e-6));
                assertThat(scope.gradient(logits).toFloatArray())
                        .containsExactly(new float[] {0.02f, 0.10f, 0.08f, -0.12f, -0.08f}, within(1e-6f));
            }
        }
    }

    @Test
    void theTargetIsTheTargetNetworksDistributionOfTheOnlineNetworksChoice() {
        try (RainbowAlgorithm algorithm =
                algorithm(QUIET + "target-every = 1000, learning-rate = 1e-2", Conditioning.none(), 1)) {
            WrittenTransitions batch = batch(1, null);
            algorithm.parameters().train(Set.of("value", "advantage"));
            for (int i = 0; i < 50; i++) {
                algorithm.update(batch, 0);
            }
            CategoricalValues values = algorithm.network().values();
            float[] online = probabilities(algorithm, algorithm.weights(), batch, "next-");
            float[] target = probabilities(algorithm, algorithm.target(), batch, "next-");
            float[] predicted = probabilities(algorithm, algorithm.weights(), batch, "");
            int differing = 0;
            double[] errors = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
                int best = best(values, online, i);
                differing += best == best(values, target, i) ? 0 : 1;
                float[] expected = new float[51];
                values.project(
                        target,
                        (4 * i + best) * 51,
                        batch.column("return").getFloat(4 * i),
                        batch.column("discount").getFloat(4 * i),
                        expected,
                        0);
                int action = batch.column("action").getInt(4 * i);
                for (int j = 0; j < 51; j++) {
                    errors[i] -= expected[j] * Math.log(predicted[(4 * i + action) * 51 + j]);
                }
            }

            Map<String, Double> report = algorithm.update(batch, 0);

            assertThat(differing).as("choices that tell double from plain").isPositive();
            double mean = 0;
            for (int i = 0; i < SIZE; i++) {
                assertThat((double) batch.errors()[i]).isCloseTo(errors[i], within(1e-4));
                mean += errors[i] / SIZE;
            }
            assertThat(report.get("loss")).isCloseTo(mean, within(1e-4));
        }
    }

    private static int best(CategoricalValues values, float[] probabilities, int row) {
        int best = 0;
        for (int action = 1; action < 4; action++) {
            if (values.mean(probabilities, (4 * row + action) * 51)
                    > values.mean(probabilities, (4 * row + best) * 51)) {
                best = action;
            }
        }
        return best;
    }

    /** The logits without noise and context. */
    private static NDArray means(
            RainbowAlgorithm algorithm, NDManager manager, WeightVector weights, ByteBuffer[] columns) {
        RainbowNetwork network = algorithm.network();
        return network.logits(
                manager,
                weights.constants(),
                network.streams(weights.constants(), null),
                columns,
                SIZE,
                Optional.empty());
    }

    private static float[] probabilities(
            RainbowAlgorithm algorithm, WeightVector weights, WrittenTransitions batch, String prefix) {
        try (NDManager manager = NDManager.newBaseManager()) {
            ByteBuffer[] columns = {batch.column(prefix + "state")};
            return means(algorithm, manager, weights, columns).softmax(2).toFloatArray();
        }
    }

    @Test
    void importanceWeightsScaleTheLossAndNotTheErrors() {
        try (RainbowAlgorithm full = algorithm(QUIET, Conditioning.none(), 1);
                RainbowAlgorithm half = algorithm(QUIET, Conditioning.none(), 1)) {
            WrittenTransitions batch = batch(1, null);
            WrittenTransitions light = batch(1, null);
            for (int i = 0; i < SIZE; i++) {
                light.weights().put(i, 0.5f);
            }

            Map<String, Double> one = full.update(batch, 0);
            Map<String, Double> other = half.update(light, 0);

            assertThat(light.errors()).containsExactly(batch.errors());
            assertThat(other.get("loss")).isCloseTo(Objects.requireNonNull(one.get("loss")) / 2, within(1e-6));
            assertThat(other.get("gradient-norm"))
                    .isCloseTo(Objects.requireNonNull(one.get("gradient-norm")) / 2, within(1e-5));
        }
    }

    @Test
    void theTargetFollowsEveryFewUpdates() {
        try (RainbowAlgorithm algorithm = algorithm(TestSettings.TINY + "target-every = 3", Conditioning.none(), 1)) {
            float[] start = algorithm.target().flat().toFloatArray();

            algorithm.update(batch(1, null), 0);
            algorithm.update(batch(1, null), 0);
            float[] second = algorithm.target().flat().toFloatArray();
            algorithm.update(batch(1, null), 0);

            assertThat(second).isEqualTo(start);
            assertThat(algorithm.target().flat().toFloatArray())
                    .isEqualTo(algorithm.weights().flat().toFloatArray())
                    .isNotEqualTo(start);
        }
    }

    @Test
    void theTargetBeginsWithRestoredWeightsButIsNotMixed() {
        try (RainbowAlgorithm algorithm = algorithm(TestSettings.TINY, Conditioning.none(), 1);
                RainbowAlgorithm other = algorithm(TestSettings.TINY, Conditioning.none(), 2)) {
            float[] start = algorithm.target().flat().toFloatArray();
            Snapshot learned = other.parameters().snapshot();

            algorithm.parameters().moveTowards(learned, 0.5);
            float[] afterMixing = algorithm.target().flat().toFloatArray();
            algorithm.parameters().restore(learned);

            assertThat(afterMixing).isEqualTo(start);
            assertThat(algorithm.target().flat().toFloatArray())
                    .isEqualTo(other.weights().flat().toFloatArray());
        }
    }

    @Test
    void freshNoiseLeavesTheMeansAlone() {
        try (RainbowAlgorithm trained = algorithm(TestSettings.TINY, Conditioning.none(), 1);
                RainbowAlgorithm fresh = algorithm(TestSettings.TINY, Conditioning.none(), 2)) {
            trained.update(batch(1, null), 0);
            Snapshot before = trained.parameters().snapshot();

            trained.parameters().restore(fresh.parameters().snapshot(), Set.of("noise"));

            Snapshot after = trained.parameters().snapshot();
            Set<String> means = Set.of("value", "advantage");
            assertThat(after.only(means)).isEqualTo(before.only(means));
            assertThat(after.only(Set.of("noise"))).isNotEqualTo(before.only(Set.of("noise")));
            Tensor scales = after.tensors().get("noise/value-hidden/weight");
            assertThat(scales).isNotNull();
            assertThat(scales == null ? new float[0] : scales.floats()).containsOnly((float) (0.5 / Math.sqrt(3)));
        }
    }

    @Test
    void exploringFollowsTheNoiseAndExploitingTheMeans() {
        try (RainbowAlgorithm noisy = algorithm(TestSettings.TINY, Conditioning.none(), 1);
                RainbowAlgorithm quiet = algorithm(QUIET, Conditioning.none(), 1)) {
            assertThat(distinctPlays(noisy, Mode.EXPLORE)).isGreaterThan(1);
            assertThat(distinctPlays(noisy, Mode.EXPLOIT)).isEqualTo(1);
            assertThat(distinctPlays(quiet, Mode.EXPLORE)).isEqualTo(1);
        }
    }

    @Test
    void exploitingActsAtRandomNowAndThen() {
        try (RainbowAlgorithm never = algorithm(QUIET, Conditioning.none(), 1);
                RainbowAlgorithm rarely = algorithm(QUIET + "exploit-epsilon = 0.2", Conditioning.none(), 1)) {
            int[] usual = play(never, never.policy(Mode.EXPLOIT));
            Policy policy = rarely.policy(Mode.EXPLOIT);
            int others = 0;
            for (int i = 0; i < 200; i++) {
                int[] actions = play(rarely, policy);
                for (int slot = 0; slot < 5; slot++) {
                    others += actions[slot] == usual[slot] ? 0 : 1;
                }
            }

            // 1000 actions, of which 0.2 · 3/4 differ: 150 with a deviation of 11.
            assertThat(others).isBetween(110, 190);
        }
    }

    private static int distinctPlays(RainbowAlgorithm algorithm, Mode mode) {
        Policy policy = algorithm.policy(mode);
        return (int) IntStream.range(0, 20)
                .mapToObj(i -> Arrays.toString(play(algorithm, policy)))
                .distinct()
                .count();
    }

    private static int[] play(RainbowAlgorithm algorithm, Policy policy) {
        StepBlock seen = StepBlock.allocate(SPEC, 5, 1);
        ActionBlock acted = ActionBlock.allocate(SPEC.action(), algorithm.extras(), 5, 1);
        for (int i = 0; i < 15; i++) {
            seen.step(0).observation(0).putFloat(4 * i, (float) Math.sin(i));
        }
        policy.act(seen.step(0), policy.newState(5), acted.step(0));
        int[] actions = new int[5];
        acted.step(0).discrete().get(0, actions);
        return actions;
    }

    @Test
    void stepsAndUpdatesLeaveNothingInNativeMemory() {
        try (RainbowAlgorithm algorithm = algorithm(TestSettings.TINY + "target-every = 1", CONTEXT, 1)) {
            WrittenTransitions batch = batch(2, context(0, 1));
            Policy policy = algorithm.policy(Mode.EXPLORE);
            algorithm.update(batch, 0);
            play(algorithm, policy);
            int before = arrays(algorithm);

            for (int i = 0; i < 5; i++) {
                algorithm.update(batch, 0);
                play(algorithm, policy);
            }

            assertThat(arrays(algorithm)).isEqualTo(before);
        }
    }

    /** Tensors that outlive a call. */
    private static int arrays(RainbowAlgorithm algorithm) {
        int count = 0;
        for (WeightVector vector : List.of(algorithm.weights(), algorithm.target())) {
            NDManager own = vector.flat().getManager();
            count += own.getManagedArrays().size()
                    + own.getParentManager().getManagedArrays().size();
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("determinism")
    void equalSeedsAndInterruptedRunsGiveEqualBytes(boolean withContext) throws IOException {
        Conditioning conditioning = withContext ? CONTEXT : Conditioning.none();
        String settings = TestSettings.TINY + "target-every = 2";
        TestStreams left = TestStreams.root(3);
        TestStreams right = TestStreams.root(3);
        WrittenTransitions batch = batch(2, context(0, 1));
        try (RainbowAlgorithm whole = algorithm(settings, conditioning, left);
                RainbowAlgorithm resumed = algorithm(settings, conditioning, right)) {
            whole.update(batch, 0);
            play(whole, whole.policy(Mode.EXPLORE));
            whole.update(batch, 0);
            whole.update(batch, 0);
            byte[] saved = bytes(whole, left);
            whole.update(batch, 0);
            play(whole, whole.policy(Mode.EXPLORE));
            whole.update(batch, 0);

            DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved));
            resumed.load(in);
            right.load(in);
            resumed.update(batch, 0);
            play(resumed, resumed.policy(Mode.EXPLORE));
            resumed.update(batch, 0);

            assertThat(bytes(resumed, right)).isEqualTo(bytes(whole, left));
            assertThat(in.available()).isZero();
        }
    }

    private static byte[] bytes(RainbowAlgorithm algorithm, TestStreams streams) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        algorithm.save(out);
        streams.save(out);
        return bytes.toByteArray();
    }

    @Test
    void theCriticsLossTrainsTheEncoderOfTheContext() {
        try (RainbowAlgorithm algorithm = algorithm(QUIET, CONTEXT, 1)) {
            Snapshot before = algorithm.parameters().snapshot();

            Map<String, Double> report = algorithm.update(batch(2, context(0, 1)), 0);

            assertThat(algorithm.parameters().groups()).isEqualTo(Set.of("value", "advantage", "noise", "context"));
            assertThat(report.get("context-regulariser")).isCloseTo(0.25, within(1e-6));
            float[] start = scale(before);
            float[] after = scale(algorithm.parameters().snapshot());
            assertThat(after[0]).isNotEqualTo(start[0]);
            // The regulariser alone would move both coordinates equally.
            assertThat(gradientOfScale(algorithm)[0]).isNotCloseTo(gradientOfScale(algorithm)[1], within(1e-5f));
        }
    }

    /** First moments of the encoder's weights: a tenth of their gradients. */
    private static float[] gradientOfScale(RainbowAlgorithm algorithm) {
        Tensor moments = algorithm.parameters().snapshot().tensors().get(Parameters.OPTIMIZER + "/first-moment");
        return moments == null ? new float[0] : Arrays.copyOf(moments.floats(), 2);
    }

    private static float[] scale(Snapshot snapshot) {
        Tensor scale = snapshot.tensors().get("context/scale/weight");
        return scale == null ? new float[0] : scale.floats();
    }

    @Test
    void eachTransitionIsJudgedInTheContextOfItsTask() {
        float[] both = errors(batch(2, context(0, 1)));
        float[] first = errors(batch(1, context(0)));
        float[] second = errors(batch(1, context(1)));

        assertThat(first).isNotEqualTo(second);
        for (int i = 0; i < SIZE; i++) {
            assertThat(both[i]).isCloseTo(i < SIZE / 2 ? first[i] : second[i], within(1e-5f));
        }
    }

    private static float[] errors(WrittenTransitions batch) {
        try (RainbowAlgorithm algorithm = algorithm(QUIET, CONTEXT, 1)) {
            algorithm.update(batch, 0);
            return batch.errors();
        }
    }

    @Test
    void actsUponTheVectorOfEachSlot() throws IOException {
        try (RainbowAlgorithm algorithm = algorithm(QUIET, CONTEXT, 1)) {
            StepBlock seen = StepBlock.allocate(SPEC, 2, 1);
            seen.step(0).flags().put(0, Flag.NEW_TRIAL.mask());
            PolicyState state = algorithm.policy(Mode.EXPLOIT).newState(2);
            float[] prior = algorithm.values(seen.step(0), state, null);

            ((ConditionedState) state).condition(1, new float[] {3, -3});
            float[] told = algorithm.values(seen.step(0), state, null);
            algorithm
                    .policy(Mode.EXPLOIT)
                    .act(
                            seen.step(0),
                            state,
                            ActionBlock.allocate(SPEC.action(), List.of(), 2, 1).step(0));
            PolicyState spread = state.spread(4);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            state.save(new DataOutputStream(bytes));
            PolicyState loaded = algorithm.policy(Mode.EXPLORE).newState(2);
            loaded.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

            assertThat(Arrays.copyOf(told, 4)).containsExactly(Arrays.copyOf(prior, 4), within(1e-6f));
            assertThat(Arrays.copyOfRange(told, 4, 8)).isNotEqualTo(Arrays.copyOfRange(prior, 4, 8));
            assertThat(((ContextVectors) spread).vectors()).containsExactly(0, 0, 3, -3, 0, 0, 3, -3);
            assertThat(((ContextVectors) loaded).vectors()).containsExactly(0, 0, 3, -3);
            assertThatThrownBy(() -> ((ConditionedState) state).condition(0, new float[3]))
                    .hasMessage("the vector has 3 numbers instead of 2");
        }
    }

    @Test
    void infersABeliefOnlyWhereThereIsAnEncoder() {
        try (RainbowAlgorithm blind = algorithm(QUIET, Conditioning.none(), 1);
                RainbowAlgorithm seeing = algorithm(QUIET, CONTEXT, 1)) {
            ContextInference inference = seeing.ability(ContextInference.class).orElseThrow();

            assertThat(blind.ability(ContextInference.class)).isEmpty();
            assertThat(seeing.ability(Runnable.class)).isEmpty();
            assertThat(inference.infer(new WrittenTransitions(SPEC, 0, 1, null)))
                    .isEqualTo(Belief.prior(2));
            assertThat(inference.infer(context(1)).mean()).containsExactly(0.5f, 0.5f);
        }
    }

    @Test
    @Tag("learning")
    void learnsFromStacksOfFrames() {
        EnvironmentSpec spec = RainbowNetworkTest.atari(4);
        try (RainbowAlgorithm algorithm = onFrames("data-efficient")) {
            Random random = new Random(1);
            int right = 0;
            for (int update = 0; update < 60; update++) {
                WrittenTransitions batch = corners(spec, random);
                algorithm.update(batch, 0);
            }
            StepBlock seen = StepBlock.allocate(spec, 32, 1);
            WrittenTransitions test = corners(spec, random);
            seen.step(0).observation(0).put(0, test.column("screen"), 0, 32 * 4 * 84 * 84);
            ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), 32, 1);
            Policy policy = algorithm.policy(Mode.EXPLOIT);
            policy.act(seen.step(0), policy.newState(32), acted.step(0));
            for (int i = 0; i < 32; i++) {
                right += acted.step(0).discrete().get(i) == i % 4 ? 1 : 0;
            }

            assertThat(right).isGreaterThanOrEqualTo(28);
        }
    }

    @Test
    void theCanonicalNetworkFitsABatch() {
        try (RainbowAlgorithm algorithm = onFrames("canonical")) {
            WrittenTransitions batch = corners(RainbowNetworkTest.atari(4), new Random(1));
            double first = loss(algorithm.update(batch, 0));
            double last = first;
            for (int i = 0; i < 10; i++) {
                last = loss(algorithm.update(batch, 0));
            }

            assertThat(last).isLessThan(0.7 * first);
        }
    }

    private static double loss(Map<String, Double> report) {
        return report.getOrDefault("loss", Double.NaN);
    }

    private static RainbowAlgorithm onFrames(String encoder) {
        RainbowSettings settings = TestSettings.of(
                "learning-rate = 1e-3, network { noise-scale = 0.5, stream-units = 32, encoder = " + encoder + " }");
        return (RainbowAlgorithm) new Rainbow(settings)
                .create(request(RainbowNetworkTest.atari(4), Conditioning.none(), TestStreams.root(1)));
    }

    /** A bright square in one of four corners of noise; the action of the same number earns 1, any other nothing. */
    private static WrittenTransitions corners(EnvironmentSpec spec, Random random) {
        WrittenTransitions batch = new WrittenTransitions(spec, 32, 1, null);
        ByteBuffer screens = batch.column("screen");
        byte[] noise = new byte[screens.limit()];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            screens.put(i, (byte) ((noise[i] & 0xff) / 3));
        }
        for (int i = 0; i < 32; i++) {
            int corner = i % 4;
            for (int at = 0; at < 4 * 20 * 20; at++) {
                int row = corner / 2 * 44 + 10 + at / 20 % 20;
                screens.put(((i * 4 + at / 400) * 84 + row) * 84 + corner % 2 * 44 + 10 + at % 20, (byte) 255);
            }
            int action = random.nextInt(4);
            batch.column("action").putInt(4 * i, action);
            batch.column("return").putFloat(4 * i, action == corner ? 1 : 0);
        }
        return batch;
    }

    @Test
    void theStudysLogitsAreNeverNegativeBeforeTheyAreJoined() {
        try (NDManager manager = NDManager.newBaseManager();
                RainbowAlgorithm study = algorithm(QUIET + "network.relu-on-logits = true", Conditioning.none(), 1);
                RainbowAlgorithm plain = algorithm(QUIET, Conditioning.none(), 1)) {
            ByteBuffer[] columns = {batch(1, null).column("state")};

            float[] one = means(study, manager, study.weights(), columns).toFloatArray();
            float[] other = means(plain, manager, plain.weights(), columns)
                    .sum(new int[] {1})
                    .toFloatArray();

            // The advantages of an atom sum to nothing, so the sum over actions is four times the value's logit.
            float[] sums = manager.create(one, new Shape(SIZE, 4, 51))
                    .sum(new int[] {1})
                    .toFloatArray();
            for (int i = 0; i < sums.length; i++) {
                assertThat(sums[i]).isCloseTo(Math.max(0, other[i]), within(1e-4f));
            }
        }
    }

    @Test
    void saysWhatCannotBe() {
        assertThat(objection(TestSettings.TINY, Box.vector(2, -1, 1), Conditioning.none()))
                .contains("rainbow chooses among discrete actions; use sac");
        assertThat(objection(TestSettings.TINY, SPEC.action(), new Conditioning.Memory(4, 1)))
                .hasValueSatisfying(reason -> assertThat(reason).endsWith("use ppo"));
        assertThat(objection("", SPEC.action(), Conditioning.none()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("set network.encoder = mlp"));
        EnvironmentSpec two = new EnvironmentSpec(
                List.of(SPEC.observation().get(0), new Component("more", Box.vector(1, 0, 1))), SPEC.action(), 10);
        assertThat(new Rainbow(TestSettings.of(TestSettings.TINY))
                        .objection(request(two, CONTEXT, TestStreams.root(1))))
                .contains("too many components");
        assertThat(objection(TestSettings.TINY, SPEC.action(), CONTEXT)).isEmpty();
    }

    private static Optional<String> objection(String settings, Space action, Conditioning conditioning) {
        EnvironmentSpec spec = new EnvironmentSpec(SPEC.observation(), action, 10);
        return new Rainbow(TestSettings.of(settings)).objection(request(spec, conditioning, TestStreams.root(1)));
    }

    private static RainbowAlgorithm algorithm(String settings, Conditioning conditioning, long seed) {
        return algorithm(settings, conditioning, TestStreams.root(seed));
    }

    private static RainbowAlgorithm algorithm(String settings, Conditioning conditioning, TestStreams streams) {
        return (RainbowAlgorithm) new Rainbow(TestSettings.of(settings)).create(request(SPEC, conditioning, streams));
    }

    private static AlgorithmRequest request(EnvironmentSpec spec, Conditioning conditioning, TestStreams streams) {
        return new AlgorithmRequest(spec, conditioning, 1, Device.CPU, streams);
    }

    /** Eight transitions, always the same. */
    private static WrittenTransitions batch(int tasks, @Nullable WrittenTransitions context) {
        WrittenTransitions batch = new WrittenTransitions(SPEC, SIZE, tasks, context);
        Random random = new Random(4);
        for (int i = 0; i < SIZE; i++) {
            for (int k = 0; k < 3; k++) {
                batch.column("state").putFloat(4 * (3 * i + k), random.nextFloat());
                batch.column("next-state").putFloat(4 * (3 * i + k), random.nextFloat());
            }
            batch.column("action").putInt(4 * i, random.nextInt(4));
            batch.column("return").putFloat(4 * i, 4 * random.nextFloat());
            batch.column("discount").putFloat(4 * i, i % 4 == 0 ? 0 : 0.9f);
        }
        return batch;
    }

    /** Five transitions of each task, with these rewards. */
    private static WrittenTransitions context(float... rewards) {
        WrittenTransitions context = new WrittenTransitions(SPEC, 5 * rewards.length, rewards.length, null);
        for (int i = 0; i < 5 * rewards.length; i++) {
            context.column("reward").putFloat(4 * i, rewards[i / 5]);
        }
        return context;
    }
}
