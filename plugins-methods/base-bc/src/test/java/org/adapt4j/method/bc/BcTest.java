package org.adapt4j.method.bc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.adapt4j.api.algorithm.Parameters;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.ActionBuffers;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.policy.Mode;
import org.adapt4j.api.policy.Policy;
import org.adapt4j.api.policy.PolicyState;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Space;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers worked out by hand. */
@Tag("native")
final class BcTest {

    private static final float[][] STATES = {{0, 1}, {1, 0}, {2, -1}, {-1, 0.5f}, {0.5f, 0.5f}};
    private static final float[][] ACTIONS = {{0.3f}, {0.9f}, {1.2f}, {-0.4f}, {0.7f}};
    private static final String LINEAR = "network.hidden = [], schedule = [], weight-decay = 0, learning-rate = 0.05";
    private static final Space UNBOUNDED = Box.vector(1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Sets weights by name; all others stay as they are. */
    private static void set(BcAlgorithm algorithm, Map<String, float[]> values) {
        Map<String, Tensor> tensors =
                new HashMap<>(algorithm.parameters().snapshot().tensors());
        values.forEach((name, numbers) -> tensors.put(
                name, Tensor.of(Objects.requireNonNull(tensors.get(name), name).shape(), numbers)));
        algorithm.parameters().restore(Snapshot.of(tensors));
    }

    private static float[] weights(BcAlgorithm algorithm, String name) {
        return Objects.requireNonNull(
                        algorithm.parameters().snapshot().tensors().get(name), name)
                .floats();
    }

    private static double loss(BcAlgorithm algorithm, Pairs pairs) {
        algorithm.descendBy(0);
        double loss = Objects.requireNonNull(algorithm.update(pairs, 0).get("loss"));
        algorithm.descendBy(Double.NaN);
        return loss;
    }

    @Test
    void regressionComesToTheLeastSquares() {
        try (BcAlgorithm algorithm = Pairs.algorithm(LINEAR, Pairs.spec(2, UNBOUNDED))) {
            set(algorithm, Map.of("policy/mean/weight", new float[2], "policy/mean/bias", new float[1]));
            Pairs pairs = Pairs.of(STATES, ACTIONS);

            double[] losses = new double[301];
            for (int step = 0; step <= 300; step++) {
                losses[step] = Objects.requireNonNull(algorithm.update(pairs, 0).get("loss"));
            }

            assertThat(losses[10]).isCloseTo(0.05390, within(1e-5));
            assertThat(losses[100]).isCloseTo(0.0051490, within(1e-6));
            assertThat(losses[300]).isCloseTo(0.0051428571, within(1e-7));
            assertThat(weights(algorithm, "policy/mean/weight"))
                    .containsExactly(new float[] {0.676190f, 0.247619f}, within(1e-3f));
            assertThat(weights(algorithm, "policy/mean/bias")).containsExactly(new float[] {0.152381f}, within(1e-3f));
        }
    }

    @Test
    void theLikelihoodIsThatOfTheSquashedNormalDistribution() {
        try (BcAlgorithm algorithm =
                Pairs.algorithm(LINEAR + ", loss = gaussian", Pairs.spec(2, Box.vector(1, -2, 2)))) {
            set(
                    algorithm,
                    Map.of(
                            "policy/mean/weight", new float[2],
                            "policy/mean/bias", new float[] {0.5f},
                            "policy/log-std/weight", new float[2],
                            "policy/log-std/bias", new float[] {-1}));

            double loss = loss(algorithm, Pairs.of(new float[][] {{3, 4}}, new float[][] {{1.2f}}));

            assertThat(loss).isCloseTo(-0.3895211, within(1e-6));
        }
    }

    @Test
    void anActionOnTheEdgeIsTakenALittleInside() {
        try (BcAlgorithm algorithm =
                Pairs.algorithm(LINEAR + ", loss = gaussian", Pairs.spec(2, Box.vector(1, -1, 1)))) {
            set(
                    algorithm,
                    Map.of(
                            "policy/mean/weight", new float[2],
                            "policy/mean/bias", new float[] {7.2543f},
                            "policy/log-std/weight", new float[2],
                            "policy/log-std/bias", new float[1]));

            double there = loss(algorithm, Pairs.of(new float[][] {{3, 4}}, new float[][] {{1}}));

            double slope = Math.log(1 - (1 - 1e-6) * (1 - 1e-6));
            assertThat(there).isCloseTo(0.5 * Math.log(2 * Math.PI) + slope, within(1e-4));
        }
    }

    @Test
    void choicesAreLearnedByCrossEntropy() {
        try (BcAlgorithm algorithm = Pairs.algorithm(LINEAR, Pairs.spec(2, new Discrete(4)))) {
            set(
                    algorithm,
                    Map.of("policy/logits/weight", new float[8], "policy/logits/bias", new float[] {1, 0, -1, 0.5f}));

            double loss = loss(algorithm, Pairs.of(new float[][] {{3, 4}}, 2));

            assertThat(loss).as("log p(2)").isCloseTo(2.7465672692, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1e-3", "0.45, 1e-3", "0.5, 5e-4", "0.7, 5e-4", "0.75, 2.5e-4", "1, 2.5e-4"})
    void theLearningRateIsHalvedAtHalfAndAtThreeQuarters(double progress, double rate) {
        assertThat(Pairs.settings("").learningRate(progress)).isEqualTo(rate);
    }

    @Test
    void decayPullsWeightsThatTheLossReadsAndNoOthers() {
        String strong = "network.hidden = [], schedule = [], weight-decay = 1, learning-rate = 0.01";
        try (BcAlgorithm algorithm = Pairs.algorithm(strong, Pairs.spec(2, Box.vector(1, -1, 1)))) {
            // The prediction is right, so decay is all that moves weights; Adam's first step is the learning rate.
            set(algorithm, Map.of("policy/mean/weight", new float[] {0.5f, -0.5f}, "policy/mean/bias", new float[1]));
            float[] deviations = weights(algorithm, "policy/log-std/weight");

            algorithm.update(Pairs.of(new float[][] {{1, 1}}, new float[][] {{0}}), 0);

            assertThat(weights(algorithm, "policy/mean/weight"))
                    .containsExactly(new float[] {0.49f, -0.49f}, within(1e-5f));
            assertThat(weights(algorithm, "policy/log-std/weight")).isEqualTo(deviations);
        }
    }

    @Test
    void theHeadAloneCanBeTrained() {
        try (BcAlgorithm algorithm = Pairs.algorithm("network.hidden = [5, 5]", Pairs.spec(2, Box.vector(1, -1, 1)))) {
            Snapshot start = algorithm.parameters().snapshot();
            algorithm.parameters().train(Set.of("policy/mean"));

            algorithm.update(Pairs.of(STATES, new float[][] {{0.3f}, {0.9f}, {-0.2f}, {-0.4f}, {0.7f}}), 0);

            Snapshot end = algorithm.parameters().snapshot();
            start.only(Set.of("policy"))
                    .tensors()
                    .forEach((name, tensor) -> assertThat(
                                    Objects.equals(end.tensors().get(name), tensor))
                            .as(name)
                            .isEqualTo(!name.startsWith("policy/mean")));
        }
    }

    @Test
    void itsPolicyHasTheShapesOfSoftActorCritics() {
        try (BcAlgorithm algorithm = Pairs.algorithm("", Pairs.spec(11, Box.vector(3, -1, 1)))) {
            Parameters parameters = algorithm.parameters();

            assertThat(parameters.groups()).containsExactly("policy");
            assertThat(parameters.count()).as("Hopper").isEqualTo(70_406);
            assertThat(parameters.snapshot(parameters.groups()).tensors())
                    .hasEntrySatisfying(
                            "policy/linear-1/weight", t -> assertThat(t.shape()).containsExactly(256L, 11L))
                    .hasEntrySatisfying(
                            "policy/linear-2/weight", t -> assertThat(t.shape()).containsExactly(256L, 256L))
                    .hasEntrySatisfying(
                            "policy/mean/weight", t -> assertThat(t.shape()).containsExactly(3L, 256L))
                    .hasEntrySatisfying(
                            "policy/log-std/bias", t -> assertThat(t.shape()).containsExactly(3L));
        }
    }

    @Test
    void itsBestActionIsTheSquashedMeanInTheActionsOwnUnits() {
        EnvironmentSpec spec = Pairs.spec(2, Box.vector(1, 0, 10));
        try (BcAlgorithm algorithm = Pairs.algorithm(LINEAR, spec)) {
            set(algorithm, Map.of("policy/mean/weight", new float[] {1, 0}, "policy/mean/bias", new float[] {0.25f}));
            StepBlock seen = StepBlock.allocate(spec, 2, 1);
            seen.step(0).observation(0).putFloat(0, 0.5f).putFloat(8, -0.5f);
            ActionBuffers acted =
                    ActionBlock.allocate(spec.action(), List.of(), 2, 1).step(0);
            Policy policy = algorithm.policy(Mode.EXPLOIT);

            policy.act(seen.step(0), policy.newState(2), acted);

            assertThat(acted.continuous().get(0)).isCloseTo((float) (5 + 5 * Math.tanh(0.75)), within(1e-5f));
            assertThat(acted.continuous().get(1)).isCloseTo((float) (5 + 5 * Math.tanh(-0.25)), within(1e-5f));
        }
    }

    @Test
    void itsLastLayerCanBeLookedAt() {
        EnvironmentSpec spec = Pairs.spec(2, Box.vector(1, -2, 2));
        try (BcAlgorithm algorithm = Pairs.algorithm("network.hidden = [7]", spec)) {
            Pairs pairs = Pairs.of(STATES, ACTIONS);
            FloatBuffer features = FloatBuffer.allocate(5 * algorithm.features());
            FloatBuffer outputs = FloatBuffer.allocate(5 * algorithm.outputs());

            algorithm.forward(pairs.columns(), 5, features, outputs);

            float[] weight = weights(algorithm, "policy/mean/weight");
            float bias = weights(algorithm, "policy/mean/bias")[0];
            for (int row = 0; row < 5; row++) {
                double mean = bias;
                for (int i = 0; i < 7; i++) {
                    assertThat(features.get(row * 7 + i)).isNotNegative();
                    mean += weight[i] * features.get(row * 7 + i);
                }
                assertThat(outputs.get(row)).isCloseTo((float) (2 * Math.tanh(mean)), within(1e-5f));
            }
        }
    }

    @Test
    void sensitivityIsTheMeanSquareOfEachPairsOwnGradient() {
        try (BcAlgorithm algorithm = Pairs.algorithm(LINEAR, Pairs.spec(2, UNBOUNDED))) {
            set(algorithm, Map.of("policy/mean/weight", new float[2], "policy/mean/bias", new float[1]));
            Pairs pairs = Pairs.of(STATES, ACTIONS);

            Snapshot squares = algorithm.fisherDiagonal(pairs.columns(), 5);

            // Around a mean of 0 the gradient of ½(a − w·s − b)² is −a·s and −a.
            double[] expected = new double[3];
            for (int row = 0; row < 5; row++) {
                double a = ACTIONS[row][0];
                expected[0] += Math.pow(a * STATES[row][0], 2) / 5;
                expected[1] += Math.pow(a * STATES[row][1], 2) / 5;
                expected[2] += a * a / 5;
            }
            assertThat(Objects.requireNonNull(squares.tensors().get("policy/mean/weight"))
                            .doubles())
                    .containsExactly(new double[] {expected[0], expected[1]}, within(1e-6));
            assertThat(Objects.requireNonNull(squares.tensors().get("policy/mean/bias"))
                            .doubles()[0])
                    .isCloseTo(expected[2], within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "impala"})
    void imagesAndNumbersAreSeenTogether(String encoder) {
        EnvironmentSpec spec = new EnvironmentSpec(
                List.of(new Component("rgb", Box.image(40, 40, 3)), new Component("speed", Box.vector(2, -1, 1))),
                new Discrete(3),
                10);
        ByteBuffer rgb = ByteBuffer.allocateDirect(2 * 4800).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 4800; i++) {
            rgb.put(i, (byte) (i % 7 * 30));
        }
        ByteBuffer speed = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        ByteBuffer action = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        action.putInt(4, 2);
        Pairs pairs = new Pairs(2, Map.of("rgb", rgb, "speed", speed, "action", action));
        try (BcAlgorithm algorithm =
                Pairs.algorithm("network { encoder = " + encoder + ", channels = [4, 8], features = 16 }", spec)) {
            double before = loss(algorithm, pairs);
            for (int i = 0; i < 60; i++) {
                algorithm.update(pairs, 0);
            }

            assertThat(loss(algorithm, pairs)).isLessThan(0.1 * before);
            assertThat(algorithm.parameters().groups()).containsExactly("policy");
        }
    }

    @Test
    void aScratchNetworkStartsAsGlorotAndBengioSay() {
        try (BcAlgorithm algorithm = Pairs.algorithm("", Pairs.spec(11, Box.vector(3, -1, 1)));
                NDManager manager = NDManager.newBaseManager()) {
            float[] first = weights(algorithm, "policy/linear-1/weight");
            double bound = Math.sqrt(6.0 / (11 + 256));

            assertThat(manager.create(first).abs().max().getFloat()).isBetween((float) (0.95 * bound), (float) bound);
            assertThat(weights(algorithm, "policy/linear-1/bias")).containsOnly(0);
        }
    }

    @Test
    void exploresAroundItsBestAction() {
        EnvironmentSpec spec = Pairs.spec(2, Box.vector(1, -1, 1));
        try (BcAlgorithm algorithm = Pairs.algorithm(LINEAR, spec)) {
            set(
                    algorithm,
                    Map.of(
                            "policy/mean/weight", new float[2],
                            "policy/mean/bias", new float[] {0.5f},
                            "policy/log-std/weight", new float[2],
                            "policy/log-std/bias", new float[] {-3}));
            StepBlock seen = StepBlock.allocate(spec, 1, 1);
            ActionBuffers acted =
                    ActionBlock.allocate(spec.action(), List.of(), 1, 1).step(0);
            Policy policy = algorithm.policy(Mode.EXPLORE);
            PolicyState state = policy.newState(1);

            double mean = 0;
            double square = 0;
            for (int i = 0; i < 2_000; i++) {
                policy.act(seen.step(0), state, acted);
                double u = 0.5
                        * Math.log((1 + acted.continuous().get(0))
                                / (1 - acted.continuous().get(0)));
                mean += u / 2_000;
                square += u * u / 2_000;
            }

            assertThat(mean).isCloseTo(0.5, within(0.005));
            assertThat(Math.sqrt(square - mean * mean)).isCloseTo(Math.exp(-3), within(0.005));
        }
    }
}
