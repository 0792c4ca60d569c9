package org.adapt4j.method.rainbow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.adapt4j.api.algorithm.AlgorithmRequest;
import org.adapt4j.api.algorithm.Batch;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Device;
import org.adapt4j.api.algorithm.Snapshot;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.environment.ActionBlock;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.environment.StepBlock;
import org.adapt4j.api.environment.StepBuffers;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Discrete;
import org.adapt4j.api.space.Element;
import org.adapt4j.testkit.Fixture;
import org.adapt4j.testkit.fake.MeanReward;
import org.adapt4j.testkit.fake.WrittenDraws;
import org.adapt4j.testkit.fake.WrittenTransitions;
import org.adapt4j.toolkit.replay.Replays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From play through replay, draws, returns and weights to updates, against a reference in 64 bits ({@code
 * src/test/python/rainbow_reference.py}), under noise that is written down; updates in a context; and one of each network for pictures.
 *
 * <p>Weights may differ by 10⁻⁵ after steps of at most 2·10⁻³ each, what is reported by 2·10⁻⁵: a loss of 3 sums tens of 32-bit numbers.
 */
@Tag("native")
final class RainbowReferenceTest {

    private static final double ROUNDING = 1e-5;
    private static final Fixture REFERENCE = Fixture.of(RainbowReferenceTest.class, "rainbow-reference.json");

    static Stream<Fixture> learned() {
        return REFERENCE.at("learned").cases();
    }

    static Stream<Fixture> pictures() {
        return REFERENCE.at("pictures").cases();
    }

    private static RainbowAlgorithm algorithm(
            Fixture known, EnvironmentSpec spec, Conditioning conditioning, int slots, WrittenDraws random) {
        return (RainbowAlgorithm) new Rainbow(TestSettings.of(known.text("settings")))
                .create(new AlgorithmRequest(spec, conditioning, slots, Device.CPU, random));
    }

    private static EnvironmentSpec vectors(Fixture known) {
        return new EnvironmentSpec(
                List.of(new Component("state", Box.vector(known.integer("seen"), -9, 9))),
                new Discrete(known.integer("actions")),
                1000);
    }

    /** The noise of the target network in all updates. */
    private static WrittenDraws targetNoise(List<Fixture> updates) {
        return WrittenDraws.root()
                .with(
                        "target-noise",
                        updates.stream()
                                .flatMapToDouble(update -> Arrays.stream(update.doubles("target-noise")))
                                .toArray());
    }

    @ParameterizedTest
    @MethodSource("learned")
    void learnsFromTheReplayAsTheReference(Fixture known) {
        int tasks = known.integer("tasks");
        EnvironmentSpec spec = vectors(known);
        List<Fixture> updates = known.all("updates");
        try (RainbowAlgorithm algorithm = algorithm(known, spec, Conditioning.none(), tasks, targetNoise(updates));
                Replays replays = new Replays(
                        spec, TestSettings.of(known.text("settings")).plan(), tasks, tasks, 0, 0)) {
            algorithm.parameters().restore(known.weights("weights", weights(algorithm)));
            play(known, spec, replays);

            for (Fixture update : updates) {
                algorithm.noise().redraw(WrittenDraws.of(update.doubles("noise")));
                WrittenDraws uniforms = WrittenDraws.of(update.doubles("uniforms"));
                Batch.Transitions batch =
                        replays.draw(IntStream.range(0, tasks).toArray(), update.number("beta"), uniforms);
                Map<String, Double> report = algorithm.update(batch, 0);

                assertFloats(update, "returns", batch.column("return").asFloatBuffer());
                assertFloats(update, "discounts", batch.column("discount").asFloatBuffer());
                assertFloats(update, "weights", batch.weights());
                assertReport(update, report);
            }

            known.assertWeights("after", weights(algorithm), ROUNDING);
        }
    }

    private static void play(Fixture known, EnvironmentSpec spec, Replays replays) {
        Fixture played = known.at("play");
        int slots = known.integer("tasks");
        int steps = known.integer("steps");
        int width = slots * known.integer("seen");
        StepBlock block = StepBlock.allocate(spec, slots, steps + 1);
        ActionBlock acted = ActionBlock.allocate(spec.action(), List.of(), slots, steps);
        played.floatsInto(block.observations("state"), "seen");
        played.floatsInto(block.rewards(), "rewards");
        played.integersInto(acted.column("action"), "actions");
        int[] flags = played.integers("flags");
        float[] last = played.floats("last");
        for (int i = 0; i < flags.length; i++) {
            block.flags().put(i, (byte) flags[i]);
        }
        for (int t = 0; t < steps; t++) {
            StepBuffers outcome = block.step(t + 1);
            for (int slot = 0; slot < slots; slot++) {
                block.step(t).tasks().put(slot, slot);
            }
            for (int i = 0; i < width; i++) {
                outcome.lastObservation(0).putFloat(4 * i, last[(t + 1) * width + i]);
            }
            replays.observe(block.step(t), acted.step(t), outcome);
        }
    }

    @Test
    void learnsInAContextAsTheReference() {
        Fixture known = REFERENCE.at("context");
        int tasks = known.integer("tasks");
        int size = known.integer("context");
        EnvironmentSpec spec = vectors(known);
        List<Fixture> updates = known.all("updates");
        Conditioning context = new Conditioning.Context(new MeanReward(1), size, size, false);
        try (RainbowAlgorithm algorithm = algorithm(known, spec, context, 1, targetNoise(updates))) {
            algorithm.parameters().restore(known.weights("weights", weights(algorithm)));

            for (Fixture update : updates) {
                algorithm.noise().redraw(WrittenDraws.of(update.doubles("noise")));
                WrittenTransitions recent = new WrittenTransitions(spec, tasks * size, tasks, null);
                update.floatsInto(recent.column("reward"), "context");
                WrittenTransitions batch = new WrittenTransitions(spec, known.integer("batch"), tasks, recent);
                update.floatsInto(batch.column("state"), "seen");
                update.floatsInto(batch.column("next-state"), "next");
                fill(batch, update);

                assertReport(update, algorithm.update(batch, 0));
                assertThat(batch.errors()).containsExactly(update.floats("errors"), within((float) (2 * ROUNDING)));
            }

            known.assertWeights("after", weights(algorithm), ROUNDING);
        }
    }

    private static void fill(WrittenTransitions batch, Fixture known) {
        known.integersInto(batch.column("action"), "action");
        known.floatsInto(batch.column("return"), "return");
        known.floatsInto(batch.column("discount"), "discount");
        batch.weights().put(0, known.floats("weight"));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void learnsFromPicturesAsTheReference(Fixture known) {
        EnvironmentSpec spec = new EnvironmentSpec(
                List.of(new Component("frames", new Box(Element.UINT8, List.of(2, 36, 36), 0, 255), 2)),
                new Discrete(known.integer("actions")),
                1000);
        WrittenDraws random = WrittenDraws.root().with("target-noise", known.doubles("target-noise"));
        try (RainbowAlgorithm algorithm = algorithm(known, spec, Conditioning.none(), 1, random)) {
            algorithm.parameters().restore(waves(weights(algorithm)));
            algorithm.noise().redraw(WrittenDraws.of(known.doubles("noise")));
            WrittenTransitions batch = new WrittenTransitions(spec, known.integer("size"), 1, null);
            pixels(batch.column("frames"), 3);
            pixels(batch.column("next-frames"), 101);
            fill(batch, known);

            Map<String, Double> report = algorithm.update(batch, 0);

            assertReport(known, report);
            assertThat(batch.errors()).containsExactly(known.floats("errors"), within((float) (2 * ROUNDING)));
            weights(algorithm).tensors().forEach((name, tensor) -> {
                float[] after = tensor.floats();
                float[] picked = known.at("picked").floats(name);
                for (int k = 0; k < picked.length; k++) {
                    assertThat(after[7919 * k % after.length])
                            .as("%s, number %s picked", name, k)
                            .isCloseTo(picked[k], within((float) ROUNDING));
                }
            });
        }
    }

    /** Bytes (31 n² + 17 n + start) mod 256. */
    private static void pixels(ByteBuffer column, int start) {
        for (long n = 0; n < column.limit(); n++) {
            column.put((int) n, (byte) (31 * n * n + 17 * n + start));
        }
    }

    /** Of the t-th tensor by name √(2 / fan-in) sin(1.3 i + t), of noise less; biases 0.1 sin. */
    private static Snapshot waves(Snapshot like) {
        Map<String, Tensor> waves = new TreeMap<>();
        like.tensors().forEach((name, tensor) -> {
            float[] values = tensor.floats();
            List<Long> shape = tensor.shape();
            double scale = shape.size() == 1
                    ? 0.1
                    : name.startsWith("noise")
                            ? 0.3 / Math.sqrt(shape.get(1))
                            : Math.sqrt(2.0 * shape.get(0) / values.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (scale * Math.sin(1.3 * i + waves.size()));
            }
            waves.put(name, Tensor.of(shape, values));
        });
        return Snapshot.of(waves);
    }

    private static void assertReport(Fixture update, Map<String, Double> report) {
        Fixture expected = update.at("report");
        assertThat(report).containsOnlyKeys(expected.keys());
        report.forEach((name, value) ->
                assertThat(value).as("%s of %s", name, update).isCloseTo(expected.number(name), within(2 * ROUNDING)));
    }

    private static void assertFloats(Fixture update, String name, FloatBuffer actual) {
        float[] values = new float[actual.limit()];
        actual.get(0, values);
        assertThat(values).as("%s of %s", name, update).containsExactly(update.floats(name), within((float) ROUNDING));
    }

    private static Snapshot weights(RainbowAlgorithm algorithm) {
        return algorithm.parameters().snapshot(algorithm.parameters().groups());
    }
}
