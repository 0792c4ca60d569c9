package org.adapt4j.method.pearl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Conditioning;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.api.environment.EnvironmentSpec;
import org.adapt4j.api.environment.EnvironmentSpec.Component;
import org.adapt4j.api.space.Box;
import org.adapt4j.api.space.Element;
import org.adapt4j.method.pearl.ContextEncoder.Divergence;
import org.adapt4j.method.pearl.Pearl.ActionInput;
import org.adapt4j.method.pearl.Pearl.KlOver;
import org.adapt4j.method.pearl.Pearl.Pictures;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.ImageShape;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.WeightVector;
import org.adapt4j.toolkit.training.GradientScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The encoder of the study's RLBench code, with weights by formula, against what that code gave. */
@Tag("native")
final class StudyEncoderTest {

    private static final int SIDE = 16;
    private static final int ITEMS = 3;
    private static final List<String> ORDER = List.of(
            "context/images/convolution-1/weight",
            "context/images/convolution-1/bias",
            "context/images/convolution-2/weight",
            "context/images/convolution-2/bias",
            "context/linear-1/weight",
            "context/linear-1/bias",
            "context/distribution/weight",
            "context/distribution/bias");

    private final NDManager manager = NDManager.newBaseManager();
    private final JsonNode original = original();

    @AfterEach
    void free() {
        manager.close();
    }

    private static JsonNode original() {
        try (InputStream in = StudyEncoderTest.class.getResourceAsStream("/study-encoder.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Beside the picture lie depth and a vector, which an item does not hold. */
    private static EnvironmentSpec spec(int side) {
        return new EnvironmentSpec(
                List.of(
                        new Component("front-rgb", Box.image(side, side, 3)),
                        new Component("front-depth", new Box(Element.FLOAT32, List.of(side, side), 0, 10)),
                        new Component("low-dim", Box.vector(3, -1, 1))),
                Box.vector(8, -2, 2),
                10);
    }

    private static ContextEncoder encoder() {
        return new ContextEncoder(
                16, List.of(512), ActionInput.RAW, new Divergence(1, KlOver.SUM), Pictures.HALVED_RECTIFIED);
    }

    @Test
    void hasAsManyNumbersAsTheOriginal() {
        Layout layout = new Layout();
        encoder().join(layout, spec(128));

        assertThat(layout.count()).isEqualTo(original.get("parameters_at_128px").asLong());
        assertThat(encoder().objection(spec(16))).isEqualTo(Optional.empty());
    }

    @Test
    void believesWhatTheOriginalBelieves() {
        Layout layout = new Layout();
        ContextNetwork network = (ContextNetwork) encoder().join(layout, spec(SIDE));
        // Drawn up once more, for what it makes of pixels that are no bytes.
        Layout again = new Layout();
        HalvingConvolutions convolutions =
                new HalvingConvolutions(again, "context/images", new ImageShape(SIDE, SIDE, 3, false));
        WeightVector weights = byFormula(layout);
        float[] slopes;
        try (GradientScope scope = new GradientScope(manager)) {
            scope.add((inputs, tracked) -> {
                Weights views = tracked.of(weights);
                NDArray features = convolutions.apply(views, pixels(inputs)).concat(actionsAndRewards(inputs), 1);
                ProductOfGaussians beliefs = network.product(views, features, 2);
                assertClose(beliefs.mean(), "posterior_mean");
                assertClose(beliefs.variance(), "posterior_variance");
                NDArray noise = HostArrays.tensor(inputs, waves(32, 1.1, 0.4), 2, 16);
                assertClose(beliefs.mean().add(beliefs.variance().sqrt().mul(noise)), "z");
                NDArray divergence = beliefs.divergence();
                assertThat((double) divergence.getFloat())
                        .isCloseTo(original.get("kl_sum").asDouble(), within(2e-3));
                return divergence;
            });
            slopes = scope.gradient(weights).toFloatArray();
        }
        Map<String, Tensor> named = weights.named(slopes);
        for (int t = 0; t < ORDER.size(); t++) {
            double size = 0;
            for (double slope : tensor(named, ORDER.get(t)).doubles()) {
                size += Math.abs(slope);
            }
            double known = original.get("kl_gradient_abs_sum_per_tensor").get(t).asDouble();
            assertThat(size).as("slope of %s", ORDER.get(t)).isCloseTo(known, within(2e-3 * known));
        }
    }

    @Test
    void isAContextOfPicturesActionsAndRewardsAlone() {
        Conditioning.Encoder encoder =
                new ContextEncoder(2, List.of(4), ActionInput.RAW, new Divergence(1, KlOver.SUM));
        Layout layout = new Layout();
        encoder.join(layout, spec(32));

        assertThat(Layout.shapes(layout)).containsEntry("context/linear-1/weight", List.of(4L, 64L + 8 + 1));
    }

    private NDArray pixels(NDManager inputs) {
        int pixels = 3 * SIDE * SIDE;
        float[] values = new float[2 * ITEMS * pixels];
        for (int item = 0; item < 2 * ITEMS; item++) {
            for (int i = 0; i < pixels; i++) {
                // Of each item the second frame, what was seen next, is left out.
                values[item * pixels + i] = (float) Math.sin(0.017 * (2 * item * pixels + i));
            }
        }
        return HostArrays.tensor(inputs, values, 2 * ITEMS, 3, SIDE, SIDE);
    }

    private NDArray actionsAndRewards(NDManager inputs) {
        float[] values = new float[2 * ITEMS * 9];
        for (int item = 0; item < 2 * ITEMS; item++) {
            for (int k = 0; k < 8; k++) {
                values[9 * item + k] = (float) Math.cos(0.9 * (8 * item + k));
            }
            values[9 * item + 8] = (float) original.at("/inputs/reward/" + item / ITEMS + "/" + item % ITEMS)
                    .asDouble();
        }
        return HostArrays.tensor(inputs, values, 2 * ITEMS, 9);
    }

    private static float[] waves(int count, double frequency, double phase) {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = (float) Math.sin(frequency * n + phase);
        }
        return values;
    }

    private WeightVector byFormula(Layout layout) {
        WeightVector weights = new WeightVector(manager, layout, new SplittableRandom(7));
        Map<String, Tensor> tensors = new TreeMap<>();
        for (int t = 0; t < ORDER.size(); t++) {
            Tensor old = tensor(weights.tensors(), ORDER.get(t));
            float[] values = old.floats();
            double fanIn = (double) values.length / old.shape().get(0);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float)
                        (ORDER.get(t).endsWith("bias")
                                ? 0.05 * Math.cos(1.3 * i + t)
                                : Math.sqrt(2 / fanIn) * Math.sin(1.3 * i + t));
            }
            tensors.put(ORDER.get(t), Tensor.of(old.shape(), values));
        }
        assertThat(tensors.keySet()).isEqualTo(weights.tensors().keySet());
        weights.take(tensors, name -> true);
        return weights;
    }

    private static Tensor tensor(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new AssertionError("no tensor " + name + ", only " + tensors.keySet());
        }
        return tensor;
    }

    private void assertClose(NDArray found, String name) {
        List<Double> known = new ArrayList<>();
        original.get(name).forEach(row -> row.forEach(number -> known.add(number.asDouble())));
        float[] values = found.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            double tolerance = 1e-4 * (1 + Math.abs(known.get(i)));
            assertThat((double) values[i]).as("%s %s", name, i).isCloseTo(known.get(i), within(tolerance));
        }
    }
}
