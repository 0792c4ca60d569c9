package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.adapt4j.api.algorithm.Belief;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.api.space.Space;
import org.adapt4j.method.pearl.ContextEncoder.Divergence;
import org.adapt4j.method.pearl.Pearl.ActionInput;
import org.adapt4j.method.pearl.Pearl.KlOver;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.training.GradientScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native")
final class ContextEncoderTest {

    private static final EnvironmentSpec VECTORS = spec(new Component("state", Box.vector(3, -1, 1)), new Discrete(4));
    private static final EnvironmentSpec FRAMES =
            spec(new Component("frames", new Box(Element.UINT8, List.of(4, 84, 84), 0, 255), 4), new Discrete(18));

    private final NDManager manager = NDManager.newBaseManager();
    private static final Divergence FREE = new Divergence(0, KlOver.SUM);

    private final Layout layout = new Layout();

    @AfterEach
    void free() {
        manager.close();
    }

    private static EnvironmentSpec spec(Component observation, Space action) {
        return new EnvironmentSpec(List.of(observation), action, 10);
    }

    private static ContextEncoder encoder(double klWeight, KlOver over) {
        return new ContextEncoder(2, List.of(16), ActionInput.ONE_HOT, new Divergence(klWeight, over));
    }

    private WeightVector weights() {
        return new WeightVector(manager, layout, new SplittableRandom(7));
    }

    /** Transitions of the spec {@link #VECTORS}. */
    private static Context transitions(int tasks, float[] states, int[] actions, float[] rewards) {
        return new Context(actions.length, tasks)
                .with("state", states)
                .with("action", actions)
                .with("reward", rewards);
    }

    private static Context twoTasks() {
        return transitions(
                2,
                new float[] {.1f, .2f, .3f, -.4f, .5f, -.6f, .7f, -.8f, .9f, 0, 0, 1},
                new int[] {0, 1, 2, 3},
                new float[] {1, 0, -1, .5f});
    }

    @Test
    void theStudysNetworkHasItsSize() {
        new ContextEncoder(32, List.of(512), ActionInput.RAW, FREE).join(layout, FRAMES);

        assertThat(layout.count()).isEqualTo(54_496 + (578 * 512 + 512) + (512 * 64 + 64));
    }

    @Test
    void allWeightsAreOfTheGroupContext() {
        new ContextEncoder(32, List.of(512), ActionInput.ONE_HOT, FREE).join(layout, FRAMES);

        assertThat(weights().tensors().keySet()).isNotEmpty().allMatch(name -> name.startsWith("context/"));
    }

    @Test
    void readsStacksOfFrames() {
        Conditioning.Network network = new ContextEncoder(5, List.of(8), ActionInput.RAW, FREE).join(layout, FRAMES);
        WeightVector weights = weights();
        byte[] dark = new byte[2 * 4 * 84 * 84];
        byte[] bright = dark.clone();
        Arrays.fill(bright, (byte) 200);

        Belief ofDark = network.infer(manager, weights.constants(), frames(dark, 3));
        Belief ofBright = network.infer(manager, weights.constants(), frames(bright, 3));
        Belief ofAnotherAction = network.infer(manager, weights.constants(), frames(dark, 17));

        assertThat(ofDark.mean()).hasSize(5).isNotEqualTo(ofBright.mean()).isNotEqualTo(ofAnotherAction.mean());
    }

    private static Context frames(byte[] pixels, int action) {
        return new Context(2, 1)
                .with("frames", pixels)
                .with("action", new int[] {action, 0})
                .with("reward", new float[2]);
    }

    @Test
    void readsColoursAndContinuousActions() {
        EnvironmentSpec spec = new EnvironmentSpec(
                List.of(
                        new Component("rgb", Box.image(64, 64, 3)),
                        new Component("gauge", new Discrete(3)),
                        new Component("bytes", new Box(Element.UINT8, List.of(2), 0, 255))),
                Box.vector(2, -1, 1),
                10);
        Conditioning.Network network = encoder(0, KlOver.SUM).join(layout, spec);
        Context context = new Context(1, 1)
                .with("rgb", new byte[64 * 64 * 3])
                .with("gauge", new int[] {2})
                .with("bytes", new byte[] {1, (byte) 255})
                .with("action", new float[] {.5f, -.5f})
                .with("reward", new float[] {1});

        Belief belief = network.infer(manager, weights().constants(), context);

        assertThat(belief.mean()).hasSize(2).allMatch(Float::isFinite);
    }

    @Test
    void refusesImagesThatAreTooSmall() {
        EnvironmentSpec tiny = spec(new Component("rgb", Box.image(16, 16, 3)), new Discrete(2));

        assertThat(encoder(0, KlOver.SUM).objection(tiny))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("PEARL's encoder cannot read this benchmark: ")
                        .contains("16×16"));
        assertThat(encoder(0, KlOver.SUM).objection(FRAMES)).isEmpty();
        assertThat(encoder(0, KlOver.SUM).objection(VECTORS)).isEmpty();
    }

    @Test
    void nothingSeenIsThePrior() {
        Conditioning.Network network = encoder(1, KlOver.SUM).join(layout, VECTORS);
        Context nothing = transitions(1, new float[0], new int[0], new float[0]);

        Belief belief = network.infer(manager, weights().constants(), nothing);
        Conditioning.Encoding encoding =
                network.encode(manager, weights().constants(), nothing, new SplittableRandom(3));

        assertThat(belief).isEqualTo(Belief.prior(2));
        assertThat(encoding.regulariser().getFloat()).isEqualTo(0, within(1e-6f));
    }

    @Test
    void aBeliefIsAboutOneTask() {
        Conditioning.Network network = encoder(1, KlOver.SUM).join(layout, VECTORS);
        WeightVector weights = weights();

        assertThatThrownBy(() -> network.infer(manager, weights.constants(), twoTasks()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds 2 of them");
    }

    @Test
    void theOrderOfAContextDoesNotMatter() {
        Conditioning.Network network = encoder(1, KlOver.SUM).join(layout, VECTORS);
        WeightVector weights = weights();

        Belief one = network.infer(
                manager,
                weights.constants(),
                transitions(1, new float[] {.1f, .2f, .3f, 1, 0, 1}, new int[] {3, 1}, new float[] {-1, 2}));
        Belief other = network.infer(
                manager,
                weights.constants(),
                transitions(1, new float[] {1, 0, 1, .1f, .2f, .3f}, new int[] {1, 3}, new float[] {2, -1}));

        for (int i = 0; i < 2; i++) {
            assertThat(other.mean().get(i)).isEqualTo(one.mean().get(i), within(1e-6f));
            assertThat(other.variance().get(i)).isEqualTo(one.variance().get(i), within(1e-6f));
        }
    }

    @Test
    void moreOfTheSameIsSurer() {
        Conditioning.Network network = encoder(1, KlOver.SUM).join(layout, VECTORS);
        WeightVector weights = weights();

        Belief once =
                network.infer(manager, weights.constants(), transitions(1, new float[3], new int[1], new float[] {1}));
        Belief twice = network.infer(
                manager, weights.constants(), transitions(1, new float[6], new int[2], new float[] {1, 1}));

        assertThat(twice.meanVariance()).isEqualTo(once.meanVariance() / 2, within(1e-6));
    }

    @Test
    void tasksOfABatchAreEncodedApart() {
        Conditioning.Network network = encoder(1, KlOver.SUM).join(layout, VECTORS);
        WeightVector weights = weights();
        Belief second = network.infer(
                manager,
                weights.constants(),
                transitions(1, new float[] {.7f, -.8f, .9f, 0, 0, 1}, new int[] {2, 3}, new float[] {-1, .5f}));

        NDArray vectors = network.encode(manager, weights.constants(), twoTasks(), new Silence())
                .vector();

        assertThat(vectors.getShape()).isEqualTo(new Shape(2, 2));
        assertThat(vectors.get(1).toFloatArray())
                .containsExactly(
                        new float[] {second.mean().get(0), second.mean().get(1)}, within(1e-6f));
    }

    @Test
    void theRegulariserIsWeightedAndEitherAddedUpOrAveragedOverTasks() {
        Conditioning.Network network = encoder(1, KlOver.SUM).join(layout, VECTORS);
        WeightVector weights = weights();
        double one = divergence(network, weights, 0, 2);
        double other = divergence(network, weights, 2, 4);

        assertThat(regulariser(encoder(1, KlOver.SUM))).isEqualTo(one + other, within(1e-5));
        assertThat(regulariser(encoder(0.1, KlOver.SUM))).isEqualTo(0.1 * (one + other), within(1e-5));
        assertThat(regulariser(encoder(0.1, KlOver.MEAN))).isEqualTo(0.1 * (one + other) / 2, within(1e-5));
    }

    private double regulariser(ContextEncoder encoder) {
        Layout own = new Layout();
        Conditioning.Network network = encoder.join(own, VECTORS);
        WeightVector weights = new WeightVector(manager, own, new SplittableRandom(7));
        return network.encode(manager, weights.constants(), twoTasks(), new SplittableRandom(3))
                .regulariser()
                .getFloat();
    }

    private double divergence(Conditioning.Network network, WeightVector weights, int from, int to) {
        float[] states = new float[] {.1f, .2f, .3f, -.4f, .5f, -.6f, .7f, -.8f, .9f, 0, 0, 1};
        Belief belief = network.infer(
                manager,
                weights.constants(),
                transitions(
                        1,
                        Arrays.copyOfRange(states, 3 * from, 3 * to),
                        Arrays.copyOfRange(new int[] {0, 1, 2, 3}, from, to),
                        Arrays.copyOfRange(new float[] {1, 0, -1, .5f}, from, to)));
        double sum = 0;
        for (int i = 0; i < 2; i++) {
            double mean = belief.mean().get(i);
            double variance = belief.variance().get(i);
            sum += 0.5 * (mean * mean + variance - 1 - Math.log(variance));
        }
        return sum;
    }

    @Test
    void gradientsOfACriticReachTheEncoder() {
        Conditioning.Network network = encoder(0, KlOver.SUM).join(layout, VECTORS);
        WeightVector weights = weights();

        float[] gradient = gradient(network, weights, true);

        assertThat(norm(gradient)).isGreaterThan(1e-3);
    }

    @Test
    void withoutACriticOnlyTheRegulariserMovesTheEncoder() {
        Conditioning.Network network = encoder(0, KlOver.SUM).join(layout, VECTORS);
        Layout own = new Layout();
        Conditioning.Network regularised = encoder(1, KlOver.SUM).join(own, VECTORS);

        assertThat(norm(gradient(network, weights(), false))).isZero();
        assertThat(norm(gradient(regularised, new WeightVector(manager, own, new SplittableRandom(7)), false)))
                .isGreaterThan(1e-3);
    }

    private float[] gradient(Conditioning.Network network, WeightVector weights, boolean critic) {
        try (GradientScope scope = new GradientScope(manager)) {
            scope.add((inputs, tracked) -> {
                Conditioning.Encoding encoding =
                        network.encode(inputs, tracked.of(weights), twoTasks(), new SplittableRandom(3));
                // The loss of a critic whose values are the sums of the vectors.
                NDArray loss = encoding.vector().sum(new int[] {1}).square().mean();
                return critic ? loss.add(encoding.regulariser()) : encoding.regulariser();
            });
            return scope.gradient(weights).toFloatArray();
        }
    }

    private static double norm(float[] gradient) {
        double squares = 0;
        for (float g : gradient) {
            squares += g * g;
        }
        return Math.sqrt(squares);
    }

    @Test
    void theSameDrawsGiveTheSameVectors() {
        Conditioning.Network network = encoder(1, KlOver.SUM).join(layout, VECTORS);
        WeightVector weights = weights();

        float[] once = network.encode(manager, weights.constants(), twoTasks(), new SplittableRandom(3))
                .vector()
                .toFloatArray();
        float[] again = network.encode(manager, weights.constants(), twoTasks(), new SplittableRandom(3))
                .vector()
                .toFloatArray();
        float[] other = network.encode(manager, weights.constants(), twoTasks(), new SplittableRandom(4))
                .vector()
                .toFloatArray();

        assertThat(again).isEqualTo(once);
        assertThat(other).isNotEqualTo(once);
    }

    @Test
    void aRawActionIsANumberAndAOneHotActionIsNot() {
        Layout raw = new Layout();
        Layout oneHot = new Layout();
        new ContextEncoder(2, List.of(), ActionInput.RAW, FREE).join(raw, VECTORS);
        new ContextEncoder(2, List.of(), ActionInput.ONE_HOT, FREE).join(oneHot, VECTORS);

        assertThat(raw.count()).isEqualTo((3 + 1 + 1) * 4 + 4);
        assertThat(oneHot.count()).isEqualTo((3 + 4 + 1) * 4 + 4);
    }

    /** No noise: draws are the means. */
    private static final class Silence implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public double nextGaussian() {
            return 0;
        }
    }
}
