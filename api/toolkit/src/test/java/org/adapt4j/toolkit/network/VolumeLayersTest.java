package org.adapt4j.toolkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.adapt4j.api.algorithm.Weights;
import org.adapt4j.toolkit.Oracles;
import org.adapt4j.toolkit.training.GradientScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against numbers that PyTorch and the original soft-argmax of C2F-ARM gave. */
@Tag("native")
final class VolumeLayersTest {

    private static final JsonNode ORACLE = Oracles.file("volumes.json");

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void convolvesWithRepeatedBorders() {
        Layout layout = new Layout();
        Layer layer = VolumeLayers.convolution(layout, "net/layer", 1, 1, Initialisation.glorot());
        WeightVector weights = new WeightVector(manager, layout, new Random(1));
        float[] all = new float[28];
        for (int i = 0; i < 27; i++) {
            all[i] = (float) Math.cos(0.3 * i);
        }
        all[27] = 0.1f;
        weights.write(all);

        NDArray y = layer.apply(weights.constants(), waves(0.7, 1, 1, 1, 3, 3, 3));

        assertThat(y.getShape().getShape()).containsExactly(1, 1, 3, 3, 3);
        assertThat(y.toFloatArray()).containsExactly(numbers(ORACLE.at("/conv3_replicate/output")), within(1e-6f));
    }

    @Test
    void doublesByTrilinearInterpolation() {
        NDArray y = VolumeLayers.twice().apply(index -> manager.create(0), waves(0.7, 1, 1, 1, 3, 3, 3));

        assertThat(y.toFloatArray()).containsExactly(numbers(ORACLE.at("/trilinear_x2/output")), within(1e-6f));
    }

    @Test
    void halvesByTheLargest() {
        NDArray y = VolumeLayers.halve().apply(index -> manager.create(0), waves(0.7, 1, 1, 1, 5, 5, 5));

        assertThat(y.toFloatArray()).containsExactly(numbers(ORACLE.at("/max_pool_3_s2_p1/output")), within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void halvesByTheSameLargestWithoutAGradient(int side) {
        NDArray x = manager.randomNormal(new Shape(2, 3, side, side, side));
        NDArray same = x.duplicate();

        NDArray y = VolumeLayers.halveWithoutGradient().apply(index -> manager.create(0), x);
        NDArray engine = VolumeLayers.halve().apply(index -> manager.create(0), same);

        assertThat(y.getShape()).isEqualTo(engine.getShape());
        assertThat(y.toFloatArray()).containsExactly(engine.toFloatArray());
    }

    @Test
    void saysWhereFeaturesAreAlongYThenXThenZ() {
        NDArray y = VolumeLayers.softArgmax(waves(0.7, 0.02, 2, 2, 4, 4, 4), 0.01);
        float[] peak = new float[64];
        peak[6] = 1; // x 0, y 1, z 2

        assertThat(y.getShape().getShape()).containsExactly(2, 6);
        assertThat(y.toFloatArray()).containsExactly(numbers(ORACLE.at("/soft_argmax/output")), within(1e-5f));
        assertThat(VolumeLayers.softArgmax(HostArrays.tensor(manager, peak, 1, 1, 4, 4, 4), 0.01)
                        .toFloatArray())
                .containsExactly(numbers(ORACLE.at("/soft_argmax_axis_probe/output")), within(1e-5f));
    }

    @Test
    void findsTheLargestOfEachChannel() {
        float[] values = new float[2 * 3 * 8];
        values[3] = 2;
        values[47] = 5;

        NDArray y = VolumeLayers.largest(HostArrays.tensor(manager, values, 2, 3, 2, 2, 2));

        assertThat(y.toFloatArray()).containsExactly(2, 0, 0, 0, 0, 5);
    }

    /** What a border voxel is repeated as counts in its gradient: against differences of the layer itself. */
    @Test
    void differentiatesThroughBordersAndDoubling() {
        Layout layout = new Layout();
        int values = layout.add("net/values", Initialiser.uniform(1), 1, 1, 3, 3, 3);
        Layer convolution = VolumeLayers.convolution(layout, "net/layer", 1, 1, Initialisation.glorot());
        Layer all = VolumeLayers.twice().then(convolution).then(VolumeLayers.leakyRelu(0.02));
        WeightVector weights = new WeightVector(manager, layout, new Random(3));
        float[] slopes;
        try (GradientScope scope = new GradientScope(manager)) {
            scope.add((inputs, tracked) -> {
                Weights views = tracked.of(weights);
                return all.apply(
                                views,
                                views.get(values)
                                        .mul(inputs.ones(views.get(values).getShape())))
                        .square()
                        .sum();
            });
            slopes = scope.gradient(weights).toFloatArray();
        }

        float[] at = weights.flat().toFloatArray();
        for (int i = 0; i < at.length; i++) {
            float[] moved = at.clone();
            moved[i] += 1e-2f;
            double above = squares(weights, moved, all, values);
            moved[i] -= 2e-2f;
            double below = squares(weights, moved, all, values);
            assertThat((above - below) / 2e-2).isCloseTo(slopes[i], within(0.02 * (1 + Math.abs(slopes[i]))));
        }
    }

    /** The engine's own gradient takes numbers out of memory that was others' before, where outputs are few. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void gradientsReadNothingThatNobodyWrote(int outputs) {
        Layout layout = new Layout();
        int values = layout.add("net/values", Initialiser.uniform(1), 6, 4, 8, 8, 8);
        Layer layer = VolumeLayers.convolution(layout, "net/layer", 4, outputs, Initialisation.glorot());
        WeightVector weights = new WeightVector(manager, layout, new Random(3));
        for (int i = 0; i < 8; i++) {
            for (int side = 4; side < 18; side++) {
                manager.full(new Shape(6, 4, side, 8, 8), Float.NaN).close();
            }
            try (GradientScope scope = new GradientScope(manager)) {
                scope.add((inputs, tracked) -> {
                    Weights views = tracked.of(weights);
                    NDArray ones = inputs.ones(new Shape(6, 4, 8, 8, 8));
                    return layer.apply(views, ones.mul(views.get(values)))
                            .square()
                            .sum();
                });
                float sum = 0;
                for (float slope : scope.gradient(weights).toFloatArray()) {
                    sum += slope;
                }
                assertThat(sum).isFinite();
            }
        }
    }

    private static double squares(WeightVector weights, float[] at, Layer all, int values) {
        weights.write(at);
        NDArray input = weights.constants().get(values);
        double sum = 0;
        for (float y : all.apply(weights.constants(), input.mul(1)).toFloatArray()) {
            sum += y * y;
        }
        return sum;
    }

    private NDArray waves(double frequency, double amplitude, long... shape) {
        int count = 1;
        for (long side : shape) {
            count *= (int) side;
        }
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            values[n] = (float) (amplitude * Math.sin(frequency * n));
        }
        return HostArrays.tensor(manager, values, shape);
    }

    /** All numbers of nested lists, in order. */
    private static float[] numbers(JsonNode nested) {
        List<Float> found = new ArrayList<>();
        collect(nested, found);
        float[] numbers = new float[found.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = found.get(i);
        }
        return numbers;
    }

    private static void collect(JsonNode node, List<Float> found) {
        if (node.isNumber()) {
            found.add((float) node.asDouble());
        } else {
            node.forEach(child -> collect(child, found));
        }
    }
}
