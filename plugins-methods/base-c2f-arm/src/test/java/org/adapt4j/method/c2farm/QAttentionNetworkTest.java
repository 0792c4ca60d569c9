package org.adapt4j.method.c2farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.adapt4j.api.algorithm.Tensor;
import org.adapt4j.api.algorithm.WeightPlan;
import org.adapt4j.toolkit.network.HostArrays;
import org.adapt4j.toolkit.network.Layout;
import org.adapt4j.toolkit.network.VolumeLayers;
import org.adapt4j.toolkit.network.WeightVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whole networks with weights by formula, against the authors' networks: the first activation that differs names the fault. */
@Tag("native")
final class QAttentionNetworkTest {

    private static final JsonNode ORIGINAL = Original.file("network.json");

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void equalsTheOriginalOfEightVoxels() {
        assertEqual("V8_arm_last_depth");
    }

    @Test
    void equalsTheOriginalOfSixteenVoxels() {
        assertEqual("V16_arm_last_depth");
    }

    @Test
    void equalsTheOriginalOfTheFirstDepth() {
        assertEqual("V16_arm_first_depth");
    }

    @Test
    void equalsTheOriginalInAContext() {
        assertEqual("V8_study_pearl_first_depth");
    }

    @Test
    void hasAsManyNumbersAsTheOriginals() {
        JsonNode counts = ORIGINAL.get("parameter_counts");
        counts.properties().forEach(count -> {
            String[] name = count.getKey().split("_");
            int kernels = Integer.parseInt(name[name.length - 1].substring(1));
            boolean arm = name[0].equals("arm");
            boolean pearl = name[1].equals("pearl");
            boolean last = count.getKey().contains("depth1");
            Layout layout = new Layout();
            new QAttentionNetwork(
                    layout,
                    "net",
                    new C2fArmSettings.Network(kernels, 32),
                    16,
                    arm ? 11 : count.getKey().contains("L10") ? 10 : 3,
                    pearl ? 16 : 0,
                    last && !arm ? 2 : 1,
                    !last ? 0 : arm ? 218 : 216);
            assertThat(layout.count())
                    .as(count.getKey())
                    .isEqualTo(count.getValue().asLong());
        });
    }

    @Test
    void isSmallWhereTheLaptopsIs() {
        Layout coarse = new Layout();
        new QAttentionNetwork(coarse, "net", new C2fArmSettings.Network(16, 8), 8, 3, 0, 1, 0);
        Layout fine = new Layout();
        new QAttentionNetwork(fine, "net", new C2fArmSettings.Network(16, 8), 8, 3, 0, 1, 218);

        assertThat(coarse.count()).isEqualTo(36_233);
        assertThat(fine.count()).isEqualTo(113_763);
    }

    @Test
    void valuesOneVoxelAsAmongAll() {
        Layout layout = new Layout();
        QAttentionNetwork network =
                new QAttentionNetwork(layout, "net", new C2fArmSettings.Network(16, 8), 8, 3, 0, 1, 0);
        WeightVector weights = new WeightVector(manager, layout, new Random(1));
        int[] chosen = {0, 511, 7, 7 * 64, 3 * 64 + 4 * 8 + 5, 64 + 8 + 6};
        int rows = chosen.length;

        float[] all = network.apply(weights.constants(), grid(rows), waves(3 * rows, 0.7, 0, true, rows, 3), null)
                .volumes()
                .toFloatArray();
        float[] ones = network.valueOf(
                        weights.constants(), grid(rows), waves(3 * rows, 0.7, 0, true, rows, 3), null, chosen)
                .toFloatArray();

        assertThat(ones).hasSize(rows);
        for (int row = 0; row < rows; row++) {
            assertThat(ones[row]).as("row %s", row).isCloseTo(all[512 * row + chosen[row]], within(1e-6f));
        }
    }

    private NDArray grid(int rows) {
        return waves(rows * 10 * 512, 1.7, 0.5, false, rows, 10, 8, 8, 8);
    }

    private void assertEqual(String name) {
        JsonNode known = ORIGINAL.get(name);
        int side = known.get("V").asInt();
        int rows = known.get("batch").asInt();
        int lowDim = known.get("low_dim").asInt();
        int context =
                known.get("context").isNull() ? 0 : known.at("/context/size").asInt();
        Recorded plan = new Recorded();
        QAttentionNetwork network = new QAttentionNetwork(
                plan,
                "net",
                new C2fArmSettings.Network(known.get("kernels").asInt(), 32),
                side,
                lowDim,
                context,
                known.get("translation_channels").asInt(),
                known.get("dense_out").asInt());
        assertThat(plan.layout.count()).isEqualTo(known.get("parameters_total").asLong());
        WeightVector weights = new WeightVector(manager, plan.layout, new Random(1));
        weights.take(plan.byFormula(known.get("layers_order_name_shape_count")), every -> true);
        Map<String, Object> seen = new TreeMap<>();

        QAttentionNetwork.Output output = network.apply(
                weights.constants(),
                waves(rows * 10 * side * side * side, 1.7, 0.5, false, rows, 10, side, side, side),
                waves(rows * lowDim, 0.7, 0, true, rows, lowDim),
                context == 0 ? null : waves(rows * context, 0.9, 0.2, false, rows, context),
                (layer, activation) -> {
                    assertActivation(known, layer, activation);
                    seen.put(layer, layer);
                    JsonNode located = known.at("/activations/softargmax_" + layer);
                    if (!located.isMissingNode()) {
                        try (NDArray where = VolumeLayers.softArgmax(activation, 0.01)) {
                            assertClose(located, "softargmax_" + layer, where, 1e-4);
                        }
                    }
                });

        known.get("activations")
                .fieldNames()
                .forEachRemaining(layer -> assertThat(layer.startsWith("softargmax")
                                || layer.startsWith("maxpool")
                                || seen.containsKey(layer))
                        .as(layer)
                        .isTrue());
        assertOutputs(known, output);
    }

    private static void assertOutputs(JsonNode known, QAttentionNetwork.Output output) {
        float[] volumes = output.volumes().toFloatArray();
        if (known.has("transQ_all")) {
            assertThat(volumes).containsExactly(Original.floats(known.get("transQ_all")), within(2e-6f));
        }
        NDArray dense = output.dense();
        if (dense != null && known.has("dense_all")) {
            assertThat(dense.toFloatArray()).containsExactly(Original.floats(known.get("dense_all")), within(2e-6f));
        }
        assertThat(dense == null).isEqualTo(known.get("dense_out").asInt() == 0);
    }

    private static void assertActivation(JsonNode known, String layer, NDArray activation) {
        JsonNode expected = known.at("/activations/" + layer);
        if (!expected.isMissingNode()) {
            assertClose(expected, layer, activation, 1e-5);
        }
    }

    private static void assertClose(JsonNode expected, String layer, NDArray activation, double tolerance) {
        float[] values = activation.toFloatArray();
        assertThat(activation.getShape().getShape())
                .as(layer)
                .containsExactly(Arrays.stream(Original.integers(expected.get("shape")))
                        .asLongStream()
                        .toArray());
        int[] at = Original.integers(expected.get("flat_index"));
        double[] picked = Original.numbers(expected.get("value"));
        for (int i = 0; i < at.length; i++) {
            assertThat((double) values[at[i]]).as("%s at %s", layer, at[i]).isCloseTo(picked[i], within(tolerance));
        }
        double sum = 0;
        double size = 0;
        for (float value : values) {
            sum += value;
            size += Math.abs(value);
        }
        assertThat(sum / values.length)
                .as("mean of %s", layer)
                .isCloseTo(expected.get("mean").asDouble(), within(tolerance));
        assertThat(size / values.length)
                .as("mean size of %s", layer)
                .isCloseTo(expected.get("abs_mean").asDouble(), within(tolerance));
    }

    private NDArray waves(int count, double frequency, double phase, boolean cosine, long... shape) {
        float[] values = new float[count];
        for (int n = 0; n < count; n++) {
            double angle = frequency * n + phase;
            values[n] = (float) (cosine ? Math.cos(angle) : Math.sin(angle));
        }
        return HostArrays.tensor(manager, values, shape);
    }

    /** A plan that remembers the order of its tensors. */
    private static final class Recorded implements WeightPlan {

        private final Layout layout = new Layout();
        private final List<String> names = new ArrayList<>();
        private final List<long[]> shapes = new ArrayList<>();

        @Override
        public int add(String name, Start start, long... shape) {
            names.add(name);
            shapes.add(shape);
            return layout.add(name, start, shape);
        }

        /** Weights of the t-th tensor: √(2 / fan-in) sin(1.3 i + t), biases 0.05 cos(1.3 i + t). */
        Map<String, Tensor> byFormula(JsonNode order) {
            Map<String, Tensor> tensors = new TreeMap<>();
            assertThat(names).hasSize(order.size());
            for (int t = 0; t < order.size(); t++) {
                String original = order.get(t).get(1).asText();
                List<Long> shape = Arrays.stream(shapes.get(t)).boxed().toList();
                assertThat(shape)
                        .as("%s for %s", names.get(t), original)
                        .isEqualTo(Arrays.stream(Original.integers(order.get(t).get(2)))
                                .asLongStream()
                                .boxed()
                                .toList());
                int count = order.get(t).get(3).asInt();
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (float)
                            (original.endsWith(".bias")
                                    ? 0.05 * Math.cos(1.3 * i + t)
                                    : Math.sqrt(2.0 * shape.get(0) / count) * Math.sin(1.3 * i + t));
                }
                tensors.put(names.get(t), Tensor.of(shape, values));
            }
            return tensors;
        }
    }
}
